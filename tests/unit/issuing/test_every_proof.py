"""Every proof with every kind of key that it takes, around every kind of document.

Each is issued and verified; then every kind of place is changed (claims, signature, header, key), and
verified again: nothing changed is believed, and the report says by its code why not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest

from changed_proofs import DISCLOSED, EMBEDDED, SIGNED_PART, TOKEN, Strangers
from issued_badges import EMAIL, LATER, NOW, achievement, did_issuer
from keys_by_algorithm import KEYS
from openbadge_issuer.assertions.json_text import dump_json, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.public_key import Algorithm
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.sealing import PROOF_FORMATS, ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import VerificationReport, verify

URL = "https://badges.example/status/1"

# What the holder does with what was issued, before it is verified.


def unchanged(data: bytes, _: SigningKey) -> bytes:
    return data


def derived(data: bytes, _: SigningKey) -> bytes:
    """Show all that can be withheld under ecdsa-sd-2023, but the statements of other members."""
    document = parse_json_object(data)
    shown = [f"/{member}" for member in ("name", "credentialSubject") if member in document]
    return dump_json(ECDSA_SD_2023.derive(document, shown))


def as_sd_jwt(data: bytes, key: SigningKey) -> bytes:
    """Sign the payload of a `vc+jwt` as `vc+sd-jwt`, from which the holder keeps nothing back."""
    credential = parse_jwt(data).payload
    places = ["/name"] if "name" in credential else []
    kid = key.public_key.verification_method
    return sign_vc_sd_jwt(credential, key, kid=kid, disclosable=places).encode()


def renamed_algorithm(data: bytes, key: SigningKey) -> bytes:
    """Sign anew under the algorithm's name of RFC 9864."""
    token = parse_jwt(data)
    parts = ({**token.header, "alg": "Ed25519"}, token.payload)
    signing_input = ".".join(encode_base64url(dump_json(part)) for part in parts)
    return f"{signing_input}.{encode_base64url(key.sign(signing_input.encode()))}".encode()


@dataclass(frozen=True)
class Row:
    """One line of the matrix: a proof, the algorithm of a key, and what the holder shows."""

    name: str
    proof: ProofFormat
    algorithm: Algorithm
    shown: Callable[[bytes, SigningKey], bytes] = unchanged

    def __str__(self) -> str:
        return f"{self.name}, {'Ed25519' if self.shown is renamed_algorithm else self.algorithm}"

    @property
    def key(self) -> SigningKey:
        """What signs, under its algorithm."""
        return KEYS[self.algorithm]

    @property
    def issuer(self) -> Issuer:
        """An issuer that is its own key."""
        return did_issuer(self.key)


def _matrix() -> Iterator[Row]:
    for proof in PROOF_FORMATS:
        kinds = CRYPTOSUITES[proof].kinds if proof in CRYPTOSUITES else None
        for algorithm, key in KEYS.items():
            if kinds is None or key.public_key.kind in kinds:
                yield Row(proof, proof, algorithm)
    yield Row("ecdsa-sd-2023 derived", "ecdsa-sd-2023", "ES256", derived)
    yield Row("vc-jwt", "vc-jwt", "EdDSA", renamed_algorithm)
    yield Row("vc+jwt", "vc+jwt", "EdDSA", renamed_algorithm)
    for algorithm in KEYS:
        yield Row("vc+sd-jwt", "vc+jwt", algorithm, as_sd_jwt)


MATRIX = tuple(_matrix())
Judged = tuple[bytes, Callable[[bytes], VerificationReport]]
"""What was issued, and how a changed form of it is verified."""


def badge(row: Row) -> Judged:
    issued = row.issuer.issue(achievement(), Recipient(email=EMAIL), proof=row.proof, now=NOW)
    return row.shown(issued.data, row.key), lambda data: verify(data, now=LATER)


def endorsement(row: Row) -> Judged:
    issued = row.issuer.endorse("urn:uuid:1", "Well done.", proof=row.proof, now=NOW)
    return row.shown(issued.data, row.key), lambda data: verify(data, now=LATER)


def status_list(row: Row) -> Judged:
    """A list is judged through a badge that stands in it, which is signed in the usual way."""
    entry = StatusEntry.at(URL, index=7, purpose="revocation")
    listed = row.issuer.issue(achievement(), Recipient(email=EMAIL), status=entry, now=NOW).data
    bits = StatusList.create(URL, issuer={"id": row.key.did_key, "name": "Breakthrough"})
    signed = bits.sign(row.key, now=NOW, valid_for=timedelta(days=90), proof=row.proof)
    return row.shown(signed, row.key), lambda data: verify(listed, now=LATER, documents={URL: data})


DOCUMENTS = (badge, endorsement, status_list)

CODES = {
    "claim changed": "PROOF-SIGNATURE",
    "claim left out": "PROOF-SIGNATURE",
    "claim added": "PROOF-SIGNATURE",
    "undefined claim added": "PROOF-UNSIGNED-MEMBER",
    "issuer changed": "PROOF-CONTROLLER",
    "signature changed": "PROOF-SIGNATURE",
    "signature cut short": "PROOF-SIGNATURE-LENGTH",
    "signature left out": "JWT-FORMAT",
    "time of signing changed": "PROOF-SIGNATURE",
    "purpose changed": "PROOF-PURPOSE",
    "suite changed": "PROOF-SIGNATURE",
    "suite unknown": "PROOF-CRYPTOSUITE",
    "algorithm none": "JWT-ALGORITHM",
    "algorithm changed": "PROOF-SIGNATURE",
    "algorithm of another key": "JWT-ALGORITHM-KEY",
    "type changed": "PROOF-SIGNATURE",
    "header added": "PROOF-SIGNATURE",
    "key changed": "PROOF-SIGNATURE",
    "key of another kind": "PROOF-KEY-KIND",
    "issuer and key changed": "PROOF-SIGNATURE",
    "proof left out": "PROOF-MISSING",
    "disclosure changed": "SD-JWT-UNREFERENCED",
    "disclosure twice": "SD-JWT-DIGEST-TWICE",
    "disclosure added": "SD-JWT-UNREFERENCED",
}
"""The code that each change gives."""

_SELECTIVE = {
    "claim added": "SD-STATEMENTS",
    "signature cut short": "SD-VALUE",
    "suite changed": "PROOF-VALUE",
}
_TOKEN = {"key of another kind": "JWT-ALGORITHM-KEY"}
EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "eddsa-jcs-2022": {"undefined claim added": "PROOF-SIGNATURE"},
    "ecdsa-jcs-2019": {"undefined claim added": "PROOF-SIGNATURE"},
    "ecdsa-sd-2023": _SELECTIVE,
    "ecdsa-sd-2023 derived": {**_SELECTIVE, "claim left out": "SD-STATEMENTS"},
    "vc-jwt": _TOKEN,
    "vc+jwt": _TOKEN,
    "vc+sd-jwt": {**_TOKEN, "type changed": "JWT-TYPE"},
}
"""Where a suite has a more telling one: what it signs, and how its signature is written."""
_ONE_ALGORITHM = {"algorithm changed": "JWT-ALGORITHM-KEY"}
_OTHER_ISSUER = {"issuer changed": "STATUS-LIST-ISSUER", "issuer and key changed": "STATUS-LIST-ISSUER"}


@cache
def codes(row: Row, document: Callable[[Row], Judged]) -> Mapping[str, str]:
    """Give the code by change for one cell of the matrix."""
    one_algorithm = _ONE_ALGORITHM if row.algorithm in ("ES256", "ES384") else {}
    in_list = _OTHER_ISSUER if document is status_list else {}
    return {**CODES, **EXCEPTIONS.get(row.name, {}), **one_algorithm, **in_list}


def changes(row: Row, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give every changed form of what was issued."""
    strangers = Strangers.to(row.key.public_key.kind)
    if data.startswith(b"{"):
        document = parse_json_object(data)
        for name, embedded in EMBEDDED.items():
            yield name, dump_json(embedded(document, strangers))
        return
    token = data.decode("ascii")
    disclosed = DISCLOSED if token.count("~") > 1 else {}
    for name, change in ({**SIGNED_PART, **disclosed} if "~" in token else TOKEN).items():
        yield name, change(token, strangers).encode()


def reasons(report: VerificationReport) -> set[str]:
    """Give the codes by which a report refuses; of a status list, also why that is not believed."""
    against = [found for found in report.findings if found.outcome != "passed" and found.severity == "error"]
    return {found.code for found in against} | {str(found.details.get("problem")) for found in against}


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_what_is_issued_verifies_until_it_is_changed(row: Row, document: Callable[[Row], Judged]) -> None:
    data, judged = document(row)
    report = judged(data)
    assert report.accepted, report
    expected = codes(row, document)
    believed, unexplained = [], {}
    for name, changed in changes(row, data):
        assert changed != data, name
        report = judged(changed)
        if report.accepted:
            believed.append(name)
        if expected[name] not in reasons(report):
            unexplained[name] = reasons(report)
    assert believed == []
    assert unexplained == {}


def test_every_suite_and_every_algorithm_is_in_the_matrix() -> None:
    rows = {str(row) for row in MATRIX}
    assert len(rows) == len(MATRIX)
    assert {row.name for row in MATRIX} >= {*PROOF_FORMATS, *CRYPTOSUITES}
    for token in ("vc-jwt", "vc+jwt"):
        for algorithm in ("EdDSA", "Ed25519", "ES256", "ES384", "RS256", "PS256"):
            assert f"{token}, {algorithm}" in rows
