"""Canonical forms: the printed ones, plain pyld's for all documents, those of jsonld.js where labels tie."""

from __future__ import annotations

import copy
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.canonical import Digest, canonical_form, canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader

ED = "vectors/vc-di-eddsa"
EC = "vectors/vc-di-ecdsa"
EC256, EC384 = f"{EC}/ecdsa-rdfc-2019-p256", f"{EC}/ecdsa-rdfc-2019-p384"
CORPUS = "corpus-1edtech/files/ob30"
FULL = "examples/ob-v3p0/spec/fullOpenBadge"
VCDM = "examples/w3c-vc-data-model"
SUITE = "vectors/vc-data-model-2.0-test-suite"
GUIDE = "vectors/openbadges-impl-guide"

PRINTED: list[tuple[str, str, Digest]] = [
    (f"{ED}/unsigned.json", f"{ED}/eddsa-rdfc-2022/canonDocDataInt.txt", "sha256"),
    (
        f"{ED}/eddsa-rdfc-2022/proofConfigDataInt.json",
        f"{ED}/eddsa-rdfc-2022/proofCanonDataInt.txt",
        "sha256",
    ),
    (f"{ED}/employmentAuth.json", f"{ED}/eddsa-rdfc-2022/employ/canonDocDataInt.txt", "sha256"),
    (
        f"{ED}/eddsa-rdfc-2022/employ/proofConfigDataInt.json",
        f"{ED}/eddsa-rdfc-2022/employ/proofCanonDataInt.txt",
        "sha256",
    ),
    (f"{ED}/unsigned.json", f"{ED}/Ed25519Signature2020/canonDocEdSig.txt", "sha256"),
    (
        f"{ED}/Ed25519Signature2020/proofConfigEdSig.json",
        f"{ED}/Ed25519Signature2020/proofCanonEdSig.txt",
        "sha256",
    ),
    (f"{EC}/unsigned.json", f"{EC256}/canonDocECDSAP256.txt", "sha256"),
    (f"{EC256}/proofConfigECDSAP256.json", f"{EC256}/proofCanonECDSAP256.txt", "sha256"),
    (f"{EC}/employmentAuth.json", f"{EC256}/employ/canonDocECDSAP256.txt", "sha256"),
    (f"{EC}/unsigned.json", f"{EC384}/canonDocECDSAP384.txt", "sha384"),
    (f"{EC384}/proofConfigECDSAP384.json", f"{EC384}/proofCanonECDSAP384.txt", "sha384"),
    (f"{EC}/employmentAuth.json", f"{EC384}/employ/canonDocECDSAP384.txt", "sha384"),
]

JSONLD_JS = {  # SHA-256 of what jsonld 9.0.0 with rdf-canonize 5.0.0 writes, algorithm RDFC-1.0
    f"{CORPUS}/complete.json": "127e7f93104c1cef0de044cd2587ad2dae42622db6e86435d0bb69d78a75e681",
    f"{FULL}/01-complete-openbadgecredential.json": (
        "65d459a8dd5aed6b097491d61463d0170de813b0d40f9d9003f4561a7d85dd55"
    ),
    f"{VCDM}/verifiable-presentation-example-45.json": (
        "d4a1114931bb764dd70397d29a877de7ec3043e1f1a99cdde1ca926e56c785d6"
    ),
    f"{SUITE}/credential-evidences-ok.json": (
        "87e311906016e44fb7991c6034e8d3d5b50c1b2b901a87714651914312ef7a93"
    ),
}

REFUSED = {  # what plain pyld accepts, by the reason why it is unsafe
    "JSONLD-DISGUISED-TERM": {
        "assertion-with-extension-node-basic.json",
    },
    "JSONLD-IRI": {
        "credential-id-not-url-fail.json",
        "credential-schema-non-url-id-fail.json",
    },
    "JSONLD-RELATIVE-IRI": {
        "01-open-badges-2-0.json",
        "05-creative-commons-content-license.json",
        "credential-issuer-object-id-no-url-fail.json",
        "presentation-holder-fail.json",
        "presentation-holder-object-fail.json",
    },
    "JSONLD-UNMAPPED-TYPE": {
        "02-endorsement.json",
        "02-issuer-quickstart.json",
        "03-issuer-quickstart.json",
        "basic-assertion-invalid-type.json",
        "invalid-class.json",
        "simple-err-credential-subject-profile-type.json",
        "simple-err-credential-subject-result-type.json",
        "simple-err-credential-subject-type.json",
        "simple-err-issuer-otheridentifier-type.json",
        "simple-err-issuer-type.json",
        "simple-err-type.json",
        "status_list_revocable_3.jsonld",
    },
    "JSONLD-UNSIGNED-VALUE": {
        "02-accessibility-ob-3-0-json-ld-context.json",
        "02-apply-link-ob-3-0-json-ld-context.json",
        "02-creative-commons-content-license-ob-3-0-json-ld-context.json",
        "credential-proof-missing-type-fail.json",
        "presentation-vc-as-string-fail.json",
        "presentation-vc-missing-required-type-fail.json",
    },
}


def read(path: Path) -> Any:  # noqa: ANN401  # the JSON boundary of this test
    return json.loads(path.read_bytes())


@cache
def loader() -> ContextLoader:
    """The pinned contexts, and the others that the data brings along."""
    root = conformance_root()
    assert root is not None
    index = read(root / "contexts/index.json")["contexts"]
    return ContextLoader(
        {
            url: read(root / "contexts" / entry["file"])
            for url, entry in index.items()
            if url not in PINNED.urls
        }
    )


def documents() -> list[str]:
    root = conformance_root()
    if root is None:
        return []
    found = []
    for folder in ("corpus-1edtech", "examples", "vectors"):
        for path in sorted((root / folder).rglob("*.json*")):
            if path.suffix in {".json", ".jsonld"}:
                document = read(path)
                if isinstance(document, dict) and "@context" in document:
                    found.append(path.relative_to(root).as_posix())
    return found


def plain_pyld(document: JsonObject) -> bytes | None:
    def load(url: str, _options: object) -> dict[str, object]:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": copy.deepcopy(loader().load(url)),
            "tag": "static",
        }

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    try:
        text: str = jsonld.normalize(document, options)
    except (jsonld.JsonLdError, KeyError, ValueError):
        return None
    return text.encode()


@pytest.mark.parametrize(("document", "printed", "digest"), PRINTED)
def test_the_canonical_form_is_the_printed_one(
    conformance: Path, document: str, printed: str, digest: Digest
) -> None:
    expected = (conformance / printed).read_bytes()
    assert canonicalize(read(conformance / document), loader=loader(), digest=digest) == expected


@pytest.mark.parametrize("version", ["ob", "clr"])
def test_the_canonical_form_is_that_of_the_implementation_guide(conformance: Path, version: str) -> None:
    vectors = conformance / GUIDE / ("obv3p0" if version == "ob" else "clrv2p0")
    examples = conformance / "examples/ob-v3p0/impl" / f"linked-data-proof-{version}"
    document = read(examples / "02-credential.json")
    proof = read(examples / "05-proof.json") | {"@context": document["@context"]}
    del proof["proofValue"]
    assert canonicalize(document, loader=loader()) == (vectors / "document-canon.txt").read_bytes()
    assert canonicalize(proof, loader=loader()) == (vectors / "proof-canon.txt").read_bytes()


@pytest.mark.parametrize(("document", "digest"), JSONLD_JS.items())
def test_tied_labels_are_those_of_jsonld_js(conformance: Path, document: str, digest: str) -> None:
    nquads = canonical_form(read(conformance / document), loader=loader()).nquads
    assert hashlib.sha256(nquads).hexdigest() == digest


@pytest.mark.parametrize("name", documents())
def test_the_canonical_form_is_plain_pyld_s_or_there_is_a_reason(conformance: Path, name: str) -> None:
    document = read(conformance / name)
    plain = plain_pyld(document)
    try:
        ours = canonical_form(document, loader=loader()).nquads
    except OpenBadgeError as error:
        assert plain is None or Path(name).name in REFUSED[error.code]  # noqa: PT017  # one of two outcomes
    else:
        assert ours == plain
