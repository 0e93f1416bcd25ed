"""Reading Open Badges 0.5, 1.0 and 1.1 as 2.0, in memory: nothing that was signed or hosted is changed by it.

Source: Open Badges 2.0, section "History"; the upgrade of the 1EdTech validator in Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote, urljoin

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.json_walk import Place, object_of, strings_of
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.open_badges_2.values import parse_iso_date_time
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXT, Version, detect
from openbadge_issuer.assertions.problems import ModelProblem

_OLDER: frozenset[Version | None] = frozenset({"0.5", "1.0", "1.1"})
_UNIX_TIME = re.compile(r"\d{9,10}", re.ASCII)
_LAST_UNIX_TIME = 9_999_999_999
_OLD_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.,]+)?", re.ASCII)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
_MAX_SHOWN = 80

_ALIGNMENT = MappingProxyType({"name": "targetName", "url": "targetUrl", "description": "targetDescription"})
_ISSUER = MappingProxyType({"contact": "email", "origin": "url"})


def upgrade(document: JsonObject, *, url: str | None = None) -> tuple[JsonObject, tuple[ModelProblem, ...]]:
    """Write a document of 0.5, 1.0 or 1.1 as 2.0 would have it, and note what that took.

    A document of any other version is returned as it is. What is missing stays missing, unless it follows
    from the rest: the result may break rules of 2.0 that its own version did not have.

    Args:
        document: an assertion, badge class or issuer.
        url: where it was fetched; the `id` of a document that has none.

    Returns:
        The document of 2.0, and notes whose places are those of the document given.
    """
    version = detect(document)
    if version not in _OLDER:
        return document, ()
    upgrading = _Upgrading(str(version), url)
    upgrading.note("OB2-UPGRADED", (), version=str(version))
    return upgrading.of_any(document), tuple(upgrading.notes)


def upgrade_revocation_list(
    document: JsonObject, *, url: str | None = None, issuer: str | None = None
) -> JsonObject:
    """Write a revocation list of 1.x, which maps identifiers to reasons, as a RevocationList of 2.0.

    A list of 2.0 is returned as it is.
    """
    if "revokedAssertions" in document or "RevocationList" in strings_of(document.get("type")):
        return document
    rows: list[JsonValue] = [
        _without_nothing(
            {
                "id" if _IRI.fullmatch(name) else "uid": name,
                "revocationReason": reason if isinstance(reason, str) and reason else None,
            }
        )
        for name, reason in document.items()
        if not name.startswith("@")
    ]
    head: JsonObject = {"@context": CONTEXT, "id": url, "type": "RevocationList", "issuer": issuer}
    return {**_without_nothing(head), "revokedAssertions": rows}


class _Upgrading:
    """One upgrade and its notes."""

    def __init__(self, version: str, url: str | None) -> None:
        self._version = version
        self._url = url
        self.notes: list[ModelProblem] = []

    def note(self, code: str, place: Place, **details: str) -> None:
        """Keep a note on a place of the older document."""
        shown: dict[str, str | int] = {name: text[:_MAX_SHOWN] for name, text in details.items()}
        self.notes.append(ModelProblem(code, pointer(*place), shown))

    def of_any(self, old: JsonObject) -> JsonObject:
        """Upgrade a root document by what it is."""
        types = strings_of(old.get("type"))
        if "Assertion" in types or "recipient" in old or "badge" in old:
            new = self._assertion(old)
        elif "BadgeClass" in types or "criteria" in old or "issuer" in old:
            new = self._badge_class(old, ())
        else:
            new = self._issuer(old, ())
        if "id" not in new and self._url is not None:
            self._add(new, (), "id", self._url)
        contexts = _contexts(new.pop("@context", None))
        return {"@context": contexts, **new}

    def _assertion(self, old: JsonObject) -> JsonObject:
        new = dict(old)
        self._type(new, (), "Assertion")
        self._rename(new, (), {"issued_on": "issuedOn", "verify": "verification"})
        if isinstance(new.get("recipient"), str):
            self._recipient_of_0_5(new)
        if self._version == "0.5" and "verification" not in new:
            self._add(new, (), "verification", {"type": "hosted"})
        self._verification(new, "verify" if "verify" in old else "verification")
        for name, old_name in (("issuedOn", "issued_on"), ("expires", "expires")):
            self._date(new, name, (old_name if old_name in old else name,))
        badge = new.get("badge")
        if isinstance(badge, dict):
            new["badge"] = self._badge_class(badge, ("badge",))
            origin = object_of(badge, "issuer").get("origin")
            self._relative(new, (), origin, "evidence")
        return new

    def _verification(self, new: JsonObject, old_name: str) -> None:
        """What 1.x says of where it stands, or of its key, moves to where 2.0 has it."""
        verification = new.get("verification")
        if not isinstance(verification, dict):
            return
        url, uid = verification.get("url"), new.get("uid")
        if "signed" in strings_of(verification.get("type")):
            if isinstance(url, str):
                new["verification"] = {**verification, "creator": url}
                self.note("OB2-UPGRADE-RENAMED", (old_name, "url"), name="url", meaning="creator")
            if "id" not in new and isinstance(uid, str):
                self._add(new, (), "id", f"uid:{quote(uid, safe='')}")
        elif "id" not in new and isinstance(known := self._url or url, str):
            self._add(new, (), "id", known)

    def _recipient_of_0_5(self, new: JsonObject) -> None:
        identity = str(new["recipient"])
        recipient: JsonObject = {"type": "email", "identity": identity, "hashed": "@" not in identity}
        if isinstance(new.get("salt"), str):
            recipient["salt"] = new.pop("salt")
        new["recipient"] = recipient
        self.note("OB2-UPGRADE-RENAMED", ("recipient",), name="recipient", meaning="recipient.identity")

    def _badge_class(self, old: JsonObject, place: Place) -> JsonObject:
        new = dict(old)
        self._type(new, place, "BadgeClass")
        self._name_inner(new, place)
        self._rename(new, place, {"tag": "tags"})
        if self._version == "0.5" and str(new.get("version", "")).startswith("0.5"):
            del new["version"]  # it is no version of the badge
            self.note("OB2-UPGRADE-REMOVED", (*place, "version"), name="version", version=self._version)
        alignment = new.get("alignment")
        if isinstance(alignment, list):
            new["alignment"] = [
                self._alignment(item, (*place, "alignment", index)) for index, item in enumerate(alignment)
            ]
        elif isinstance(alignment, dict):
            new["alignment"] = self._alignment(alignment, (*place, "alignment"))
        issuer = new.get("issuer")
        if isinstance(issuer, dict):
            self._relative(new, place, issuer.get("origin"), "image", "criteria")
            new["issuer"] = self._issuer(issuer, (*place, "issuer"))
        return new

    def _alignment(self, old: JsonValue, place: Place) -> JsonValue:
        if not isinstance(old, dict):
            return old
        new = dict(old)
        self._rename(new, place, _ALIGNMENT)
        return new

    def _issuer(self, old: JsonObject, place: Place) -> JsonObject:
        new = dict(old)
        if "IssuerOrg" in (types := strings_of(new.get("type"))):
            new["type"] = ["Issuer" if name == "IssuerOrg" else name for name in types]
            self.note("OB2-UPGRADE-RENAMED", (*place, "type"), name="IssuerOrg", meaning="Issuer")
        self._type(new, place, "Issuer")
        self._name_inner(new, place)
        self._rename(new, place, _ISSUER)
        name, org = new.get("name"), new.get("org")
        if isinstance(name, str) and isinstance(org, str):
            new["name"] = f"{name}: {org}"
            del new["org"]
            self.note("OB2-UPGRADE-RENAMED", (*place, "org"), name="org", meaning="name")
        return new

    def _type(self, new: JsonObject, place: Place, name: str) -> None:
        if "type" not in new:
            self._add(new, place, "type", name)

    def _name_inner(self, new: JsonObject, place: Place) -> None:
        """Give an object inside another the name of a blank node, since 0.5 gave it none."""
        if place and "id" not in new:
            self._add(new, place, "id", f"_:{place[-1]}")

    def _add(self, new: JsonObject, place: Place, name: str, value: JsonValue) -> None:
        new[name] = value
        shown = value if isinstance(value, str) else "{…}"
        self.note("OB2-UPGRADE-ADDED", place, name=name, value=shown)

    def _rename(self, new: JsonObject, place: Place, names: Mapping[str, str]) -> None:
        for name, meaning in names.items():
            if name in new and meaning not in new:
                new[meaning] = new.pop(name)
                self.note("OB2-UPGRADE-RENAMED", (*place, name), name=name, meaning=meaning)

    def _relative(self, new: JsonObject, place: Place, origin: JsonValue, *names: str) -> None:
        """Complete the addresses that 0.5 wrote relative to the issuer's origin."""
        if not isinstance(origin, str):
            return
        for name in names:
            value = new.get(name)
            if isinstance(value, str) and value.startswith("/"):
                new[name] = meaning = urljoin(origin, value)
                self.note("OB2-UPGRADE-VALUE", (*place, name), value=value, meaning=meaning)

    def _date(self, new: JsonObject, name: str, place: Place) -> None:
        value = new.get(name)
        meaning = _modern_date(value)
        if meaning is not None and meaning != value:
            new[name] = meaning
            self.note("OB2-UPGRADE-VALUE", place, value=str(value), meaning=meaning)


def _modern_date(value: JsonValue) -> str | None:
    """Write Unix time, a date, or a moment without a zone as 2.0 does; None if it is none of these."""
    if isinstance(value, str) and _UNIX_TIME.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST_UNIX_TIME:
        return write_date_time(datetime.fromtimestamp(value, UTC))
    if not isinstance(value, str) or not _OLD_DATE.fullmatch(value):
        return None
    try:
        return write_date_time(parse_iso_date_time(f"{value}Z" if "T" in value else f"{value}T00:00:00Z"))
    except ValueError:
        return None


def _contexts(old: JsonValue) -> JsonValue:
    """The context of 2.0, and whatever stood beside the older one."""
    items = old if isinstance(old, list) else [old]
    further = [
        item
        for item in items
        if not isinstance(item, str) or detect({"@context": item}) not in (*_OLDER, "2.0")
    ]
    others = [item for item in further if item is not None]
    return [CONTEXT, *others] if others else CONTEXT


def _without_nothing(members: JsonObject) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
