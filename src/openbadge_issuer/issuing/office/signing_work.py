"""Signing what decisions carry, outside of any transaction: a key may be slow, and far away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.bulk import Lost, spread
from openbadge_issuer.issuing.award import Proof
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.policy.award_events import CredentialDraft
from openbadge_issuer.policy.signed_copy import SignedCopy

if TYPE_CHECKING:  # a desk loads this module's neighbours
    from concurrent.futures import Executor

    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """An award whose documents wait to be signed.

    Attributes:
        award: its identifier.
        decided: when it was decided, which is the date of the signature.
        documents: what is to be signed, each with how.
    """

    award: str
    decided: datetime
    documents: tuple[tuple[CredentialDraft, JsonObject], ...]


def waiting_awards(desk: Desk, only: Collection[str] | None) -> Iterator[Waiting]:
    """Go through the awards that were granted and are not signed; see `BadgeOffice.sign_waiting`.

    What was to be signed for somebody who was erased is not there any more, and keeps nobody else waiting.
    """
    for name in desk.awards.in_phase("to-sign"):
        if only is None or name in only:
            award = desk.awards.get(name)
            if award.granted is not None and award.granted.documents is not None:
                yield Waiting(name, award.granted.at, award.to_sign())


def sign_all(
    issuer: Issuer, waiting: Iterable[Waiting], executor: Executor | None
) -> list[tuple[Waiting, tuple[SignedCopy, ...]]]:
    """Sign, here or on the workers of an executor; what a worker lost is signed the next time."""
    if executor is None:
        return _signed(issuer, list(waiting))
    results = spread(partial(_signed, issuer), waiting, executor)
    return [one for one in results if not isinstance(one, Lost)]


def _signed(issuer: Issuer, waiting: Sequence[Waiting]) -> list[tuple[Waiting, tuple[SignedCopy, ...]]]:
    return [
        (one, tuple(_copy(issuer, draft, document, one.decided) for draft, document in one.documents))
        for one in waiting
    ]


def _copy(issuer: Issuer, draft: CredentialDraft, document: JsonObject, decided: datetime) -> SignedCopy:
    data = issuer.sign(document, cast("Proof", draft.proof), now=decided)
    key = None if draft.proof == "hosted" else issuer.signer.public_key.thumbprint
    return SignedCopy(draft.version, data.decode(), key)
