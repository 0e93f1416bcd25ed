"""The namespaces that several term tables share."""

from __future__ import annotations

from typing import Final

from openbadge_issuer.jsonld.vocabulary.notation import Namespace

CREDENTIALS: Final = Namespace("https://www.w3.org/2018/credentials#")
SECURITY: Final = Namespace("https://w3id.org/security#")
STATUS: Final = Namespace("https://www.w3.org/ns/credentials/status#")
SCHEMA: Final = Namespace("https://schema.org/")
DC_TERMS: Final = Namespace("http://purl.org/dc/terms/")

XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
XSD_SIC: Final = Namespace("https://www.w3.org/2001/XMLSchema#")
"""Sic: not the namespace of XML Schema, which has http, but what some published contexts say."""
