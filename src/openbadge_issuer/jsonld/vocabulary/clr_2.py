"""Comprehensive Learner Record 2.0: contexts 2.0.1 and 2.0.0; unlike Open Badges they protect no term."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.namespaces import CREDENTIALS
from openbadge_issuer.jsonld.vocabulary.notation import (
    ALIASES,
    SET,
    Namespace,
    changed,
    merged,
    without,
)
from openbadge_issuer.jsonld.vocabulary.open_badges_3 import OB
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext, PublishedState

_CLR = Namespace("https://purl.imsglobal.org/spec/vc/clr/vocab.html#", objects=True, head=ALIASES)
_BARE = Namespace(_CLR[""], objects=True, head={})

# Sic: no prefix xsd is declared, so the datatypes stay absolute IRIs of that scheme.
_ANY_URI = "xsd:anyURI"

_CONTEXT_2_0_1: JsonObject = merged(
    ALIASES,
    _CLR.cls("ClrCredential", _CLR("partial", coerce="xsd:boolean")),
    _CLR.cls(
        "ClrSubject",
        {"cred": CREDENTIALS[""], "obi": OB[""]},
        # Sic: classes stand where JSON-LD has datatypes; objects, as these values are, take no notice.
        _CLR("achievement", coerce="obi:Achievement", container=SET),
        _CLR("association", coerce=_CLR["Association"], container=SET),
        _CLR("verifiableCredential", coerce="cred:verifiableCredential", container=SET),
        _CLR("identifier=identifier-1", coerce="obi:Identifier", container=SET),
    ),
    _BARE.cls(
        "Association",
        _CLR("associationType=AssociationType"),  # sic: the IRI of the class
        _CLR("sourceId targetId", coerce=_ANY_URI),
    ),
)
_CONTEXT_2_0_0 = changed(
    without(_CONTEXT_2_0_1, "ClrCredential/partial ClrSubject/identifier"),
    {"obi": "https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#"},  # sic
    at="ClrSubject",
)

PUBLISHED: Final = (
    PublishedContext(
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        (
            PublishedState(
                "clr-2.0.1",
                "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
                "2026-07-03",
                _CONTEXT_2_0_1,
            ),
        ),
    ),
    PublishedContext(
        "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
        (
            PublishedState(
                "clr-2.0.0",
                "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
                "",
                _CONTEXT_2_0_0,
            ),
        ),
    ),
)
