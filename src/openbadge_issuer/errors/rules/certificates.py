"""The rules of keys that certificates vouch for."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_X5C = Clause("RFC 7515, section 4.1.6", "https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6")
_PATH = Clause(
    "RFC 5280, section 6, Certification Path Validation", "https://www.rfc-editor.org/rfc/rfc5280#section-6"
)
_NAME = Clause(
    "RFC 5280, section 4.2.1.6, Subject Alternative Name",
    "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "X5C-FORMAT",
        en="The member x5c of the header holds no chain of certificates that can be read.",
        nl="Het onderdeel x5c van de header bevat geen leesbare keten van certificaten.",
        how_en="Write the certificates as an array of DER in base64, that of the signing key first.",
        how_nl="Schrijf de certificaten als array van DER in base64, dat van de ondertekenende sleutel eerst.",
        severity="warning",
        clause=_X5C,
    ),
    Rule(
        "X5C-CHAIN",
        en="The certificates in the token do not lead to a root that you trust: {problem}.",
        nl="De certificaten in het token leiden niet naar een root die u vertrouwt: {problem}.",
        how_en="Send the whole chain along, and renew what has expired; a verifier gives the right roots.",
        how_nl="Stuur de hele keten mee en vernieuw wat is verlopen; een controleur geeft de juiste roots.",
        severity="warning",
        clause=_PATH,
    ),
    Rule(
        "X5C-NAME",
        en="The certificate of the key is for {found}, not for {issuer}.",
        nl="Het certificaat van de sleutel is voor {found}, niet voor {issuer}.",
        how_en="Have the issuer's host name, or its URI, certified in the subject alternative name.",
        how_nl="Laat de hostnaam of de URI van de uitgever certificeren in de subject alternative name.",
        severity="warning",
        clause=_NAME,
    ),
    Rule(
        "X5C-ROOT",
        en="There are no certificates in PEM to trust as roots, or one of them cannot be read.",
        nl="Er zijn geen certificaten in PEM om als root te vertrouwen, of een ervan is niet leesbaar.",
        how_en="Give certificates in PEM, one after the other.",
        how_nl="Geef certificaten in PEM, achter elkaar.",
        who="verifier",
    ),
)
