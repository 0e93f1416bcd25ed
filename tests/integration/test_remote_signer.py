"""Keys behind services, asked over real connections to this machine: our own small protocol, and Vault."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integration.signing_service import Answer, Answering, Asked, Service, serving, write_certificate
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.key_store import KEY_STORES, shown_key_uri
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.stores import https_exchange
from secret_hunt import holds, told_by

TOKEN = "s.sesame-4711"
KINDS: tuple[KeyKind, ...] = ("Ed25519", "P-256", "P-384", "RSA")
KEYS = {kind: SigningKey.generate(kind, rsa_bits=2048) for kind in KINDS}
OTHER = SigningKey.generate("P-256")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("tls") / "service.pem")


def signing_with(key: SigningKey, *, token: str | None = TOKEN) -> Answering:
    def answer(asked: Asked) -> Answer:
        if token is not None and asked.headers.get("Authorization") != f"Bearer {token}":
            return Answer(401, b"no")
        if asked.method == "GET":
            return Answer.of(key.public_key.jwk)
        payload = decode_base64url(str(asked.json["payload"]))
        return Answer.of({"signature": encode_base64url(key.sign(payload))})

    return answer


def refused(uri: str, secret: str | None = TOKEN) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as error:
        KEY_STORES.open(uri, secret=secret).sign(b"badge")
    assert not holds(told_by(error.value), [TOKEN.encode()])
    return error.value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["https", "remote+https"])
def test_a_service_signs_over_tls(
    kind: KeyKind, scheme: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(signing_with(KEYS[kind]), certificate) as service:
        signer = KEY_STORES.open(f"{scheme}://localhost:{service.port}/keys/1", secret=TOKEN)
        assert (signer.public_key, signer.algorithm) == (KEYS[kind].public_key, KEYS[kind].algorithm)
        for message in (b"", b"badge"):
            signer.public_key.verify(message, signer.sign(message))
    assert [asked.method for asked in service.asked] == ["GET", "POST", "POST"]
    assert {asked.path for asked in service.asked} == {"/keys/1"}


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with serving(signing_with(KEYS["Ed25519"]), certificate) as service:
        assert refused(f"https://localhost:{service.port}/").code == "STORE-UNAVAILABLE"
    assert service.asked == []


def test_a_certificate_for_another_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = write_certificate(tmp_path / "other.pem", host="other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with serving(signing_with(KEYS["Ed25519"]), other) as service:
        assert refused(f"https://localhost:{service.port}/").code == "STORE-UNAVAILABLE"
    assert service.asked == []


def test_this_machine_may_be_asked_without_tls_if_the_uri_says_so() -> None:
    with serving(signing_with(KEYS["Ed25519"], token=None)) as service:
        signer = KEY_STORES.open(f"remote+http://127.0.0.1:{service.port}/")
        signer.public_key.verify(b"badge", signer.sign(b"badge"))
    assert "Authorization" not in service.asked[0].headers


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("remote+http://signer.example/", "STORE-URI"),
        ("remote+http://10.0.0.1/", "STORE-URI"),
        ("remote+http://127.0.0.1.example/", "STORE-URI"),
        ("https:", "STORE-URI"),
        ("https://", "STORE-URI"),
        (f"https://me:{TOKEN}/", "STORE-URI"),
        ("https://host:0/", "STORE-URI"),
        ("https://[::1/", "STORE-URI"),
        ("https://host/?key=1", "STORE-URI"),
        ("https://host/#1", "STORE-URI"),
        (f"https://me:{TOKEN}@host/", "STORE-SECRET-IN-URI"),
        (f"vault://{TOKEN}@host/transit/issuer", "STORE-SECRET-IN-URI"),
    ],
)
def test_an_address_that_is_not_plain_is_refused(uri: str, code: str) -> None:
    assert refused(uri).code == code
    assert "@" not in uri or TOKEN not in shown_key_uri(uri)


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "é"])
def test_a_token_that_cannot_stand_in_a_header_is_refused(token: str) -> None:
    error = refused("https://signer.example/", token)
    assert error.code == ("KEY-PASSWORD-WRONG" if token else "KEY-PASSWORD-EMPTY")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(401, b"{}"), "STORE-DENIED"),
        (Answer(403, b"{}"), "STORE-DENIED"),
        (Answer(404, b"{}"), "STORE-NO-KEY"),
        (Answer(500, b"{}"), "STORE-UNAVAILABLE"),
        (Answer(302, b"", {"Location": "https://elsewhere.example/"}), "STORE-UNAVAILABLE"),
        (Answer(body=b"<html>"), "STORE-ANSWER"),
        (Answer(body=b"[]"), "STORE-ANSWER"),
        (Answer(body=b'{"a":"' + b"a" * https_exchange.MAX_ANSWER_BYTES + b'"}'), "STORE-ANSWER"),
        (Answer(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"}), "STORE-ANSWER"),
        (Answer(body=b"{}", headers={"Content-Length": "9"}), "STORE-UNAVAILABLE"),
        (Answer.of({"kty": "OKP", "crv": "X25519", "x": "AA"}), "STORE-KEY-KIND"),
        (Answer.of({"kty": "OKP", "crv": "Ed25519", "x": "AA"}), "KEY-LENGTH"),
        (Answer.of({**KEYS["P-256"].public_key.jwk, "d": "AA"}), "KEY-PRIVATE"),
    ],
)
def test_a_service_that_gives_no_public_key_is_refused(answer: Answer, code: str) -> None:
    def answering(asked: Asked) -> Answer:
        del asked
        if "Content-Length" in answer.headers:
            return Answer(answer.status, answer.body, {**answer.headers, "Connection": "close"})
        return answer

    with serving(answering) as service:
        assert refused(f"remote+http://localhost:{service.port}/").code == code
    assert len(service.asked) == 1  # no redirect is followed


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        (None, "STORE-ANSWER"),
        (7, "STORE-ANSWER"),
        ("a=", "STORE-ANSWER"),
        ("", "STORE-SIGNATURE"),
        (encode_base64url(bytes(64)), "STORE-SIGNATURE"),
        (encode_base64url(OTHER.sign(b"badge")), "STORE-SIGNATURE"),
        (encode_base64url(KEYS["P-256"].sign(b"another badge")), "STORE-SIGNATURE"),
    ],
    ids=["none", "number", "padded", "empty", "zeros", "another-key", "another-message"],
)
def test_a_signature_that_does_not_hold_is_not_handed_on(signature: object, code: str) -> None:
    def answering(asked: Asked) -> Answer:
        key = KEYS["P-256"].public_key.jwk
        return Answer.of(key if asked.method == "GET" else {"signature": signature})

    with serving(answering) as service:
        assert refused(f"remote+http://localhost:{service.port}/").code == code


def test_nobody_there_is_said_to_be_nobody() -> None:
    with serving(signing_with(OTHER)) as service:
        pass
    assert refused(f"remote+http://127.0.0.1:{service.port}/").code == "STORE-UNAVAILABLE"


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https_exchange, "TIMEOUT_SECONDS", -1.0, raising=True)
    monkeypatch.setattr("httpx.Client", _patient_client())
    with serving(signing_with(OTHER)) as service:
        error = refused(f"remote+http://127.0.0.1:{service.port}/")
    assert (error.code, error.details["problem"]) == ("STORE-UNAVAILABLE", "timeout")


def _patient_client() -> Callable[..., object]:
    import httpx  # noqa: PLC0415  # only here

    client = httpx.Client

    def patient(**options: object) -> object:
        return client(**{**options, "timeout": 5.0})  # type: ignore[arg-type]  # any option

    return patient


# Vault


class Vault:
    """The transit engine as its HTTP API describes it, with two versions of a key."""

    def __init__(self, kind: KeyKind) -> None:
        self.kind = kind
        self.versions = {"1": SigningKey.generate(kind, rsa_bits=2048), "2": KEYS[kind]}
        self.signature: str | None = None

    def __call__(self, asked: Asked) -> Answer:
        """Answer as Vault does."""
        if asked.headers.get("X-Vault-Token") != TOKEN:
            return Answer(403, b'{"errors":["permission denied"]}')
        if asked.path == "/v1/transit/keys/issuer":
            return Answer.of({"data": self.facts()})
        assert asked.path == "/v1/transit/sign/issuer"
        version = str(asked.json["key_version"])
        text = self.signature or f"vault:v{version}:{self.sign(self.versions[version], asked)}"
        return Answer.of({"data": {"signature": text}})

    def facts(self) -> dict[str, object]:
        """Describe the key."""
        kinds = {"Ed25519": "ed25519", "P-256": "ecdsa-p256", "P-384": "ecdsa-p384", "RSA": "rsa-2048"}
        keys = {name: {"public_key": self.text(key)} for name, key in self.versions.items()}
        return {"type": kinds[self.kind], "latest_version": 2, "keys": keys}

    def text(self, key: SigningKey) -> str:
        """Write a public key as Vault does."""
        if self.kind == "Ed25519":
            return base64.b64encode(decode_base64url(str(key.public_key.jwk["x"]))).decode()
        return key.public_key.pem.decode()

    def sign(self, key: SigningKey, asked: Asked) -> str:
        """Sign what was asked, which for all but Ed25519 is a digest that the test knows."""
        options = {name: asked.json[name] for name in asked.json.keys() - {"input", "key_version"}}
        signed = base64.b64decode(str(asked.json["input"]))
        if self.kind == "Ed25519":
            assert options == {"prehashed": False}
            return base64.b64encode(key.sign(signed)).decode()
        digest = "sha384" if self.kind == "P-384" else "sha256"
        assert signed == hashlib.new(digest, b"badge").digest()
        name = {"prehashed": True, "hash_algorithm": f"sha2-{digest[3:]}"}
        if options.get("signature_algorithm") == "pss":
            assert options == {**name, "signature_algorithm": "pss", "salt_length": "hash"}
            return base64.b64encode(key.using("PS256").sign(b"badge")).decode()
        signature = key.sign(b"badge")
        if self.kind == "RSA":
            assert options == {**name, "signature_algorithm": "pkcs1v15"}
            return base64.b64encode(signature).decode()
        assert options == {**name, "marshaling_algorithm": "jws"}
        return encode_base64url(signature)


@pytest.fixture
def vault_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answering], Service]]:
    running = []

    def start(answering: Answering) -> Service:
        context = serving(answering)
        service = context.__enter__()
        running.append(context)
        monkeypatch.setenv("VAULT_ADDR", f"http://127.0.0.1:{service.port}/")
        return service

    yield start
    for context in running:
        context.__exit__(None, None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_vault_signs_with_each_kind_of_key(kind: KeyKind, vault_at: Callable[[Answering], Service]) -> None:
    vault = Vault(kind)
    vault_at(vault)
    for place, version in (("issuer", "2"), ("transit/issuer", "2"), ("transit/issuer?version=1", "1")):
        signer = KEY_STORES.open(f"vault:{place}", secret=TOKEN)
        assert signer.public_key == vault.versions[version].public_key
        signer.public_key.verify(b"badge", signer.sign(b"badge"))


def test_an_rsa_key_in_vault_signs_with_the_padding_that_its_uri_asks_for(
    vault_at: Callable[[Answering], Service],
) -> None:
    vault = Vault("RSA")
    vault_at(vault)
    cases = (("", "2", "RS256"), ("?alg=PS256", "2", "PS256"), ("?version=1&alg=PS256", "1", "PS256"))
    for asked, version, algorithm in cases:
        signer = KEY_STORES.open(f"vault:issuer{asked}", secret=TOKEN)
        assert (signer.algorithm, signer.public_key) == (algorithm, vault.versions[version].public_key)
        signer.public_key.verify(b"badge", signer.sign(b"badge"), algorithm=signer.algorithm)
    for wrong in ("?alg=ES256", "?alg=PS256&alg=PS256", "?padding=pss", "?version=0", "?version=x", "?alg="):
        assert refused(f"vault:issuer{wrong}").code == "STORE-URI"


def test_vault_is_asked_over_tls_at_the_host_in_the_uri(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(Vault("P-256"), certificate) as service:
        signer = KEY_STORES.open(f"vault://localhost:{service.port}/transit/issuer", secret=TOKEN)
        assert len(signer.sign(b"badge")) == 64


def test_a_rotation_in_vault_does_not_change_what_signs(vault_at: Callable[[Answering], Service]) -> None:
    vault = Vault("Ed25519")
    vault_at(vault)
    signer = KEY_STORES.open("vault:issuer", secret=TOKEN)
    vault.versions["3"] = SigningKey.generate()
    signer.public_key.verify(b"badge", signer.sign(b"badge"))


@pytest.mark.parametrize(
    "signature", ["vault:v1:AAAA", "vault:v2:$", "AAAA", "vault:v2:", "vault:v2:" + "A" * 86]
)
def test_a_signature_that_vault_did_not_make_is_refused(
    signature: str, vault_at: Callable[[Answering], Service]
) -> None:
    vault = Vault("P-256")
    vault.signature = signature
    vault_at(vault)
    assert refused("vault:issuer").code in {"STORE-ANSWER", "STORE-SIGNATURE"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, "STORE-ANSWER"),
        ({"data": {"type": "ed25519", "latest_version": 1, "keys": {}}}, "STORE-NO-KEY"),
        ({"data": {"type": "aes256-gcm96", "latest_version": 1, "keys": {"1": 1700000000}}}, "STORE-NO-KEY"),
        ({"data": {"type": "hmac", "latest_version": 1, "keys": {"1": {}}}}, "STORE-KEY-KIND"),
        (
            {"data": {"type": "ed25519", "latest_version": 1, "keys": {"1": {"public_key": "$"}}}},
            "STORE-ANSWER",
        ),
        (
            {"data": {"type": "rsa-2048", "latest_version": 1, "keys": {"1": {"public_key": "$"}}}},
            "KEY-FORMAT",
        ),
    ],
)
def test_what_vault_says_of_another_key_is_refused(
    document: object, code: str, vault_at: Callable[[Answering], Service]
) -> None:
    vault_at(lambda _: Answer.of(document))
    assert refused("vault:issuer").code == code


@pytest.mark.parametrize("place", ["", "a b", "../sys/issuer", "issuer?version=0", "//host", "issuer?x=1"])
def test_what_is_no_name_of_a_key_in_vault_is_refused(
    place: str, vault_at: Callable[[Answering], Service]
) -> None:
    service = vault_at(Vault("P-256"))
    assert refused(f"vault:{place}").code == "STORE-URI"
    assert service.asked == []


def test_vault_needs_its_address_and_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAULT_ADDR", raising=False)
    assert refused("vault:issuer").code == "STORE-URI"
    monkeypatch.setenv("VAULT_ADDR", "http://vault.example:8200")
    assert refused("vault:issuer").code == "STORE-URI"
    monkeypatch.setenv("VAULT_ADDR", "https://vault.example:8200")
    assert refused("vault:issuer", None).code == "KEY-PASSWORD-NEEDED"


# Nothing of a secret gets out


@pytest.mark.parametrize("scheme", ["https", "vault"])
def test_the_token_shows_nowhere(
    scheme: str, vault_at: Callable[[Answering], Service], caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    answering = Vault("Ed25519") if scheme == "vault" else signing_with(KEYS["Ed25519"])
    service = vault_at(answering)
    uri = "vault:issuer" if scheme == "vault" else f"remote+http://127.0.0.1:{service.port}/"
    signer = KEY_STORES.open(uri, secret=TOKEN)
    signer.sign(b"badge")
    printed = capfd.readouterr()
    told = (repr(signer), str(signer), caplog.text, printed.out, printed.err)
    assert caplog.records  # httpx tells of its requests
    assert not any(holds(text, [TOKEN.encode()]) for text in told)
    with pytest.raises(KeyMaterialError, match="does not leave the process"):
        __import__("pickle").dumps(signer)


def test_an_error_on_the_way_does_not_carry_the_request(vault_at: Callable[[Answering], Service]) -> None:
    """The library below hangs the request, with all of its headers, on its errors."""
    vault_at(lambda _: Answer(body=b"{}", headers={"Content-Length": "9", "Connection": "close"}))
    error = refused("vault:issuer")
    cause = error.__cause__
    assert cause is not None
    request = getattr(cause, "request", None)
    assert request is not None
    assert "x-vault-token" not in request.headers
