"""What the demonstration says, in English and Dutch."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    "title": (
        "One badge of {issuer}, from its first key to its revocation. All of it happens on this machine.",
        "Eén badge van {issuer}, van de eerste sleutel tot de intrekking. Alles gebeurt op deze computer.",
    ),
    "key": ("1. The issuer makes a key and publishes its public half.", "1. De uitgever maakt een sleutel en publiceert het openbare deel."),
    "list": ("2. The issuer opens a status list, so that badges can be revoked.", "2. De uitgever begint een statuslijst, zodat badges ingetrokken kunnen worden."),
    "award": ("3. {who} is awarded “{badge}”: the badge is signed ({proof}) and baked into pictures.", "3. {who} krijgt “{badge}”: de badge wordt ondertekend ({proof}) en in plaatjes gebakken."),
    "verify": ("4. A stranger verifies the badge without the web.", "4. Een vreemde controleert de badge zonder internet."),
    "revoke": ("5. The badge turns out to be awarded in error. It is not deleted: it is revoked, with a reason.", "5. De badge blijkt ten onrechte toegekend. Ze wordt niet verwijderd maar ingetrokken, met een reden."),
    "again": ("6. The stranger verifies the same file again.", "6. De vreemde controleert hetzelfde bestand opnieuw."),
    "token": ("7. The same life for a badge as a signed token ({proof}), in Dutch.", "7. Hetzelfde leven voor een badge als ondertekend token ({proof}), in het Nederlands."),
    "reason": ("The workshop was not observed to its end.", "De workshop is niet tot het einde waargenomen."),
    "files": ("What lies in {folder}:", "Wat er in {folder} ligt:"),
    "next": ("Try it yourself:", "Probeer het zelf:"),
    "private/issuer.key.pem": ("the private key, encrypted", "de privésleutel, versleuteld"),
    "private/password.txt": ("its password; beside the key only because this is a demonstration", "het wachtwoord; alleen in deze demonstratie naast de sleutel"),
    "private/status.db": ("which place in the list belongs to which badge; never published", "welke plek in de lijst bij welke badge hoort; nooit gepubliceerd"),
    "public/.well-known/did.json": ("the public key, where did:web looks for it", "de openbare sleutel, waar did:web hem zoekt"),
    "public/status/revocation": ("the signed status list", "de ondertekende statuslijst"),
    "public/status/revocation.reasons.json": ("the public reasons, vouched for by the list", "de openbare redenen, waar de lijst voor instaat"),
    "public/facilitator.svg": ("the picture of the badge, unbaked", "het plaatje van de badge, ongebakken"),
    "badges/facilitator.json": ("the English badge: JSON with its proof inside", "de Engelse badge: JSON met het bewijs erin"),
    "badges/facilitator.svg": ("the same badge in its picture", "dezelfde badge in haar plaatje"),
    "badges/facilitator.png": ("the same badge in a PNG", "dezelfde badge in een PNG"),
    "badges/begeleider.jwt": ("the Dutch badge: a signed token", "de Nederlandse badge: een ondertekend token"),
    "badges/begeleider.svg": ("the same token in its picture", "hetzelfde token in het plaatje"),
    "badges/begeleider.png": ("the same token in a PNG", "hetzelfde token in een PNG"),
    "documents.json": ("which file stands in for which address on the web", "welk bestand voor welk adres op het web staat"),
    "reports.json": ("the four reports, for programs", "de vier rapporten, voor programma's"),
}  # fmt: skip


def sentence(name: str, language: Language, **details: str) -> str:
    """Return a sentence of the demonstration."""
    english, dutch = _SENTENCES[name]
    return (english if language == "en" else dutch).format_map(details)
