"""Status lists that were read before, by their bytes: a list of many badges is parsed and unpacked once.

What is kept follows from the bytes alone, or from them with a key and contexts (`signatures`). Who may have
signed a list, and whether it is of today, is judged for every badge.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.bounded_cache import BoundedCache
from openbadge_issuer.status import PublishedStatusList, read_status_list
from openbadge_issuer.verification.subject import Subject, read_subject

MAX_LISTS: Final = 256
MAX_BYTES: Final = 64 * 1024 * 1024
"""Of text and bits together: seven lists of the largest size, or all those of many issuers."""


class KnownList:
    """A list credential as it was received.

    Attributes:
        subject: the credential, with what was found out about its signatures.
    """

    def __init__(self, body: bytes) -> None:
        self.subject: Final[Subject] = read_subject(body)
        self._body = body
        self._unpacked: PublishedStatusList | None = None

    @cached_property
    def problems(self) -> tuple[ModelProblem, ...]:
        """What the credential breaks of the VC Data Model 2.0."""
        return check_vc_data_model(self.subject.document)

    def unpacked(self, signed: JsonObject) -> PublishedStatusList:
        """Unpack the list; raises as `read_status_list`.

        Args:
            signed: the credential, of which every member was found to be signed.
        """
        found = self._unpacked
        if found is None:
            found = self._unpacked = read_status_list(signed)
            _LISTS.put(self._body, self, size=len(self._body) + len(found.bits) // 8)
        return found


_LISTS: Final = BoundedCache[bytes, KnownList](max_entries=MAX_LISTS, max_bytes=MAX_BYTES)


def known_list(body: bytes) -> KnownList:
    """Read a list credential, or find it among those that were read before; raises as `read_subject`."""
    found = _LISTS.get(body)
    if found is None:
        found = KnownList(body)
        _LISTS.put(body, found, size=len(body))
    return found
