"""Every generated context against the published one: equal as JSON, so signatures agree byte for byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from openbadge_issuer.errors import ContextError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader

OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OLDER_OB = "variants/1edtech--ob-v3p0-3.0.3--openbadges-specification.jsonld"
OB2 = "https://w3id.org/openbadges/v2"
OB2_OF_THE_VALIDATORS = "variants/1edtech--ob-v2p0--digital-credentials-public-validator.jsonld"

# Contexts in the data that the package does not pin: a caller gives them.
NOT_PINNED = {
    # for tests and examples only
    "https://www.w3.org/2018/credentials/examples/v1",
    "https://www.w3.org/ns/credentials/examples/v2",
    "https://www.w3.org/ns/credentials/undefined-terms/v2",
    "urn:draft:1edtech-validator:obv3x",
    # keys, other suites, other status methods, other vocabularies
    "https://w3id.org/citizenship/v4rc1",
    "https://w3id.org/did/v1",
    "https://w3id.org/security/bbs/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/ed25519-2018/v1",
    "https://w3id.org/security/suites/jws-2020/v1",
    "https://w3id.org/security/suites/secp256k1-2019/v1",
    "https://w3id.org/security/suites/x25519-2019/v1",
    "https://w3id.org/security/v1",
    "https://w3id.org/security/v2",
    "https://w3id.org/security/v3-unstable",
    "https://w3id.org/vc-revocation-list-2020/v1",
    "https://w3id.org/vc/status-list/2021/v1",
    "https://w3id.org/vc/status-list/v1",
    "https://w3id.org/vdl/v1",
    "https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json",
    "https://www.w3.org/ns/did/v1",
    "https://www.w3.org/ns/odrl.jsonld",
}


def published(conformance: Path) -> dict[str, dict[str, Any]]:
    index = json.loads((conformance / "contexts" / "index.json").read_bytes())
    contexts: dict[str, dict[str, Any]] = index["contexts"]
    return contexts


def text(document: object) -> str:
    return json.dumps(document, sort_keys=True)


def test_every_published_context_is_pinned_or_listed_as_not_pinned(conformance: Path) -> None:
    assert published(conformance).keys() - PINNED.urls == NOT_PINNED
    assert PINNED.urls <= published(conformance).keys()


@pytest.mark.parametrize("url", sorted(PINNED.urls))
def test_the_served_state_is_equal_to_the_published_one(conformance: Path, url: str) -> None:
    entry = published(conformance)[url]
    content = (conformance / "contexts" / entry["file"]).read_bytes()
    served = PINNED.states(url)[0]
    assert text(PINNED.load(url)) == text(json.loads(content))
    assert served.digest == hashlib.sha256(content).hexdigest() == entry["sha256"]
    if "published_digest" in entry:
        assert served.digest == entry["published_digest"]["value"]


def test_the_state_of_the_specification_repository_is_known(conformance: Path) -> None:
    content = (conformance / "contexts" / OLDER_OB).read_bytes()
    state = PINNED.states(OB)[1]
    assert text(state.document) == text(json.loads(content))
    assert state.digest == hashlib.sha256(content).hexdigest()


def test_both_states_of_open_badges_2_are_known(conformance: Path) -> None:
    content = (conformance / "contexts" / OB2_OF_THE_VALIDATORS).read_bytes()
    corrected, first = PINNED.states(OB2)
    assert text(first.document) == text(json.loads(content))
    assert first.digest == hashlib.sha256(content).hexdigest()
    assert PINNED.unstable_terms(OB2) == {"targetFramework"}
    assert corrected.document != first.document


def test_earlier_states_are_that_one_with_terms_left_out_byte_for_byte(conformance: Path) -> None:
    """The published bytes are JSON indented by two, so leaving a term out gives the earlier bytes."""
    document = json.loads((conformance / "contexts" / OLDER_OB).read_bytes())
    terms = document["@context"]
    _, march, january, december = PINNED.states(OB)

    def digest() -> str:
        return hashlib.sha256(f"{json.dumps(document, indent=2)}\n".encode()).hexdigest()

    assert digest() == march.digest
    del terms["awardedDate"]
    assert digest() == january.digest
    assert text(document) == text(january.document)
    del terms["inLanguage"], terms["Achievement"]["@context"]["inLanguage"]
    del terms["Related"]["@context"]["inLanguage"]
    assert digest() == december.digest
    assert text(document) == text(december.document)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("https://www.w3.org/ns/credentials/v2", "w3c--credentials-v2--acapy.jsonld"),
        (
            "https://w3id.org/security/suites/ed25519-2020/v1",
            "w3c--ed25519-2020-v1--vc-di-eddsa.jsonld",
        ),
    ],
)
def test_a_draft_of_a_pinned_context_is_refused(conformance: Path, url: str, file: str) -> None:
    draft = json.loads((conformance / "contexts" / "variants" / file).read_bytes())
    with pytest.raises(ContextError) as error:
        ContextLoader({url: draft})
    assert error.value.code == "CONTEXT-PINNED"


def test_contexts_that_are_not_pinned_can_be_given(conformance: Path) -> None:
    given = {
        url: json.loads((conformance / "contexts" / entry["file"]).read_bytes())
        for url, entry in published(conformance).items()
    }
    loader = ContextLoader(given)
    assert loader.urls == given.keys()
    assert all(text(loader.load(url)) == text(document) for url, document in given.items())
