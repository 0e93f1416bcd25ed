"""The Data Integrity proof rules."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_DATA_INTEGRITY = Clause(
    "Verifiable Credential Data Integrity 1.0, Proofs", "https://www.w3.org/TR/vc-data-integrity/#proofs"
)
_CHAINS = Clause(
    "Verifiable Credential Data Integrity 1.0, Proof Chains",
    "https://www.w3.org/TR/vc-data-integrity/#proof-chains",
)
_EDDSA = Clause(
    "Data Integrity EdDSA Cryptosuites 1.0, Data Model",
    "https://www.w3.org/TR/vc-di-eddsa/#dataintegrityproof",
)
_RDFC = Clause(
    "Data Integrity EdDSA Cryptosuites 1.0, eddsa-rdfc-2022",
    "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "PROOF-SIGNATURE",
        en="The signature does not fit what was signed and the key: something was changed, or another key signed.",
        nl="De handtekening past niet bij de inhoud en de sleutel: er is iets veranderd, of een andere sleutel tekende.",
        how_en="Ask the issuer for the original badge; do not rely on this copy.",
        how_nl="Vraag de uitgever om de oorspronkelijke badge; vertrouw niet op deze kopie.",
        holds_en="The signature holds.",
        holds_nl="De handtekening klopt.",
        clause=_RDFC,
    ),
    Rule(
        "PROOF-SIGNATURE-LENGTH",
        en="The signature is {size} bytes long; under this {kind} key it must be {expected}.",
        nl="De handtekening is {size} bytes lang; onder deze {kind}-sleutel moeten dat er {expected} zijn.",
        how_en="Write the raw signature, for ECDSA r followed by s and not DER.",
        how_nl="Schrijf de kale handtekening, voor ECDSA r gevolgd door s en geen DER.",
        clause=_RDFC,
    ),
    Rule(
        "PROOF-TYPE",
        en="Proofs of the type {found} cannot be checked here; DataIntegrityProof can.",
        nl="Bewijzen van het type {found} kunnen hier niet worden gecontroleerd; DataIntegrityProof wel.",
        how_en="Sign with DataIntegrityProof and the cryptosuite eddsa-rdfc-2022.",
        how_nl="Onderteken met DataIntegrityProof en de cryptosuite eddsa-rdfc-2022.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "PROOF-CRYPTOSUITE",
        en="The cryptosuite {found} cannot be checked here.",
        nl="De cryptosuite {found} kan hier niet worden gecontroleerd.",
        how_en="Sign with eddsa-rdfc-2022, which every certified verifier reads.",
        how_nl="Onderteken met eddsa-rdfc-2022, die elke gecertificeerde controleur leest.",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-CRYPTOSUITE-NAME",
        en="The proof calls its cryptosuite {found}; it was checked as eddsa-rdfc-2022, but others may refuse it.",
        nl="Het bewijs noemt zijn cryptosuite {found}; het is als eddsa-rdfc-2022 gecontroleerd, maar anderen kunnen het weigeren.",
        how_en="Sign again under the name eddsa-rdfc-2022.",
        how_nl="Onderteken opnieuw onder de naam eddsa-rdfc-2022.",
        severity="interop",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-CHAIN",
        en="The proof builds on another proof (previousProof), which cannot be checked here.",
        nl="Het bewijs bouwt voort op een ander bewijs (previousProof), en dat kan hier niet worden gecontroleerd.",
        how_en="Sign with a proof that stands on its own.",
        how_nl="Onderteken met een bewijs dat op zichzelf staat.",
        clause=_CHAINS,
    ),
    Rule(
        "PROOF-PURPOSE",
        en="The purpose of the proof is {found}; for a badge it must be assertionMethod.",
        nl="Het doel van het bewijs is {found}; voor een badge moet dat assertionMethod zijn.",
        how_en="Sign again with proofPurpose assertionMethod.",
        how_nl="Onderteken opnieuw met proofPurpose assertionMethod.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "PROOF-CREATED",
        en="The moment of signing, {found}, is not a date-time.",
        nl="Het moment van ondertekenen, {found}, is geen datum met tijd.",
        how_en="Write it as 2026-01-31T12:00:00Z.",
        how_nl="Schrijf het als 2026-01-31T12:00:00Z.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "PROOF-VALUE",
        en="The proof carries no signature that can be read.",
        nl="Het bewijs draagt geen leesbare handtekening.",
        how_en="Write proofValue in base58btc with a leading z.",
        how_nl="Schrijf proofValue in base58btc met een z vooraan.",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-KEY-KIND",
        en="The key is of the kind {kind}; eddsa-rdfc-2022 takes Ed25519.",
        nl="De sleutel is van de soort {kind}; eddsa-rdfc-2022 neemt Ed25519.",
        how_en="Use an Ed25519 key, or a suite for this kind.",
        how_nl="Gebruik een Ed25519-sleutel, of een suite voor deze soort.",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-EXISTS",
        en="The document already has a proof.",
        nl="Het document heeft al een bewijs.",
        how_en="Sign the document without its proof.",
        how_nl="Onderteken het document zonder zijn bewijs.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "PROOF-NAIVE-TIME",
        en="The moment of signing has no time zone.",
        nl="Het moment van ondertekenen heeft geen tijdzone.",
        how_en="Give a moment with its time zone, such as datetime.now(UTC).",
        how_nl="Geef een moment met tijdzone, zoals datetime.now(UTC).",
        clause=_DATA_INTEGRITY,
    ),
)
