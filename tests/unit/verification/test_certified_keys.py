"""Certificates in a token (`x5c`): worth what the roots are worth that the caller names, and nothing else."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from certificates import NOW, YEAR, Authority, Private, authority, certified
from issued_badges import achievement, outcomes
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import DocumentError, KeyMaterialError
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.resolution import certificate_chain
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.sd_jwt_vc import sign_sd_jwt_vc
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import sign_payload
from openbadge_issuer.signing.vc_jwt_claims import claims_for
from openbadge_issuer.verification import TrustPolicy, VerificationReport, verify

HOST = "university.example"
ISSUER = f"https://{HOST}/badges"
WEB = f"did:web:{HOST}:badges"
ROOT, STRANGER = authority("Root"), authority("Root")
BETWEEN = authority("Between", ROOT)
DNS = (x509.DNSName(HOST),)


def credential(issuer: str) -> JsonObject:
    by = Issuer(id=issuer, name="University", signer=SigningKey.generate(), verification_method=f"{issuer}#x")
    return by.issue(
        achievement(), Recipient(id="did:example:ada"), proof="vc-jwt", now=NOW
    ).credential.to_json()


CREDENTIALS = {issuer: credential(issuer) for issuer in (ISSUER, WEB, f"https://{HOST}:8443/")}


def badge(
    key: SigningKey,
    chain: Sequence[bytes],
    *,
    issuer: str = ISSUER,
    kid: str | None = None,
    **header: JsonValue,
) -> bytes:
    """Sign the badge as a token that carries certificates."""
    document = CREDENTIALS[issuer]
    payload: JsonObject = {**document, **claims_for(document)}
    if not header:
        return sign_payload(payload, key, kid=kid, certificates=chain).encode()
    head: JsonObject = {
        "alg": key.algorithm,
        "typ": "JWT",
        "x5c": [base64.b64encode(one).decode() for one in chain],
        **({} if kid is None else {"kid": kid}),
        **header,
    }
    text = f"{encode_base64url(dump_json(head))}.{encode_base64url(dump_json(payload))}"
    return f"{text}.{encode_base64url(key.sign(text.encode()))}".encode()


def judged(data: bytes | str, roots: bytes | None = ROOT.pem, **options: object) -> VerificationReport:
    report = verify(data, **{"now": NOW + timedelta(days=30), "roots": roots, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
    return report


_REMARKS = frozenset({"JWT-HEADER", "JWT-ALGORITHM-OTHER", "TRUST-NOT-ASKED"})


def not_passed(report: VerificationReport) -> set[str]:
    """What did not pass, but that 1EdTech knows no further members of the header."""
    return {found.code for found in report.findings if found.outcome != "passed"} - _REMARKS


KEY, LEAF = certified(BETWEEN, DNS)
CHAIN = (LEAF, BETWEEN.der)


@pytest.mark.parametrize("issuer", CREDENTIALS)
def test_a_root_vouches_for_the_key_of_an_issuer_by_its_host(issuer: str) -> None:
    report = judged(badge(KEY, CHAIN, issuer=issuer))
    assert report, report
    assert report.key is not None
    assert (report.key.shown_by, report.key.kind) == ("certificate", "P-256")
    assert outcomes(report)["PROOF-KEY-BOUND"] == "passed"
    assert "for which a certificate vouches" in str(report).splitlines()[0]


PRIVATE: tuple[Private, ...] = (
    ec.generate_private_key(ec.SECP384R1()),
    ed25519.Ed25519PrivateKey.generate(),
    rsa.generate_private_key(65537, 2048),
)


@pytest.mark.parametrize("private", PRIVATE, ids=lambda key: type(key).__name__)
def test_every_kind_of_key_can_be_certified(private: Private) -> None:
    key, leaf = certified(BETWEEN, DNS, private)
    assert judged(badge(key, (leaf, BETWEEN.der)))


def test_a_uri_names_the_issuer_too() -> None:
    for issuer, other in ((ISSUER, WEB), (WEB, ISSUER)):
        key, leaf = certified(BETWEEN, [x509.UniformResourceIdentifier(issuer)])
        assert judged(badge(key, (leaf, BETWEEN.der), issuer=issuer))
        assert "X5C-NAME" in not_passed(judged(badge(key, (leaf, BETWEEN.der), issuer=other)))


def test_the_root_may_go_along_and_an_authority_may_be_the_root() -> None:
    assert judged(badge(KEY, (*CHAIN, ROOT.der)))
    assert judged(badge(KEY, (LEAF,)), BETWEEN.pem)
    assert judged(badge(KEY, CHAIN), STRANGER.pem + ROOT.pem)


@pytest.mark.parametrize("roots", [None, STRANGER.pem])
def test_without_the_right_root_certificates_prove_nothing(roots: bytes | None) -> None:
    report = judged(badge(KEY, CHAIN), roots)
    expected = {"PROOF-KEY-UNBOUND"} if roots is None else {"PROOF-KEY-UNBOUND", "X5C-CHAIN"}
    assert not_passed(report) == expected
    assert (report.outcome, outcomes(report)["PROOF-SIGNATURE"]) == ("undetermined", "passed")


def constrained(*names: str) -> Authority:
    return authority(
        "Constrained", ROOT, constraint=x509.NameConstraints([x509.DNSName(name) for name in names], None)
    )


OTHER = constrained("other.example")
OWN = constrained(HOST)
CA = x509.BasicConstraints(ca=True, path_length=None)
NO_SIGNATURES = x509.KeyUsage(
    digital_signature=False, content_commitment=False, key_encipherment=True, data_encipherment=False,
    key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
)  # fmt: skip
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
URI = (x509.UniformResourceIdentifier(ISSUER),)


def by(who: Authority, names: Sequence[x509.GeneralName], **options: object) -> bytes:
    key, leaf = certified(who, names, **options)  # type: ignore[arg-type]  # any option
    return badge(key, (leaf, who.der))


def _refused() -> dict[str, tuple[bytes, str]]:
    end_entity = certified(BETWEEN, DNS)
    forged = Authority("A key", ec.generate_private_key(ec.SECP256R1()), BETWEEN.certificate)
    own = forged.key
    as_authority = certified(forged, DNS, own)
    old = authority("Old", ROOT, ends=NOW)
    return {
        "without the authority between": (badge(KEY, (LEAF,)), "X5C-CHAIN"),
        "in another order": (badge(end_entity[0], (BETWEEN.der, end_entity[1])), "PROOF-SIGNATURE"),
        "made by the key itself": (badge(as_authority[0], (as_authority[1], BETWEEN.der)), "X5C-CHAIN"),
        "of another host": (by(BETWEEN, [x509.DNSName("evil.example")]), "X5C-NAME"),
        "of a host above": (by(BETWEEN, [x509.DNSName("example")]), "X5C-NAME"),
        "of a host below": (by(BETWEEN, [x509.DNSName(f"www.{HOST}")]), "X5C-NAME"),
        "of many hosts": (by(BETWEEN, [x509.DNSName("*.example")]), "X5C-NAME"),
        "of a longer name": (by(BETWEEN, [x509.DNSName(f"{HOST}.evil.example")]), "X5C-NAME"),
        "of an address": (by(BETWEEN, [x509.RFC822Name(f"a@{HOST}")]), "X5C-NAME"),
        "of a URI below": (by(BETWEEN, [x509.UniformResourceIdentifier(f"{ISSUER}/x")]), "X5C-NAME"),
        "without a name": (by(BETWEEN, []), "X5C-CHAIN"),
        "of an authority for other names": (by(OTHER, DNS), "X5C-CHAIN"),
        "of an authority for other names, by URI": (by(OTHER, URI), "X5C-NAME"),
        "of an authority": (by(BETWEEN, DNS, extensions=[(CA, True)]), "X5C-CHAIN"),
        "not for signatures": (by(BETWEEN, DNS, extensions=[(NO_SIGNATURES, True)]), "X5C-CHAIN"),
        "with an unknown condition": (by(BETWEEN, DNS, extensions=[(UNKNOWN, True)]), "X5C-CHAIN"),
        "expired": (by(BETWEEN, DNS, ends=NOW + timedelta(days=1)), "X5C-CHAIN"),
        "not valid yet": (by(BETWEEN, DNS, begins=NOW + YEAR / 2), "X5C-CHAIN"),
        "under an expired authority": (by(old, DNS), "X5C-CHAIN"),
    }  # fmt: skip


REFUSED = _refused()


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_a_chain_that_does_not_bind_the_key_to_the_issuer_proves_nothing(data: bytes, code: str) -> None:
    report = judged(data)
    assert code in not_passed(report)
    assert report.verdicts["integrity"] != "passed"
    assert not report.accepted


def test_an_authority_for_the_issuers_names_counts() -> None:
    assert judged(by(OWN, DNS))


@pytest.mark.parametrize(
    ("at", "accepted"),
    [(NOW, True), (NOW + YEAR / 2, True), (NOW + 2 * YEAR, False), (NOW - YEAR / 2, False)],
)
def test_certificates_are_judged_for_the_moment_asked_for(at: datetime, *, accepted: bool) -> None:
    report = judged(badge(KEY, CHAIN), at=at)
    assert ("X5C-CHAIN" in not_passed(report)) is not accepted


def test_the_certificate_must_be_that_of_the_key_that_signed() -> None:
    thief = SigningKey.generate("P-256")
    report = judged(badge(thief, CHAIN))
    assert "PROOF-SIGNATURE" in not_passed(report)
    report = judged(badge(thief, CHAIN, jwk=thief.public_key.jwk))
    assert not_passed(report) == {"PROOF-KEY-UNBOUND", "X5C-FORMAT"}
    report = judged(badge(thief, CHAIN, kid=thief.public_key.verification_method))
    assert not_passed(report) & {"PROOF-KEY-UNBOUND", "PROOF-CONTROLLER"}
    assert not report.accepted


def test_a_key_in_the_header_that_is_the_certified_one_counts() -> None:
    assert judged(badge(KEY, CHAIN, jwk=KEY.public_key.jwk))


DER = base64.b64encode(LEAF).decode()
MALFORMED: dict[str, JsonValue] = {
    "text": DER,
    "empty": [],
    "a number": [7],
    "base64url": [encode_base64url(LEAF)],
    "PEM": [ROOT.pem.decode()],
    "cut off": [DER[:400]],
    "followed by more": [base64.b64encode(LEAF + b"x").decode()],
    "too many": [DER] * 9,
    "too long": ["A" * 20_000],
}


@pytest.mark.parametrize("chain", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_chain_is_refused_with_roots_and_without(chain: JsonValue) -> None:
    for roots in (ROOT.pem, None):
        report = judged(badge(KEY, CHAIN, x5c=chain), roots)
        assert "X5C-FORMAT" in not_passed(report)
        assert report.verdicts["integrity"] == "failed"


def test_a_url_of_certificates_is_never_followed() -> None:
    key = SigningKey.generate("P-256")
    report = judged(
        badge(key, (), jku=f"https://{HOST}/jwks", x5u=f"https://{HOST}/x5u", jwk=key.public_key.jwk)
    )
    assert "PROOF-KEY-UNBOUND" in not_passed(report)


# What the issuer itself says of the key

DOCUMENT = f"https://{HOST}/badges/did.json"


def ring(key: SigningKey) -> KeyRing:
    return KeyRing(WEB).add(key.public_key, uri="file:x", now=NOW - timedelta(days=2))


def test_a_key_that_the_issuer_lists_needs_no_certificate_and_one_that_it_lists_as_stolen_gets_none() -> None:
    web = {DOCUMENT: dump_json(ring(KEY).document())}
    data = badge(KEY, CHAIN, issuer=WEB)
    report = judged(data, documents=web)
    assert report.key is not None
    assert (report.accepted, report.key.shown_by) == (True, "document")
    stolen = ring(KEY).compromise("key-1", since=NOW - timedelta(days=1))
    for kid in (None, f"{WEB}#key-1-jwk", f"{WEB}#key-1"):
        report = judged(
            badge(KEY, CHAIN, issuer=WEB, kid=kid), documents={DOCUMENT: dump_json(stolen.document())}
        )
        assert "COMPROMISE-LIST" in not_passed(report)
        assert not report.accepted
    gone = ring(KEY).retire("key-1", at=NOW - timedelta(days=1), now=NOW - timedelta(days=1))
    report = judged(data, documents={DOCUMENT: dump_json(gone.document())})
    assert not_passed(report) == {"PROOF-KEY-EXPIRED"}


def test_a_name_that_leads_nowhere_gives_way_to_the_certificate() -> None:
    assert judged(badge(KEY, CHAIN, issuer=WEB, kid=f"{WEB}#key-1"))
    assert judged(
        badge(KEY, CHAIN, issuer=WEB, kid="serial-4711", x5c=[DER, base64.b64encode(BETWEEN.der).decode()])
    )
    assert not judged(badge(KEY, CHAIN, issuer=WEB, kid=f"{WEB}#key-1"), None)


def test_a_name_that_the_issuers_document_does_not_have_gives_way_only_if_it_is_no_url() -> None:
    web = {DOCUMENT: dump_json(ring(SigningKey.generate()).document())}
    assert judged(badge(KEY, CHAIN, issuer=WEB, kid="4711", alg=KEY.algorithm), documents=web)
    report = judged(badge(KEY, CHAIN, issuer=WEB, kid=f"{WEB}#key-9"), documents=web)
    assert "METHOD-NOT-LISTED" in not_passed(report)
    assert report.outcome == "failed"


def test_roots_for_one_issuer_stand_in_the_trust_file(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(ROOT.pem)
    for number, roots in enumerate(('["root.pem"]', f'["""{ROOT.pem.decode()}"""]')):
        file = tmp_path / f"{number}.toml"
        file.write_text(f'[[issuer]]\nid = "{ISSUER}"\nroots = {roots}\n')
        trust = TrustPolicy.load(file)
        assert judged(badge(KEY, CHAIN), None, trust=trust)
        report = judged(badge(KEY, CHAIN, issuer=WEB), None, trust=trust)
        assert "PROOF-KEY-UNBOUND" in not_passed(report)


@pytest.mark.parametrize(
    "roots", ["root.pem", ["none.pem"], [7], ["-----BEGIN CERTIFICATE-----\nx"], [""], ["\0"]], ids=str
)
def test_roots_that_cannot_be_read_are_named(tmp_path: Path, roots: JsonValue) -> None:
    file = tmp_path / "trust.json"
    file.write_bytes(dump_json({"issuer": [{"id": ISSUER, "roots": roots}]}))
    with pytest.raises(DocumentError) as error:
        TrustPolicy.load(file)
    assert (error.value.code, error.value.pointer) == ("TRUST-ENTRY", "/issuer/0/roots")


@pytest.mark.parametrize(
    "pem", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_roots_must_be_certificates(pem: bytes) -> None:
    with pytest.raises(KeyMaterialError) as error:
        judged(badge(KEY, CHAIN), pem)
    assert error.value.code == "X5C-ROOT"
    assert error.value.sentence("nl")


def test_there_are_not_too_many_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_chain, "_MAX_ROOTS", 1)
    with pytest.raises(KeyMaterialError):
        judged(badge(KEY, CHAIN), ROOT.pem + STRANGER.pem)


# SD-JWT VCs: the certificate may be all that names the issuer


def sd_jwt(issuer: str | None, chain: Sequence[bytes] = CHAIN, key: SigningKey = KEY) -> str:
    claims: JsonObject = {"vct": "urn:kind", "nbf": int(NOW.timestamp())}
    if issuer is not None:
        claims["iss"] = issuer
    return sign_sd_jwt_vc(claims, key, kid=None, disclosable=(), certificates=chain)


def test_an_sd_jwt_vc_is_bound_by_its_certificate() -> None:
    report = judged(sd_jwt(ISSUER))
    assert report, report
    assert report.credential.issuer == ISSUER
    assert not judged(sd_jwt("https://other.example"))


def test_without_iss_the_issuer_is_whom_the_certificate_names() -> None:
    report = judged(sd_jwt(None), expected_issuer=f"https://{HOST}")
    assert report, report
    key, leaf = certified(BETWEEN, [*DNS, x509.UniformResourceIdentifier("https://by.example/uri")])
    report = judged(sd_jwt(None, (leaf, BETWEEN.der), key))
    assert (report.accepted, report.credential.issuer) == (True, "https://by.example/uri")
    for roots in (None, STRANGER.pem):
        report = judged(sd_jwt(None), roots, expected_issuer=f"https://{HOST}")
        assert (report.outcome, outcomes(report)["TRUST-UNPROVEN"]) == ("undetermined", "undetermined")
    nameless, leaf = certified(BETWEEN, [])
    assert not judged(sd_jwt(None, (leaf, BETWEEN.der), nameless))
