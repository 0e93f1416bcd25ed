from __future__ import annotations

import pytest

from open_badges_2_documents import ASSERTION, ISSUER, REVOCATION_LIST
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.open_badges_2.versions import Version, detect


@pytest.mark.parametrize(
    ("document", "version"),
    [
        (ASSERTION, "2.0"),
        (ISSUER, "2.0"),
        ({"@context": ["https://own.example/", "https://openbadgespec.org/v2/context.json"]}, "2.0"),
        ({"@context": {"obi": "https://w3id.org/openbadges#"}}, "2.0"),
        ({"verification": {}}, "2.0"),
        ({name: part for name, part in REVOCATION_LIST.items() if name != "@context"}, "2.0"),
        ({"@context": ["https://www.w3.org/ns/credentials/v2", "https://own.example/"]}, "3.0"),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "3.0"),
        ({"@context": "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld"}, "2.1"),
        ({"badgeConnectAPI": []}, "2.1"),
        ({"status": {"statusCode": 200}}, "2.1"),
        ({"@context": "https://w3id.org/openbadges/v1"}, "1.1"),
        ({"@context": ["http://openbadgespec.org/v1/context.json", {"x": "https://own.example/"}]}, "1.1"),
        ({"@context": "https://openbadgespec.org/v0/context.json"}, "0.5"),
        ({"recipient": "someone@example.org"}, "0.5"),
        ({"uid": "1", "recipient": {"type": "email"}}, "1.0"),
        ({"name": "A badge", "criteria": "https://a.example/"}, "1.0"),
        ({"name": "An issuer", "url": "https://a.example/"}, "1.0"),
        ({"name": "Something"}, None),
        ({"@context": "https://schema.org/"}, None),
        ({"@context": 5}, None),
        ({}, None),
    ],
)
def test_the_version_is_seen(document: JsonObject, version: Version | None) -> None:
    assert detect(document) == version
