"""The issuing rules: what an award must be before anything is signed."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_SUBJECT = Clause("Open Badges 3.0, AchievementSubject", f"{_OB3}#achievementsubject")
_DATA_INTEGRITY = Clause(
    "Data Integrity, section 2.1 Proofs", "https://www.w3.org/TR/vc-data-integrity/#proofs"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "ISSUE-RECIPIENT",
        en="The recipient has neither an identifier nor an address.",
        nl="De ontvanger heeft geen identifier en geen adres.",
        how_en="Give an e-mail address, an id, a URL, a telephone number or another identifier.",
        how_nl="Geef een e-mailadres, een id, een URL, een telefoonnummer of een andere identifier.",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-RECIPIENT-EMPTY",
        en="The recipient's {kind} is empty.",
        nl="De {kind} van de ontvanger is leeg.",
        how_en="Give a value or leave it out.",
        how_nl="Geef een waarde of laat het weg.",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-RECIPIENT-FORM",
        en="“{text}” names no recipient.",
        nl="“{text}” noemt geen ontvanger.",
        how_en="Write email:ada@example.org, url:…, phone:…, a DID, or TYPE=VALUE.",
        how_nl="Schrijf email:ada@example.org, url:…, phone:…, een DID, of SOORT=WAARDE.",
        who="verifier",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-VERIFICATION-METHOD",
        en="The issuer {issuer} is not the key's own did:key, so it must say where the public key is found.",
        nl="De uitgever {issuer} is niet de eigen did:key van de sleutel en moet dus zeggen waar de publieke sleutel staat.",
        how_en="Give verification_method, for example did:web:badges.example#key-1, and publish the key there.",
        how_nl="Geef verification_method, bijvoorbeeld did:web:badges.example#key-1, en publiceer de sleutel daar.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "ISSUE-PROOF",
        en="The proof “{proof}” cannot be made with a key for {algorithm}.",
        nl="Het bewijs “{proof}” kan niet worden gemaakt met een sleutel voor {algorithm}.",
        how_en="Use an Ed25519 key for the eddsa suites, an ECDSA key for the ecdsa suites, or the proof vc-jwt.",
        how_nl="Gebruik een Ed25519-sleutel voor de eddsa-suites, een ECDSA-sleutel voor de ecdsa-suites, of het bewijs vc-jwt.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "ISSUE-VERSION",
        en="Badges of Open Badges version {version} cannot be issued.",
        nl="Badges van Open Badges-versie {version} kunnen niet worden uitgegeven.",
        how_en="Issue version 3.0.",
        how_nl="Geef versie 3.0 uit.",
    ),
    Rule(
        "ISSUE-TIME-ZONE",
        en="The date {name} has no time zone.",
        nl="De datum {name} heeft geen tijdzone.",
        how_en="Give an aware datetime, such as datetime(2026, 1, 31, 12, tzinfo=UTC).",
        how_nl="Geef een datetime met tijdzone, zoals datetime(2026, 1, 31, 12, tzinfo=UTC).",
        clause=Clause("Open Badges 3.0, Derived types", f"{_OB3}#derived-types"),
    ),
    Rule(
        "ISSUE-PERIOD",
        en="The badge would end before it begins to be valid.",
        nl="De badge zou eindigen voordat ze begint te gelden.",
        how_en="Choose a valid_until after valid_from.",
        how_nl="Kies een valid_until na valid_from.",
        clause=Clause(
            "VC Data Model 2.0, Validity period", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period"
        ),
    ),
    Rule(
        "ISSUE-UNSTABLE-TERM",
        en="Some copies of the Open Badges context do not define “{name}”: readers with such a copy cannot verify this badge.",
        nl="Sommige kopieën van de Open Badges-context kennen “{name}” niet: lezers met zo'n kopie kunnen deze badge niet controleren.",
        how_en="Leave “{name}” out, or issue as VC-JWT.",
        how_nl="Laat “{name}” weg, of geef uit als VC-JWT.",
        severity="interop",
    ),
)
