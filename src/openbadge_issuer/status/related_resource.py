"""A file that a signed credential names together with its digest (VCDM 2.0, section 5.3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue

_DIGEST = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?\S*)?\Z", re.ASCII)
_STRONGEST_FIRST = ("sha512", "sha384", "sha256")


@dataclass(frozen=True, slots=True)
class RelatedResource:
    """One entry of `relatedResource`: the URL of a file, its digest as in SRI, and its media type."""

    id: str
    digest_sri: str
    media_type: str | None = None

    @classmethod
    def of(cls, url: str, *, data: bytes, media_type: str) -> RelatedResource:
        """Name `data`, published at `url`, with its SHA-384."""
        digest = base64.b64encode(hashlib.sha384(data).digest()).decode("ascii")
        return cls(id=url, digest_sri=f"sha384-{digest}", media_type=media_type)

    def to_json(self) -> JsonObject:
        """Write it as an item of `relatedResource`."""
        item: JsonObject = {"id": self.id, "digestSRI": self.digest_sri}
        if self.media_type is not None:
            item["mediaType"] = self.media_type
        return item

    def matches(self, data: bytes) -> bool:
        """Tell whether `data` is the file that was named; of several digests the strongest kind decides."""
        digests = [found.groups() for part in self.digest_sri.split() if (found := _DIGEST.match(part))]
        for algorithm in _STRONGEST_FIRST:
            stated = [text for name, text in digests if name == algorithm]
            if stated:
                actual = base64.b64encode(hashlib.new(algorithm, data).digest()).decode("ascii")
                return any(hmac.compare_digest(_standard(text), actual) for text in stated)
        return False


def read_related_resources(value: JsonValue) -> tuple[RelatedResource, ...]:
    """Read `relatedResource`; entries without a URL or a `digestSRI` prove nothing and are left out."""
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items:
        if not isinstance(item, dict):
            continue
        url, digest, media_type = item.get("id"), item.get("digestSRI"), item.get("mediaType")
        if isinstance(url, str) and isinstance(digest, str):
            found.append(RelatedResource(url, digest, media_type if isinstance(media_type, str) else None))
    return tuple(found)


def _standard(text: str) -> str:
    return text.replace("-", "+").replace("_", "/").rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
