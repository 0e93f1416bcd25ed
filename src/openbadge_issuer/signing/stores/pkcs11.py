"""`pkcs11:`: a key in a hardware token, smart card or SoftHSM, named by RFC 7512; needs the extra `pkcs11`.

Messages are hashed here: many tokens know ECDSA but not together with a hash, and a CLR is too large to
send through a card reader. Ed25519 has no such form, so there the whole message goes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.public_key import Algorithm
from openbadge_issuer.signing.signing_key import Secret
from openbadge_issuer.signing.stores.pkcs11_public_key import public_key_of
from openbadge_issuer.signing.stores.pkcs11_uri import STORE, Pkcs11Uri, parse_pkcs11_uri
from openbadge_issuer.signing.stores.store_signer import StoreSigner, chosen_algorithm, prehashed, reveal

if TYPE_CHECKING:
    from pkcs11 import Session, Token
    from pkcs11.types import PrivateKey, SignMixin

    class _SigningKey(PrivateKey, SignMixin):
        """What the library makes of a private key that may sign."""


_Found = TypeVar("_Found")

_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What PKCS #1 v1.5 puts before a SHA-256 digest (RFC 8017, section 9.2)."""

_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "PinIncorrect": "KEY-PASSWORD-WRONG",
        "PinInvalid": "KEY-PASSWORD-WRONG",
        "PinLenRange": "KEY-PASSWORD-WRONG",
        "PinLocked": "STORE-DENIED",
        "PinExpired": "STORE-DENIED",
        "UserNotLoggedIn": "STORE-DENIED",
        "UserPinNotInitialized": "STORE-DENIED",
    }
)

_sessions: dict[tuple[str, int], Session] = {}
"""One session for each token, by library and slot. A program logs in to a token once, as a whole, and
closing any session that logged in would log all of them out (PKCS #11, section 5.6)."""
_sessions_lock = threading.Lock()


def open_signer(place: str, secret: Secret | None) -> StoreSigner:
    """Open a key in a token.

    Args:
        place: token and key, such as `token=badges;object=issuer?module-path=/usr/lib/libsofthsm2.so`;
            behind the module `&alg=PS256` if an RSA key is to sign so. Without `module-path` the library is
            the one that `PKCS11_MODULE_PATH` names.
        secret: the PIN; asked for only if the program is not logged in to the token yet.

    Raises:
        KeyMaterialError: `STORE-EXTRA`; the URI is wrong or carries a PIN; the library, the token or the
            key is not there (`STORE-MODULE`, `STORE-NO-KEY`) or not unique (`STORE-AMBIGUOUS`); the PIN
            is wrong (`KEY-PASSWORD-WRONG`); the key is of another kind.
    """
    uri = parse_pkcs11_uri(place)
    with _asking():
        token = _token(uri)
        session = _session(uri.module, token, secret)
        private_key = _private_key(session, uri)
        public_key = public_key_of(session, private_key)
    algorithm = chosen_algorithm(uri.algorithm, public_key, store=STORE)
    sign = _signing_function(private_key, algorithm)
    return StoreSigner(public_key, store=STORE, sign=sign, algorithm=algorithm)


def _token(uri: Pkcs11Uri) -> Token:
    import pkcs11  # noqa: PLC0415  # an extra

    try:
        tokens = list(pkcs11.lib(uri.module).get_tokens(token_flags=pkcs11.TokenFlag.TOKEN_INITIALIZED))
    except (RuntimeError, OSError) as error:  # what is no library, or none of PKCS #11
        raise KeyMaterialError("STORE-MODULE", path=uri.module) from error
    wanted = {
        "label": uri.token,
        "manufacturer_id": uri.manufacturer,
        "model": uri.model,
    }
    found = [
        token
        for token in tokens
        if all(value is None or getattr(token, name) == value for name, value in wanted.items())
        and (uri.serial is None or token.serial.decode("utf-8", "replace").strip("\0 ") == uri.serial)
        and (uri.slot is None or token.slot.slot_id == uri.slot)
    ]
    return _only(found)


def _session(module: str, token: Token, secret: Secret | None) -> Session:
    from pkcs11.exceptions import UserAlreadyLoggedIn  # noqa: PLC0415  # an extra

    name = module, token.slot.slot_id
    with _sessions_lock:
        session = _sessions.get(name)
        if session is None:
            try:
                session = token.open(user_pin=reveal(secret))
            except UserAlreadyLoggedIn:  # by another part of the program
                session = token.open()
            _sessions[name] = session
    return session


def _private_key(session: Session, uri: Pkcs11Uri) -> _SigningKey:
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415  # an extra

    wanted: dict[Attribute, object] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}
    if uri.label is not None:
        wanted[Attribute.LABEL] = uri.label
    if uri.id is not None:
        wanted[Attribute.ID] = uri.id
    return _only(cast("list[_SigningKey]", list(session.get_objects(wanted))))


def _only(found: list[_Found]) -> _Found:
    if not found:
        raise KeyMaterialError("STORE-NO-KEY", store=STORE)
    if len(found) > 1:
        raise KeyMaterialError("STORE-AMBIGUOUS", store=STORE)
    return found[0]


def _signing_function(private_key: _SigningKey, algorithm: Algorithm) -> Callable[[bytes], bytes]:
    from pkcs11 import MGF, Mechanism  # noqa: PLC0415  # an extra

    def sign(message: bytes) -> bytes:
        with _asking():
            if algorithm == "EdDSA":
                return private_key.sign(message, mechanism=Mechanism.EDDSA)
            digest = prehashed(message, algorithm)
            if algorithm == "RS256":
                return private_key.sign(_SHA256_DIGEST_INFO + digest, mechanism=Mechanism.RSA_PKCS)
            if algorithm == "PS256":
                salted = (Mechanism.SHA256, MGF.SHA256, len(digest))  # RFC 7518, section 3.5
                return private_key.sign(digest, mechanism=Mechanism.RSA_PKCS_PSS, mechanism_param=salted)
            return private_key.sign(digest, mechanism=Mechanism.ECDSA)

    return sign


@contextmanager
def _asking() -> Iterator[None]:
    """Turn what the token says into errors of ours; only the name of the fault is kept."""
    try:
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise KeyMaterialError("STORE-EXTRA", store=STORE, extra="pkcs11") from error
    try:
        yield
    except PKCS11Error as error:
        problem = type(error).__name__
        code = _ERRORS.get(problem, "STORE-UNAVAILABLE")
        details = {} if code == "KEY-PASSWORD-WRONG" else {"store": STORE, "problem": problem}
        raise KeyMaterialError(code, **details) from error
