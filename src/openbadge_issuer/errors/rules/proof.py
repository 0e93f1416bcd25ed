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
_VERIFY_CHAINS = Clause(
    "Verifiable Credential Data Integrity 1.0, Verify Proof Sets and Chains",
    "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains",
)
_JCS = Clause(
    "Data Integrity EdDSA Cryptosuites 1.0, eddsa-jcs-2022",
    "https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022",
)
_ED25519_2020 = Clause(
    "Data Integrity EdDSA Cryptosuites 1.0, The Ed25519Signature2020 Suite",
    "https://www.w3.org/TR/vc-di-eddsa/#the-ed25519signature2020-suite",
)
_SD = Clause(
    "Data Integrity ECDSA Cryptosuites 1.0, ecdsa-sd-2023",
    "https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023",
)
_SD_FUNCTIONS = Clause(
    "Data Integrity ECDSA Cryptosuites 1.0, Selective Disclosure Functions",
    "https://www.w3.org/TR/vc-di-ecdsa/#selective-disclosure-functions",
)
_JWA = Clause("RFC 7518, section 3.1", "https://www.rfc-editor.org/rfc/rfc7518#section-3.1")
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
        "PROOF-ALGORITHM",
        en="The {kind} key is not for {algorithm}.",
        nl="De {kind}-sleutel is niet voor {algorithm}.",
        how_en="Sign with an algorithm of the key.",
        how_nl="Onderteken met een algoritme van de sleutel.",
        clause=_JWA,
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
        "PROOF-PREVIOUS",
        en="The proof builds on {id}, and the document does not have exactly one other proof of that name.",
        nl="Het bewijs bouwt voort op {id}, en het document heeft niet precies één ander bewijs met die naam.",
        how_en="Give each proof an id of its own, and name in previousProof only proofs that are there.",
        how_nl="Geef elk bewijs een eigen id, en noem in previousProof alleen bewijzen die er zijn.",
        clause=_VERIFY_CHAINS,
    ),
    Rule(
        "PROOF-PREVIOUS-FAILED",
        en="The proof builds on {id}, and that proof does not hold.",
        nl="Het bewijs bouwt voort op {id}, en dat bewijs klopt niet.",
        how_en="Ask the issuer for the original badge with all of its proofs.",
        how_nl="Vraag de uitgever om de oorspronkelijke badge met al haar bewijzen.",
        clause=_VERIFY_CHAINS,
    ),
    Rule(
        "PROOF-CONTEXT",
        en="The “@context” of the document does not begin with the one that was signed.",
        nl="De “@context” van het document begint niet met die welke is ondertekend.",
        how_en="Ask the issuer for the original badge; contexts may be added after the signed ones only.",
        how_nl="Vraag de uitgever om de oorspronkelijke badge; contexten mogen alleen na de ondertekende worden toegevoegd.",
        clause=_JCS,
    ),
    Rule(
        "PROOF-PURPOSE",
        en="The purpose of the proof is {found}; here it must be {expected}.",
        nl="Het doel van het bewijs is {found}; hier moet dat {expected} zijn.",
        how_en="Sign again with proofPurpose {expected}.",
        how_nl="Onderteken opnieuw met proofPurpose {expected}.",
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
        en="The proof carries no signature that can be read; its proofValue must begin with {base}.",
        nl="Het bewijs draagt geen leesbare handtekening; zijn proofValue moet met {base} beginnen.",
        how_en="Write proofValue in the base of its suite: base58btc with a leading z, or base64url with a leading u.",
        how_nl="Schrijf proofValue in de basis van zijn suite: base58btc met een z vooraan, of base64url met een u vooraan.",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-KEY-KIND",
        en="The key is of the kind {kind}; {suite} takes {expected}.",
        nl="De sleutel is van de soort {kind}; {suite} neemt {expected}.",
        how_en="Use such a key, or a suite for this kind.",
        how_nl="Gebruik zo'n sleutel, of een suite voor deze soort.",
        clause=_EDDSA,
    ),
    Rule(
        "PROOF-NAIVE-TIME",
        en="The moment of signing has no time zone.",
        nl="Het moment van ondertekenen heeft geen tijdzone.",
        how_en="Give a moment with its time zone, such as datetime.now(UTC).",
        how_nl="Geef een moment met tijdzone, zoals datetime.now(UTC).",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "PROOF-NO-TIME",
        en="A proof of the type {suite} must say when it was made.",
        nl="Een bewijs van het type {suite} moet zeggen wanneer het is gemaakt.",
        how_en="Give the moment of signing.",
        how_nl="Geef het moment van ondertekenen.",
        clause=_ED25519_2020,
    ),
    Rule(
        "PROOF-NO-SUITE",
        en="There is no Data Integrity suite for a key of the kind {kind}.",
        nl="Er is geen Data Integrity-suite voor een sleutel van de soort {kind}.",
        how_en="Sign a token (VC-JWT) with this key, or use an Ed25519 key.",
        how_nl="Onderteken met deze sleutel een token (VC-JWT), of gebruik een Ed25519-sleutel.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "SD-VALUE",
        en="The proof value of ecdsa-sd-2023 cannot be read: {problem} is not as it must be.",
        nl="De proofValue van ecdsa-sd-2023 is niet te lezen: {problem} is niet zoals het moet.",
        how_en="Derive the proof again from the base proof, with sound software.",
        how_nl="Leid het bewijs opnieuw af van het basisbewijs, met degelijke software.",
        who="holder",
        clause=_SD,
    ),
    Rule(
        "SD-STATEMENTS",
        en="The proof of ecdsa-sd-2023 does not fit the statements of the document, by its {problem}.",
        nl="Het bewijs van ecdsa-sd-2023 past niet bij de uitspraken van het document, gezien {problem}.",
        how_en="Do not rely on this copy: something was added to it or left out of it.",
        how_nl="Vertrouw niet op deze kopie: er is iets aan toegevoegd of uit weggelaten.",
        who="holder",
        clause=_SD,
    ),
    Rule(
        "SD-POINTER",
        en="“{pointer}” leads to nothing in the document that can be disclosed by itself.",
        nl="“{pointer}” leidt naar niets in het document dat op zichzelf kan worden getoond.",
        how_en="Write JSON Pointers to members or items that are there, and take ordered lists whole.",
        how_nl="Schrijf JSON Pointers naar leden of elementen die er zijn, en neem geordende lijsten in hun geheel.",
        who="holder",
        clause=_SD_FUNCTIONS,
    ),
    Rule(
        "SD-POINTERS",
        en="There are more than {limit} JSON Pointers.",
        nl="Er zijn meer dan {limit} JSON Pointers.",
        how_en="Point to objects as a whole.",
        how_nl="Wijs objecten in hun geheel aan.",
        who="holder",
        clause=_SD_FUNCTIONS,
    ),
    Rule(
        "SD-DOCUMENT",
        en="The document cannot be taken apart for selective disclosure without changing what it says.",
        nl="Het document is niet te splitsen voor gedeeltelijk tonen zonder te veranderen wat het zegt.",
        how_en="Sign it with ecdsa-rdfc-2019, or give its nodes identifiers.",
        how_nl="Onderteken het met ecdsa-rdfc-2019, of geef de onderdelen een id.",
        clause=_SD_FUNCTIONS,
    ),
    Rule(
        "SD-BASE",
        en="The document must have one base proof of ecdsa-sd-2023; it has {found}.",
        nl="Het document moet één basisbewijs van ecdsa-sd-2023 hebben; het heeft er {found}.",
        how_en="Take the badge as the issuer gave it to its holder.",
        how_nl="Neem de badge zoals de uitgever die aan de houder gaf.",
        who="holder",
        clause=_SD,
    ),
    Rule(
        "SD-NOTHING",
        en="Nothing is selected, and nothing is mandatory: there is nothing to show.",
        nl="Er is niets gekozen en niets verplicht: er valt niets te tonen.",
        how_en="Select at least one member.",
        how_nl="Kies ten minste één lid.",
        who="holder",
        clause=_SD,
    ),
)
