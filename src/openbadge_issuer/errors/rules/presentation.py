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

RULES: tuple[Rule, ...] = _TOKENS + _FORM
