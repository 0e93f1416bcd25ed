"""A credential that is shown by itself, as SD-JWT, by whoever has the key that the issuer bound it to."""

from __future__ import annotations

from openbadge_issuer.errors import KeyMaterialError, SignatureError, UnsupportedError
from openbadge_issuer.signing.sd_jwt import SdJwt
from openbadge_issuer.signing.sd_jwt_vc import verify_key_binding
from openbadge_issuer.verification.report import Finding, finding, finding_of
from openbadge_issuer.verification.settings import Asked, Settings


def check_binding(bound: SdJwt, asked: Asked, settings: Settings, *, who: str) -> tuple[Finding, ...]:
    """Judge the key binding (RFC 9901, section 7.3): its key counts because the issuer signed it.

    Args:
        bound: the token as it was shown.
        asked: what the binding must repeat.
        settings: the arguments of the verification.
        who: the identifier that the credential gives to its subject; empty if it gives none.
    """
    binding = _binding(bound, asked, settings)
    if asked.holder is None:
        return (binding,)
    if asked.holder != who:
        return binding, finding("PRESENTATION-OTHER-HOLDER", "failed", found=who)
    return binding, finding("PRESENTATION-HOLDER", "passed", holder=who)


def _binding(bound: SdJwt, asked: Asked, settings: Settings) -> Finding:
    try:
        verify_key_binding(
            bound,
            nonce=asked.challenge,
            audience=asked.domain,
            at=settings.at,
            clock_skew=settings.clock_skew,
        )
    except (SignatureError, KeyMaterialError) as error:
        return finding_of(error, "failed", verdict="integrity", severity="error")
    except UnsupportedError as error:
        return finding_of(error, "undetermined", verdict="integrity", severity="error")
    return finding("SD-JWT-KB-MISSING", "passed")
