"""Publishes a home: writes what is public, takes away what is not any more, and keeps the signed head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openbadge_issuer.issuing.home import Home
from openbadge_issuer.issuing.kept_heads import KeptHeads
from openbadge_issuer.issuing.office.office import BadgeOffice
from openbadge_issuer.issuing.office.publication import HEAD_NAME, Publication
from openbadge_issuer.issuing.published_record import PublishedRecord
from openbadge_issuer.signing.key_ring import KeyRing


@dataclass(frozen=True, slots=True)
class PublishedHome:
    """What became of publishing.

    Attributes:
        publication: everything that is public now.
        removed: files that were taken away; they must go from a web server too.
    """

    publication: Publication
    removed: tuple[Path, ...]


def publish_home(
    home: Home, office: BadgeOffice, actor: str, *, ring: KeyRing, now: datetime, folder: Path | None = None
) -> PublishedHome:
    """Write everything public as files for any web server.

    Args:
        home: the home, which remembers what was published and keeps the signed head.
        office: the office in it.
        actor: the pseudonym of who may award, or look after the keys.
        ring: the issuer's keys.
        now: the moment.
        folder: where to; the public folder of the home if None.

    Raises:
        OpenBadgeError: as `BadgeOffice.publish`, `PublishedRecord` and `KeptHeads`.
    """
    target = folder or home.public
    before = PublishedRecord.read(home.published)
    made = office.publish(target, actor, now=now, ring=ring)
    record = before.then(made, now)
    record.write(home.published)
    removed = record.take_down(target)
    head = made.files[f"{office.policy.publication.base.rstrip('/')}/{HEAD_NAME}"]
    KeptHeads(home.heads).keep(head, made.length)
    return PublishedHome(made, removed)
