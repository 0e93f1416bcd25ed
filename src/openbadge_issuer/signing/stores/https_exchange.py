"""Asking a signing service over https: the one place below `resolution` that opens a connection.

The address is the operator's own, not a stranger's, so it may lie in a private network. What is guarded is
the secret that goes along: certificates are always checked, redirects are not followed, no proxy is asked,
and answers are capped in size and time.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.errors import DocumentError, KeyMaterialError, LimitError

if TYPE_CHECKING:
    import httpx

MAX_ANSWER_BYTES: Final = 64 * 1024
"""A public key or a signature of RSA with 8192 bits takes 2 KB; a Vault key lists all of its versions."""

TIMEOUT_SECONDS: Final = 15.0
"""For one answer as a whole; a device behind the service may need a second or two."""

_OK, _NOT_FOUND, _DENIED = 200, 404, frozenset({401, 403})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class HttpsExchange:
    """One service, asked over a connection that is kept between questions; safe between threads.

    Args:
        base: the https address that paths are added to; http only for this machine itself.
        store: how the service is called in errors.
        headers: what goes along with every question, such as a token.

    Raises:
        KeyMaterialError: `STORE-URI`, the address is not plain; `STORE-SECRET-IN-URI`, a password is in it.
    """

    def __init__(self, base: str, *, store: str, headers: Mapping[str, str]) -> None:
        import httpx  # noqa: PLC0415  # heavy

        check_base(base, store=store)
        self._base = base.rstrip("/")
        self._store = store
        self._client = httpx.Client(
            headers={"Accept": "application/json", "Accept-Encoding": "identity", **headers},
            verify=httpx.create_ssl_context(),  # with the operator's SSL_CERT_FILE, if there is one
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
            follow_redirects=False,
        )
        weakref.finalize(self, self._client.close)

    def get(self, path: str = "") -> JsonObject:
        """Ask for an object; raises as `post` does."""
        return self._ask("GET", path, None)

    def post(self, body: JsonObject, path: str = "") -> JsonObject:
        """Send an object and return the one that comes back.

        Raises:
            KeyMaterialError: `STORE-NO-KEY` (404), `STORE-DENIED` (401 and 403), `STORE-UNAVAILABLE` or
                `STORE-ANSWER`, what came is too large or no JSON object.
        """
        return self._ask("POST", path, dump_json(body))

    def _ask(self, method: str, path: str, body: bytes | None) -> JsonObject:
        import httpx  # noqa: PLC0415  # heavy

        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            with self._client.stream(
                method, f"{self._base}{path}", content=body, headers=headers
            ) as response:
                self._check_status(response.status_code)
                return self._read(response)
        except httpx.HTTPError as error:
            error.request = httpx.Request(method, self._base)  # the real one carries the token
            raise KeyMaterialError(
                "STORE-UNAVAILABLE", store=self._store, problem=type(error).__name__
            ) from error

    def _check_status(self, status: int) -> None:
        if status == _OK:
            return
        if status == _NOT_FOUND:
            raise KeyMaterialError("STORE-NO-KEY", store=self._store)
        code = "STORE-DENIED" if status in _DENIED else "STORE-UNAVAILABLE"
        raise KeyMaterialError(code, store=self._store, problem=f"HTTP {status}")

    def _read(self, response: httpx.Response) -> JsonObject:
        ends = time.monotonic() + TIMEOUT_SECONDS
        data = bytearray()
        for chunk in response.iter_raw():  # not decoded: a compressed answer could be a bomb
            data += chunk
            if len(data) > MAX_ANSWER_BYTES:
                raise KeyMaterialError("STORE-ANSWER", store=self._store)
            if time.monotonic() > ends:
                raise KeyMaterialError("STORE-UNAVAILABLE", store=self._store, problem="timeout")
        try:
            return parse_json_object(bytes(data), max_bytes=MAX_ANSWER_BYTES)
        except (DocumentError, LimitError) as error:
            raise KeyMaterialError("STORE-ANSWER", store=self._store) from error


def check_base(url: str, *, store: str) -> None:
    """Refuse an address that is not plain https, or http on this machine; raises as `HttpsExchange`."""
    parts = port = None
    with suppress(ValueError):  # left behind: it quotes what might be a password
        parts = urlsplit(url)
        port = 443 if parts.port is None else parts.port
    if parts is None or not port or not parts.hostname or not url.isascii():
        raise KeyMaterialError("STORE-URI", store=store, name="host")
    if parts.username is not None or parts.password is not None:
        raise KeyMaterialError("STORE-SECRET-IN-URI", store=store)
    if parts.query or parts.fragment:
        raise KeyMaterialError("STORE-URI", store=store, name="host")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise KeyMaterialError("STORE-URI", store=store, name="https")
