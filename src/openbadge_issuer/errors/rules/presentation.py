"""The rules of presentations, and of the tokens of VC-JOSE-COSE."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_JOSE = "https://www.w3.org/TR/vc-jose-cose/"
_CLAIMS = Clause("VC-JOSE-COSE, Using JWT Claims", f"{_JOSE}#using-header-params-claims-key-discovery")

_TOKENS = (
    Rule(
        "JOSE-WRAPPED",
        en="The token is of the type vc+jwt, so the claim {name} may not stand in it.",
        nl="Het token is van het type vc+jwt, en daarin mag de claim {name} niet staan.",
        how_en="Sign again with the credential itself as payload.",
        how_nl="Onderteken opnieuw met de credential zelf als inhoud.",
        clause=_CLAIMS,
    ),
    Rule(
        "JOSE-DATA-MODEL",
        en="The token is of the type vc+jwt, which is for data model 2.0; this credential is of version 1.1.",
        nl="Het token is van het type vc+jwt, dat voor datamodel 2.0 is; deze credential is van versie 1.1.",
        how_en="Issue it in data model 2.0, or sign it as JWT with the claim vc.",
        how_nl="Geef het uit in datamodel 2.0, of onderteken het als JWT met de claim vc.",
        clause=Clause(
            "VC-JOSE-COSE, Securing JSON-LD Verifiable Credentials with JOSE", f"{_JOSE}#secure-with-jose"
        ),
    ),
)

_VCDM = "https://www.w3.org/TR/vc-data-model-2.0/"
_PRESENTATION = Clause("VC Data Model 2.0, Verifiable Presentations", f"{_VCDM}#verifiable-presentations")

_FORM = (
    Rule(
        "PRESENTATION-TYPE",
        en="This is no verifiable presentation: the type VerifiablePresentation is missing, or its form is wrong.",
        nl="Dit is geen verifiable presentation: het type VerifiablePresentation ontbreekt, of de vorm klopt niet.",
        how_en="Present the credentials in a verifiable presentation.",
        how_nl="Toon de credentials in een verifiable presentation.",
        who="holder",
        clause=_PRESENTATION,
    ),
)

_PROOFS = Clause("Data Integrity 1.0, Proofs", "https://www.w3.org/TR/vc-data-integrity/#proofs")

_OCCASION = (
    Rule(
        "PRESENTATION-CHALLENGE",
        en="The presentation does not repeat the challenge of this verifier, so it was made for another occasion.",
        nl="De presentatie herhaalt de challenge van deze controleur niet, dus ze is voor een andere gelegenheid gemaakt.",
        how_en="Present anew, with the challenge that was just given.",
        how_nl="Toon opnieuw, met de challenge die net is gegeven.",
        holds_en="The presentation repeats the challenge of this verifier.",
        holds_nl="De presentatie herhaalt de challenge van deze controleur.",
        who="holder",
        clause=_PROOFS,
    ),
    Rule(
        "PRESENTATION-DOMAIN",
        en="The presentation was not made for this verifier.",
        nl="De presentatie is niet voor deze controleur gemaakt.",
        how_en="Do not accept it: somebody may have passed on what was meant for another.",
        how_nl="Accepteer haar niet: iemand kan hebben doorgegeven wat voor een ander bestemd was.",
        holds_en="The presentation was made for this verifier.",
        holds_nl="De presentatie is voor deze controleur gemaakt.",
        who="holder",
        clause=_PROOFS,
    ),
    Rule(
        "PRESENTATION-ISS",
        en="The claim iss names another holder than the presentation, {holder}.",
        nl="De claim iss noemt een andere houder dan de presentatie, {holder}.",
        how_en="Present anew with iss equal to the id of the holder.",
        how_nl="Toon opnieuw met iss gelijk aan het id van de houder.",
        who="holder",
        clause=_CLAIMS,
    ),
)

_CONTENTS = (
    Rule(
        "PRESENTATION-NOT-ASKED",
        en="This is a presentation, and no challenge was given to hold it against: it may be anybody's copy.",
        nl="Dit is een presentatie, en er is geen challenge opgegeven om haar aan te toetsen: het kan ieders kopie zijn.",
        how_en="Give the challenge and the domain that the holder was asked with.",
        how_nl="Geef de challenge en het domein waarmee de houder is gevraagd.",
        who="verifier",
        clause=_PROOFS,
    ),
    Rule(
        "PRESENTATION-CREDENTIAL",
        en="The credential “{name}” is not accepted ({problem}).",
        nl="De credential “{name}” wordt niet geaccepteerd ({problem}).",
        how_en="See the report of the credential.",
        how_nl="Zie het rapport van de credential.",
        holds_en="The credential “{name}” is accepted.",
        holds_nl="De credential “{name}” wordt geaccepteerd.",
        clause=_PRESENTATION,
    ),
    Rule(
        "PRESENTATION-EMPTY",
        en="The presentation shows no credential.",
        nl="De presentatie toont geen enkele credential.",
        how_en="Present at least one credential.",
        how_nl="Toon ten minste één credential.",
        who="holder",
        clause=_PRESENTATION,
    ),
    Rule(
        "PRESENTATION-TOO-MANY",
        en="The presentation holds more credentials than the {limit} that are verified at once.",
        nl="De presentatie bevat meer credentials dan de {limit} die in één keer worden gecontroleerd.",
        how_en="Present them in several parts.",
        how_nl="Toon ze in meerdere delen.",
        who="holder",
    ),
    Rule(
        "PRESENTATION-UNREADABLE",
        en="What stands here in the presentation cannot be read as a credential ({problem}).",
        nl="Wat hier in de presentatie staat, is niet als credential te lezen ({problem}).",
        how_en="Present the credential as the issuer gave it.",
        how_nl="Toon de credential zoals de uitgever die gaf.",
        who="holder",
        clause=_PRESENTATION,
    ),
    Rule(
        "PRESENTATION-HOLDER",
        en="The credential is not about the one who presents it, {holder}.",
        nl="De credential gaat niet over degene die haar toont, {holder}.",
        how_en="Present a credential of your own.",
        how_nl="Toon een eigen credential.",
        holds_en="The credential is about the one who presents it, {holder}.",
        holds_nl="De credential gaat over degene die haar toont, {holder}.",
        who="holder",
        verdict="recipient",
        clause=_PRESENTATION,
    ),
    Rule(
        "PRESENTATION-HOLDER-OPEN",
        en="The credential gives its subject no id, so it does not tell whether it is about the one who presents it.",
        nl="De credential geeft het subject geen id en zegt dus niet of ze gaat over degene die haar toont.",
        how_en="Issue the badge to the identifier of the holder, or compare the e-mail address otherwise.",
        how_nl="Geef de badge uit aan de identificatie van de houder, of vergelijk het e-mailadres op een andere manier.",
        verdict="recipient",
        clause=_PRESENTATION,
    ),
    Rule(
        "PRESENTATION-OTHER-HOLDER",
        en="The presentation is that of {found}, who is not the holder expected.",
        nl="De presentatie is van {found}, en dat is niet de verwachte houder.",
        how_en="Let the holder present it.",
        how_nl="Laat de houder zelf tonen.",
        who="holder",
        verdict="recipient",
        clause=_PRESENTATION,
    ),
)

RULES: tuple[Rule, ...] = _TOKENS + _FORM + _OCCASION + _CONTENTS
