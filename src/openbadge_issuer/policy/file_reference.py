"""The reference of the files that an organisation writes: each member, what may stand there, its default.

`python -m openbadge_issuer.policy.file_reference docs/reference/badge-policy.md` writes it from the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast, get_args

from pydantic.fields import FieldInfo

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.documented import members_of, summary_of
from openbadge_issuer.policy.file_schemas import FILES, file_schema
from openbadge_issuer.policy.people_file import PeopleFile
from openbadge_issuer.policy.period import PATTERN, Period
from openbadge_issuer.policy.section import (
    DATE_PATTERN,
    E_MAIL_PATTERN,
    FILE_PATTERN,
    HTTPS_PATTERN,
    NAME_PATTERN,
    Section,
)

_HEAD: Final = """# The files of an organisation, member by member

Written from the models by `make docs`; a test fails while it is stale. How to write a policy is told in the
[guide](../guide/badge-policy.md); editors read the same from the [schemas](schemas.md#files-that-you-write).

What may stand in a member:

| said below | means |
|---|---|
| text | words of one line or several, at most 2000 characters, without control characters |
| label | words on one line, at most 200 characters |
| words | a table with `en`, `nl` or both, such as `{ en = "Trainer", nl = "Trainer" }` |
| name | small letters, digits and single hyphens, at most 60 |
| period | a number and `hours`, `days`, `weeks`, `months` or `years` of the calendar, such as `"6 weeks"` |
| address | an absolute address such as `https://…` or `did:web:…` |
| date | year, month and day, such as `2026-01-31`, without quotes |

(R…) and (G…) name the [requirements](../badge-policy-requirements.md) that a table serves.
"""
_PAGES: Final[Mapping[str, tuple[str, type[Section]]]] = MappingProxyType(
    {
        "badge-policy": ("The policy file", BadgePolicy),
        "badge": ("The file of a badge", BadgeDefinition),
        "people": ("The people file", PeopleFile),
    }
)
_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"^({PATTERN})$": "period",
        NAME_PATTERN: "name",
        E_MAIL_PATTERN: "e-mail address",
        HTTPS_PATTERN: "https address without `?` and `#`",
        FILE_PATTERN: "file name without spaces, at most in a folder below",
        DATE_PATTERN: "date",
        get_args(Uri)[1].pattern: "address",
    }
)
_LABEL_LENGTH = 200
_FEW = 8


def reference() -> str:
    """Write the whole page."""
    return "\n".join([_HEAD, *(line for name in FILES for line in _file(name))])


def _file(name: str) -> Iterator[str]:
    title, model = _PAGES[name]
    schema = cast("dict[str, Any]", file_schema(name))
    yield f"## {title}\n"
    yield from _section(model, schema, schema["definitions"], "")


def _section(model: type[Section], schema: dict[str, Any], known: dict[str, Any], path: str) -> Iterator[str]:
    """Write the table of a section, then those of the sections within it."""
    if path:
        yield f"### `{path}`\n"
    yield f"{summary_of(model)}\n"
    yield "| member | what may stand there | default | meaning |\n|---|---|---|---|"
    texts = members_of(model)
    inner: list[tuple[str, dict[str, Any]]] = []
    for name, member in schema["properties"].items():
        default = _default(model.model_fields[name])
        yield f"| `{name}` | {_kind(member, known)} | {default} | {texts[name]} |"
        if found := _definition_in(member, known):
            inner.append((f"{path}{'.' if path else ''}{name}{found[1]}", found[0]))
    yield ""
    for below, definition in inner:
        yield from _section(_model_of(definition), definition, known, below)


def _model_of(definition: dict[str, Any]) -> type[Section]:
    return next(one for one in _all_sections(Section) if one.__name__ == definition["title"])


def _all_sections(model: type[Section]) -> Iterator[type[Section]]:
    for one in model.__subclasses__():
        yield one
        yield from _all_sections(one)


def _definition_in(member: dict[str, Any], known: dict[str, Any]) -> tuple[dict[str, Any], str] | None:
    """Find the section that a member holds, and how its path goes on."""
    if reference := _reference(member):
        return known[reference], ""
    if "items" in member and (reference := _reference(member["items"])):
        return known[reference], "[]"
    values = member.get("additionalProperties")
    languages = member.get("properties", {}).get("en")
    for schema, below in ((values, ".NAME"), (languages, ".LANGUAGE")):
        if isinstance(schema, dict) and (reference := _reference(schema)):
            return known[reference], below
    return None


def _reference(schema: dict[str, Any]) -> str:
    found = schema.get("$ref") or next((one["$ref"] for one in schema.get("allOf", ()) if "$ref" in one), "")
    return str(found).rpartition("/")[2]


def _kind(member: dict[str, Any], known: dict[str, Any]) -> str:
    """Say what may stand in a member, in the words of the page."""
    if _reference(member):
        return "table"
    if "enum" in member:
        return ", ".join(f"`{one}`" for one in member["enum"])
    if "anyOf" in member:
        terms = member["anyOf"][0]["enum"]
        return f"{', '.join(f'`{one}`' for one in terms[:_FEW])} and other terms of Open Badges, or `ext:…`"
    if member["type"] == "array":
        return f"list of: {_kind(member['items'], known)}"
    simple = {"object": _table_kind, "integer": _number_kind, "string": _text_kind}
    return simple[member["type"]](member) if member["type"] in simple else "`true`, `false`"


def _number_kind(member: dict[str, Any]) -> str:
    least, most = member["minimum"], member["maximum"]
    step = f", a multiple of {member['multipleOf']}" if "multipleOf" in member else ""
    return f"`{least}`" if least == most else f"{least} to {most}{step}"


def _text_kind(member: dict[str, Any]) -> str:
    if "pattern" not in member:
        return "name of a time zone"
    if member["pattern"] in _FORMS:
        return _FORMS[member["pattern"]]
    return "label" if member["maxLength"] <= _LABEL_LENGTH else "text"


def _table_kind(member: dict[str, Any]) -> str:
    languages = member.get("properties", {}).get("en")
    if languages is None:
        return "tables by name"
    if _reference(languages):
        return "tables by language"
    return "lists of labels by language" if languages.get("type") == "array" else "words"


def _default(field: FieldInfo) -> str:
    """Say what counts if a member is left out."""
    if field.is_required():
        return "**needed**"
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, Section):
        return "as below"
    if isinstance(value, dict):
        return ", ".join(f"`{name}`" for name in value) or "none"
    if value in (None, ()):
        return "none"
    written = list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Period) else value
    return f"`{json.dumps(written, ensure_ascii=False)}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
