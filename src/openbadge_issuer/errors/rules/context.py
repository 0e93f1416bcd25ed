"""The JSON-LD context rules: which contexts are known, and what a caller may give."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_VALIDATING = Clause(
    "Verifiable Credential Data Integrity 1.0, Validating Contexts",
    "https://www.w3.org/TR/vc-data-integrity/#validating-contexts",
)
_CONTEXTS = Clause("JSON-LD 1.1, The Context", "https://www.w3.org/TR/json-ld11/#the-context")

RULES: tuple[Rule, ...] = (
    Rule(
        "CONTEXT-UNKNOWN",
        en="The context {url} is not known here, and contexts are never fetched.",
        nl="De context {url} is hier niet bekend, en contexten worden nooit opgehaald.",
        how_en="Give a copy of it that you trust: `contexts=` in Python, `--documents` on the command line.",
        how_nl="Geef er een kopie van die u vertrouwt: `contexts=` in Python, `--documents` op de opdrachtregel.",
        who="verifier",
        clause=_VALIDATING,
    ),
    Rule(
        "CONTEXT-STATE",
        en="No known content of the context {url} has the digest {digest}.",
        nl="Geen bekende inhoud van de context {url} heeft de hash {digest}.",
        how_en="Choose one of the digests that `states` lists.",
        how_nl="Kies een van de hashes die `states` noemt.",
        who="verifier",
    ),
    Rule(
        "CONTEXT-SHAPE",
        en="What was given for {url} is no JSON-LD context: it must be a JSON object with a member “@context”.",
        nl="Wat voor {url} is gegeven is geen JSON-LD-context: het moet een JSON-object zijn met een lid “@context”.",
        how_en="Give the whole document as its publisher serves it.",
        how_nl="Geef het hele document zoals het is gepubliceerd.",
        who="verifier",
        clause=_CONTEXTS,
    ),
    Rule(
        "CONTEXT-URL",
        en="A context was given under “{url}”, which is not an absolute URL.",
        nl="Er is een context gegeven onder “{url}”, en dat is geen absolute URL.",
        how_en="Give it under the URL that the badge names.",
        how_nl="Geef hem onder de URL die de badge noemt.",
        who="verifier",
        clause=_CONTEXTS,
    ),
    Rule(
        "CONTEXT-PINNED",
        en="The context given for {url} has none of the contents that this URL is known to have had.",
        nl="De context die voor {url} is gegeven heeft geen van de inhouden die deze URL voor zover bekend heeft gehad.",
        how_en="Leave it out: this context is built in. If its publisher changed it, report that to this project.",
        how_nl="Laat hem weg: deze context is ingebouwd. Is hij aan de bron gewijzigd, meld dat dan bij dit project.",
        who="verifier",
        clause=_VALIDATING,
    ),
    Rule(
        "CONTEXT-FILE",
        en="The packaged context file {file} cannot be read.",
        nl="Het meegeleverde contextbestand {file} kan niet worden gelezen.",
        how_en="Install openbadge-issuer again.",
        how_nl="Installeer openbadge-issuer opnieuw.",
        who="verifier",
    ),
    Rule(
        "CONTEXT-WRITE",
        en="The context file {file} cannot be written: {problem}.",
        nl="Het contextbestand {file} kan niet worden geschreven: {problem}.",
        how_en="Name a folder that you may write to.",
        how_nl="Noem een map waarin u mag schrijven.",
        who="verifier",
    ),
)
