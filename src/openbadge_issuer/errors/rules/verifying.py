"""The verification rules on the badge as a whole: its form, its proofs and keys, its status and dates."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_DOCS = Clause("Open Badges 3.0, Document format", "https://www.imsglobal.org/spec/ob/v3p0/#docformat")
_VERSIONS = Clause(
    "Open Badges 3.0, Verifiable credentials data model",
    "https://www.imsglobal.org/spec/ob/v3p0/#vc-data-model",
)
_PROOFS = Clause(
    "Open Badges 3.0, Proofs (signatures)", "https://www.imsglobal.org/spec/ob/v3p0/#proofs-signatures"
)
_DI = Clause("Data Integrity 1.0, Proofs", "https://www.w3.org/TR/vc-data-integrity/#proofs")
_DI_CONTEXT = Clause(
    "Data Integrity 1.0, Context validation", "https://www.w3.org/TR/vc-data-integrity/#context-validation"
)
_METHODS = Clause(
    "Controlled Identifiers 1.0, Retrieve verification method",
    "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method",
)
_STATUS = Clause(
    "Open Badges 3.0, CredentialStatus", "https://www.imsglobal.org/spec/ob/v3p0/#credentialstatus"
)
_BITSTRING = Clause(
    "Bitstring Status List 1.0, Validate algorithm",
    "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm",
)
_VALIDITY = Clause(
    "VC Data Model 2.0, Validity period", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "BADGE-FORMAT",
        en="This is no badge: neither JSON, nor a compact JWS, nor a PNG or SVG.",
        nl="Dit is geen badge: geen JSON, geen compacte JWS, geen PNG en geen SVG.",
        how_en="Give the badge file itself, as it was downloaded.",
        how_nl="Geef het badgebestand zelf, zoals het is gedownload.",
        who="holder",
        clause=_DOCS,
    ),
    Rule(
        "OB3-VCDM-1",
        en="The badge follows version 1.1 of the VC Data Model, which is read but no longer issued.",
        nl="De badge volgt versie 1.1 van het VC Data Model, die wordt gelezen maar niet meer uitgegeven.",
        how_en="Issue the badge again under version 2.0.",
        how_nl="Geef de badge opnieuw uit onder versie 2.0.",
        severity="warning",
        clause=_VERSIONS,
    ),
    Rule(
        "PROOF-MISSING",
        en="The badge is not signed: there is no proof, and it is not a signed token.",
        nl="De badge is niet ondertekend: er is geen bewijs, en het is geen ondertekend token.",
        how_en="Sign the badge.",
        how_nl="Onderteken de badge.",
        clause=_PROOFS,
    ),
    Rule(
        "PROOF-TOO-MANY",
        en="The badge carries more than {limit} proofs; no badge needs that.",
        nl="De badge draagt meer dan {limit} bewijzen; geen badge heeft dat nodig.",
        how_en="Sign the badge once.",
        how_nl="Onderteken de badge één keer.",
        clause=_PROOFS,
    ),
    Rule(
        "PROOF-METHOD",
        en="The proof does not say which key signed: “verificationMethod” is missing or no text.",
        nl="Het bewijs zegt niet welke sleutel tekende: “verificationMethod” ontbreekt of is geen tekst.",
        how_en="Name the verification method and sign again.",
        how_nl="Noem de verificatiemethode en onderteken opnieuw.",
        clause=_DI,
    ),
    Rule(
        "PROOF-DATE",
        en="The proof's “{name}” is not a date and time.",
        nl="De “{name}” van het bewijs is geen datum met tijd.",
        how_en="Write an RFC 3339 date-time and sign again.",
        how_nl="Schrijf een datum met tijd volgens RFC 3339 en onderteken opnieuw.",
        clause=_DI,
    ),
    Rule(
        "PROOF-NOT-YET",
        en="The proof says that it was made on {date}, which is still to come.",
        nl="Het bewijs zegt dat het op {date} is gemaakt, en dat moet nog komen.",
        how_en="Set the clock of the signing machine right and sign again.",
        how_nl="Zet de klok van de ondertekenende machine goed en onderteken opnieuw.",
        clause=_DI,
    ),
    Rule(
        "PROOF-EXPIRED",
        en="The proof expired on {date}.",
        nl="Het bewijs is verlopen op {date}.",
        how_en="Sign the badge again.",
        how_nl="Onderteken de badge opnieuw.",
        clause=_DI,
    ),
    Rule(
        "PROOF-UNSIGNED-MEMBER",
        en="No context defines “{name}”, so the signature does not cover it: anyone could have added or changed it.",
        nl="Geen context kent “{name}”, dus de handtekening dekt het niet: iedereen kan het hebben toegevoegd of veranderd.",
        how_en="Remove the member, or add a context that defines it and sign again.",
        how_nl="Verwijder het lid, of voeg een context toe die het kent en onderteken opnieuw.",
        clause=_DI_CONTEXT,
    ),
    Rule(
        "PROOF-CONTEXT-STATE",
        en="The signature holds only under an earlier content of a context that was changed in place: {state}.",
        nl="De handtekening klopt alleen onder een eerdere inhoud van een context die ter plaatse is gewijzigd: {state}.",
        how_en="Sign again under the context as it is served today.",
        how_nl="Onderteken opnieuw onder de context zoals die nu wordt aangeboden.",
        severity="interop",
        clause=_DI_CONTEXT,
    ),
    Rule(
        "PROOF-KEY-BOUND",
        en="The key is not the issuer's.",
        nl="De sleutel is niet van de uitgever.",
        holds_en="The key is shown to be that of {issuer}.",
        holds_nl="De sleutel is aantoonbaar van {issuer}.",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-KEY-UNBOUND",
        en="Nothing but the badge itself says that this key belongs to {issuer}; anyone can write that.",
        nl="Alleen de badge zelf zegt dat deze sleutel van {issuer} is; dat kan iedereen schrijven.",
        how_en="Publish the key in the issuer's own document or key set; a verifier can also pin it in a trust file.",
        how_nl="Publiceer de sleutel in het eigen document of de sleutelset van de uitgever; een controleur kan hem ook vastleggen in een vertrouwensbestand.",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-KEY-CLAIMED",
        en="The key was taken for that of {issuer} because the badge says so; this proves nothing about the issuer.",
        nl="De sleutel is voor die van {issuer} gehouden omdat de badge dat zegt; dat bewijst niets over de uitgever.",
        how_en="Verify without --unsafe-claimed-keys.",
        how_nl="Controleer zonder --unsafe-claimed-keys.",
        who="verifier",
        severity="warning",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-CONTROLLER",
        en="The key belongs to {controller}, not to the issuer {issuer}.",
        nl="De sleutel hoort bij {controller}, niet bij de uitgever {issuer}.",
        how_en="Sign with a key of the issuer.",
        how_nl="Onderteken met een sleutel van de uitgever.",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-KEY-REVOKED",
        en="The key {key} was revoked on {date}, before it signed.",
        nl="De sleutel {key} is ingetrokken op {date}, voordat hij tekende.",
        how_en="Sign again with a key in force.",
        how_nl="Onderteken opnieuw met een geldige sleutel.",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-KEY-EXPIRED",
        en="The key {key} expired on {date}, before it signed.",
        nl="De sleutel {key} is verlopen op {date}, voordat hij tekende.",
        how_en="Sign again with a key in force.",
        how_nl="Onderteken opnieuw met een geldige sleutel.",
        clause=_METHODS,
    ),
    Rule(
        "STATUS-NONE",
        en="The badge has no status entry.",
        nl="De badge heeft geen statusvermelding.",
        holds_en="The badge names no status list: it cannot be revoked.",
        holds_nl="De badge noemt geen statuslijst: ze kan niet worden ingetrokken.",
        verdict="status",
        clause=_STATUS,
    ),
    Rule(
        "STATUS-TOO-MANY",
        en="The badge names more than {limit} status entries; no badge needs that.",
        nl="De badge noemt meer dan {limit} statusvermeldingen; geen badge heeft dat nodig.",
        how_en="Give one entry for revocation and at most one for suspension.",
        how_nl="Geef één vermelding voor intrekking en hoogstens één voor opschorting.",
        verdict="status",
        clause=_STATUS,
    ),
    Rule(
        "STATUS-SEVERAL",
        en="The badge has several status entries, which the published Open Badges schema does not allow.",
        nl="De badge heeft meer statusvermeldingen, wat het gepubliceerde schema van Open Badges niet toestaat.",
        how_en="Give one entry, for revocation.",
        how_nl="Geef één vermelding, voor intrekking.",
        verdict="status",
        severity="interop",
        clause=_STATUS,
    ),
    Rule(
        "STATUS-PURPOSE-OTHER",
        en="The status list of the purpose “{purpose}” says nothing about validity and was not read.",
        nl="De statuslijst met doel “{purpose}” zegt niets over geldigheid en is niet gelezen.",
        who="verifier",
        verdict="status",
        severity="warning",
        clause=_BITSTRING,
    ),
    Rule(
        "STATUS-LIST-ISSUER",
        en="The status list is issued by {found}, not by the badge's issuer {issuer}, so it was not believed.",
        nl="De statuslijst is uitgegeven door {found}, niet door de uitgever van de badge {issuer}, en is dus niet geloofd.",
        how_en="Publish a status list of the issuer's own.",
        how_nl="Publiceer een statuslijst van de uitgever zelf.",
        verdict="status",
        clause=_BITSTRING,
    ),
    Rule(
        "STATUS-LIST-UNPROVEN",
        en="The proof of the status list does not hold ({problem}), so it says nothing.",
        nl="Het bewijs van de statuslijst klopt niet ({problem}); ze zegt dus niets.",
        how_en="Sign and publish the status list again.",
        how_nl="Onderteken en publiceer de statuslijst opnieuw.",
        verdict="status",
        clause=_BITSTRING,
    ),
    Rule(
        "STATUS-LIST-OLD",
        en="The status list is of {valid_from}, older than the {limit} that you allow.",
        nl="De statuslijst is van {valid_from}, ouder dan de {limit} die u toestaat.",
        how_en="Fetch a fresh status list.",
        how_nl="Haal een verse statuslijst op.",
        who="verifier",
        verdict="status",
        clause=_BITSTRING,
    ),
    Rule(
        "DATE-VALID",
        en="The dates do not hold.",
        nl="De datums kloppen niet.",
        holds_en="The badge counts at {at}.",
        holds_nl="De badge geldt op {at}.",
        verdict="status",
        clause=_VALIDITY,
    ),
    Rule(
        "DATE-OTHER-MOMENT",
        en="Dates were judged for another moment.",
        nl="Datums zijn voor een ander moment beoordeeld.",
        holds_en="Dates and keys were judged for {at}; the status is that of today.",
        holds_nl="Datums en sleutels zijn beoordeeld voor {at}; de status is die van vandaag.",
        who="verifier",
        verdict="status",
        clause=_VALIDITY,
    ),
    Rule(
        "DATE-UNREADABLE",
        en="“{name}” is not a date and time, so it cannot be judged.",
        nl="“{name}” is geen datum met tijd en kan niet worden beoordeeld.",
        how_en="Write an RFC 3339 date-time with time zone and sign again.",
        how_nl="Schrijf een datum met tijd en tijdzone volgens RFC 3339 en onderteken opnieuw.",
        verdict="status",
        clause=_VALIDITY,
    ),
    Rule(
        "DATE-NOT-YET",
        en="The badge counts only from {date}.",
        nl="De badge geldt pas vanaf {date}.",
        how_en="Use the badge from that date.",
        how_nl="Gebruik de badge vanaf die datum.",
        who="holder",
        verdict="status",
        clause=_VALIDITY,
    ),
    Rule(
        "DATE-EXPIRED",
        en="The badge expired on {date}.",
        nl="De badge is verlopen op {date}.",
        how_en="Ask the issuer whether it can be renewed.",
        how_nl="Vraag de uitgever of ze verlengd kan worden.",
        who="holder",
        verdict="status",
        clause=_VALIDITY,
    ),
    Rule(
        "DATE-ORDER",
        en="The badge ends before it begins.",
        nl="De badge eindigt voordat ze begint.",
        how_en="Set the dates right and sign again.",
        how_nl="Zet de datums goed en onderteken opnieuw.",
        verdict="status",
        clause=_VALIDITY,
    ),
)
