"""Rules for the IETF Token Status List, by which an SD-JWT VC is looked up."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_LIST = "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-status-list"

RULES: tuple[Rule, ...] = (
    Rule(
        "STATUS-TOKEN-CLAIM",
        en="The claim status does not lead to a Status List, the only way to look a token up that is known here.",
        nl="De claim status leidt niet naar een Status List, de enige manier om een token op te zoeken die hier bekend is.",
        how_en="Name the list in status.status_list, by uri and idx.",
        how_nl="Noem de lijst in status.status_list, met uri en idx.",
        verdict="status",
        clause=Clause(
            "Token Status List, Referenced Token in JOSE", f"{_LIST}#name-referenced-token-in-jose"
        ),
    ),
    Rule(
        "STATUS-TOKEN-LIST",
        en="The Status List of the token cannot be used: {problem} is not as it must be.",
        nl="De Status List van het token is niet te gebruiken: {problem} is niet zoals het moet.",
        how_en="Publish the list anew, as statuslist+jwt.",
        how_nl="Publiceer de lijst opnieuw, als statuslist+jwt.",
        verdict="status",
        clause=Clause("Token Status List, Validation Rules", f"{_LIST}#name-validation-rules"),
    ),
    Rule(
        "STATUS-TOKEN-VALUE",
        en="The Status List gives the token the status {value}, whose meaning is not known here.",
        nl="De Status List geeft het token de status {value}, waarvan de betekenis hier niet bekend is.",
        how_en="Ask the issuer what it means.",
        how_nl="Vraag de uitgever wat dat betekent.",
        who="verifier",
        verdict="status",
        clause=Clause("Token Status List, Status Types Values", f"{_LIST}#name-status-types-values"),
    ),
)
