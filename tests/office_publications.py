"""What an office promises of all that it has published: it tells how badges stand, and nothing private."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

from office_promises import Seen, check_records
from office_world import MARK, SHOWN, World
from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.issuing.office.annulling import annulments_address
from openbadge_issuer.issuing.office.publication import HEAD_NAME
from openbadge_issuer.policy.award_events import AwardGranted
from openbadge_issuer.policy.case_events import EffectCarriedOut
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.person_events import EvidenceConsentGiven, EvidenceConsentWithdrawn
from openbadge_issuer.register.head import read_head
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.status.annulment import badge_digest, read_annulments
from openbadge_issuer.status.status_list import StatusList

_WORDS = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_DEPTH = 3
_NAMES = (
    "quagga",
    "marit",
    "de vries",
    "jan smit",
    "sam peters",
    "kim bos",
    "p-jan",
    "p-sam",
    "p-kim",
    "p-lea",
)


def check_published(world: World) -> None:
    """Check everything that was just published."""
    assert world.publication is not None
    base = world.house.office.policy.publication.base.rstrip("/")
    files = world.publication.files
    paths = {world.public / path for path in world.publication.paths().values()}
    assert {path for path in world.public.rglob("*") if path.is_file()} == paths, "nothing else is public"
    head = read_head(files[f"{base}/{HEAD_NAME}"])
    world.public_head = head.verify(_key(world, head.kid))
    seen = check_records(world)
    check_lists(seen)
    check_annulments(seen)
    check_revoked_of_2(seen)
    check_private(seen)
    check_strangers(seen)


def _key(world: World, kid: str) -> PublicKey:
    controller, _, fragment = kid.partition("#")
    assert controller == world.house.ring.controller
    return world.house.ring.key(fragment).public_key


def check_lists(seen: Seen) -> None:
    """The lists that are public say what the records say."""
    publication = seen.world.publication
    assert publication is not None
    for url, bits in seen.bits.items():
        public = StatusList.load(publication.files[url])
        assert public.count() == len(bits)
        assert all(public.get(index) for index in bits)


def check_annulments(seen: Seen) -> None:
    """What is annulled or suspended there is so by a case."""
    world, publication = seen.world, seen.world.publication
    assert publication is not None
    policy = world.house.office.policy
    unverified = read_annulments(publication.files[annulments_address(policy)])
    register = unverified.verify(_key(world, unverified.kid))
    wanted = {
        badge_digest(draft.id)
        for name, decision in seen.granted().items()
        if seen.status(name) == "suspended"
        for draft in decision.drafts
        if draft.version == "2.0" or not policy.publication.suspension_list
    }
    foreign = dict(_foreign(seen))
    for entry in register.entries:
        if entry.digest in foreign:
            assert entry.status == foreign[entry.digest]
        else:
            assert entry.digest in wanted
            assert entry.status == "suspended"
    assert {entry.digest for entry in register.entries} == wanted | foreign.keys(), {
        name: seen.status(name) for name in seen.granted()
    }


def _foreign(seen: Seen) -> Iterator[tuple[str, str]]:
    """Go through the badges on platforms of others that cases have suspended or annulled."""
    suspended: dict[str, set[str]] = {}
    annulled: set[str] = set()
    for name, events in seen.streams.items():
        for event in events if name.startswith("case:") else ():
            if isinstance(event, EffectCarriedOut) and event.effect.subject.startswith("foreign:"):
                effect = event.effect
                by = suspended.setdefault(effect.subject, set())
                if effect.kind == "annul-foreign-badge":
                    annulled.add(effect.subject)
                elif effect.kind == "set-suspension":
                    by.add(name)
                elif effect.kind == "lift-suspension":
                    by -= {f"case:{case}" for case in effect.cases}
    for subject, by in suspended.items():
        digest = (
            base64.urlsafe_b64encode(bytes.fromhex(subject.removeprefix("foreign:"))).decode().rstrip("=")
        )
        if subject in annulled:
            yield digest, "annulled"
        elif by:
            yield digest, "suspended"


def check_revoked_of_2(seen: Seen) -> None:
    """What Open Badges 2.0 calls revoked was revoked."""
    publication = seen.world.publication
    assert publication is not None
    revoked = {
        draft.id
        for name, decision in seen.granted().items()
        if seen.status(name) == "revoked"
        for draft in decision.drafts
    }
    assert publication.gone <= revoked
    for url, data in publication.files.items():
        if data.lstrip().startswith(b"{") and b"revokedAssertions" in data:
            listed = parse_json_object(data)["revokedAssertions"]
            assert isinstance(listed, list), url
            assert {one["id"] if isinstance(one, dict) else one for one in listed} <= revoked


def check_private(seen: Seen) -> None:
    """Nothing that is public holds anything private, however it is written down there."""
    world = seen.world
    agreed = {word for word, award in world.shown.items() if _agreed(seen, award)}
    pseudonyms = [*world.people, *(str(code) for code in world.receipts)]
    cases = [name.partition(":")[2] for name in seen.streams if name.startswith(("case:", "misuse:"))]
    secret = re.compile("|".join([MARK, *_NAMES, *map(re.escape, (*pseudonyms, *cases))]).encode())
    shown = re.compile(rb"%s\d+x" % SHOWN.encode())
    for path in world.public.rglob("*"):
        if not path.is_file():
            continue
        for text in (str(path.relative_to(world.public)).encode(), *spellings(path.read_bytes())):
            lowered = text.lower()
            found = secret.search(lowered)
            assert found is None, (path, found)
            assert {word.decode() for word in shown.findall(lowered)} <= agreed, path


def _agreed(seen: Seen, award: str) -> bool:
    """Tell whether a holder had agreed to show the evidence of an award when it was granted."""
    events = seen.streams.get(f"award:{award}", ())
    granted = next((one for one in events if isinstance(one, AwardGranted)), None)
    agreed = False
    about: tuple[Event, ...] = seen.streams.get(f"person:{granted.candidate}", ()) if granted else ()
    for event in about:
        if granted is not None and event.at <= granted.at:
            if isinstance(event, EvidenceConsentGiven):
                agreed = agreed or event.award == award
            elif isinstance(event, EvidenceConsentWithdrawn):
                agreed = agreed and event.award != award
    return agreed


def spellings(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """Go through a text, and what is in it in base64 or base64url, compressed or not, and so on."""
    yield data
    for word in _WORDS.findall(data) if depth else ():
        for coded in (word, word[1:]):  # as it is, and behind the letter of a multibase value
            decoded = _decoded(coded)
            if decoded is not None:
                yield from spellings(decoded, depth - 1)


def _decoded(word: bytes) -> bytes | None:
    plain = word.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        data = base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return None
    if data.startswith(b"\x1f\x8b"):
        return zlib.decompress(data, 31)
    return data


def check_strangers(seen: Seen) -> None:
    """A stranger with nothing but what is public finds of each badge exactly how it stands."""
    world = seen.world
    suspended = "STATUS-SUSPENDED" if world.house.office.policy.publication.suspension_list else None
    for (award, version), copy in world.copies.items():
        report = world.house.verify(copy)
        failed = {one.code for one in report.findings if one.outcome == "failed" and one.severity == "error"}
        if version == "2.0" and copy.lstrip().startswith("{") and _is_erased(seen, award):
            assert not report, "what was hosted of an erased person is gone"
            continue
        match seen.status(award):
            case "active":
                assert report, (award, version, report.findings)
            case "suspended":
                wanted = suspended if version == "3.0" and suspended else "ANNULMENT-SUSPENDED"
                assert failed == {wanted}, (award, version, report.findings)
            case _:
                assert failed == {"STATUS-REVOKED"}, (award, version, report.findings)


def _is_erased(seen: Seen, award: str) -> bool:
    return (seen.granted()[award].documents) is None
