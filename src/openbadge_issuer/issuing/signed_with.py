"""Did this very key make this signature? For an issuer who looks through what was issued."""

from __future__ import annotations

from itertools import chain

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, SignatureError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.cryptosuite import UNFIT, suite_of
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.vc_jwt import VcJwt, verify_jwt


def signed_with(
    key: PublicKey, secured: JsonObject | VcJwt, document: JsonObject, *, loader: ContextLoader = PINNED
) -> bool:
    """Tell whether a signature holds under a key, whatever the proof says of its key and its date.

    Args:
        key: the key.
        secured: the proof, one of the document's, or the token.
        document: the document with its proofs; not looked at for a token.
        loader: the contexts to read the document under; their other known contents are tried too.

    Raises:
        UnsupportedError: the kind of proof is not known here.
        CanonicalizationError: the document has no safe canonical form, or a context is not given.
        LimitError: it has one, but not within bounds.
    """
    if isinstance(secured, VcJwt):
        try:
            verify_jwt(secured, key)
        except SignatureError:
            return False
        return True
    suite = suite_of(secured)
    for state in chain((loader,), loader.alternatives(_urls(document.get("@context")))):
        try:
            suite.verify(document, secured, key, loader=state)
        except SignatureError as error:
            if error.code not in UNFIT:
                return False
        except CanonicalizationError:
            if state is loader:
                raise
        else:
            return True
    return False


def _urls(contexts: JsonValue) -> tuple[str, ...]:
    return tuple(
        item for item in (contexts if isinstance(contexts, list) else [contexts]) if isinstance(item, str)
    )
