"""Does the credential meet the schemas that it names (`credentialSchema`)?

Open Badges 3.0 has a type of its own for this, `1EdTechJsonSchemaValidator2019`; the W3C has `JsonSchema`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.schema.published import PUBLISHED
from openbadge_issuer.errors import LimitError, ResolutionError
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.report import Finding, finding, finding_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import string_items

if TYPE_CHECKING:
    from openbadge_issuer.verification.json_schema.bounded import UnusableSchemaError
    from openbadge_issuer.verification.json_schema.library import SchemaLibrary

MAX_ENTRIES: Final = 16
"""Each entry can cost a fetch and a validation; no published badge names more than three."""

_DIALECTS: Final = MappingProxyType(
    {
        "1EdTechJsonSchemaValidator2019": "https://json-schema.org/draft/2019-09/schema",
        "JsonSchema": "https://json-schema.org/draft/2020-12/schema",
    }
)
"""By the type of an entry, the dialect of its schema where that names none."""

_SHOWN: Final = 3
"""How many problems the sentence names; who repairs them runs the check again."""


def check_schemas(document: JsonObject, settings: Settings) -> tuple[Finding, ...]:
    """Check the credential against every schema that it names (Open Badges 3.0, CredentialSchema).

    The schemas that 1EdTech publishes are bundled in our own form with the same verdict; others come from
    the fetcher. A schema that cannot be had, or cannot be applied within bounds, leaves the question open.
    """
    value = document.get("credentialSchema")
    if value is None:
        return ()
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_ENTRIES:
        return (finding("SCHEMA-TOO-MANY", "undetermined", "/credentialSchema", limit=MAX_ENTRIES),)
    from openbadge_issuer.verification.json_schema.library import SchemaLibrary  # noqa: PLC0415  # few name one

    library = SchemaLibrary(settings.fetcher)
    findings: list[Finding] = []
    for position, entry in enumerate(entries):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):  # else the data model says so
            place = f"/credentialSchema/{position}" if isinstance(value, list) else "/credentialSchema"
            findings += _check(document, entry, place, library)
    return tuple(findings)


def _check(
    document: JsonObject, entry: JsonObject, place: str, library: SchemaLibrary
) -> tuple[Finding, ...]:
    from openbadge_issuer.verification.json_schema.bounded import UnusableSchemaError  # noqa: PLC0415  # as above

    url, types = str(entry["id"]), string_items(entry.get("type"))
    dialect = next((_DIALECTS[name] for name in types if name in _DIALECTS), None)
    if dialect is None:
        return (finding("SCHEMA-TYPE", "failed", place, type=shown(" ".join(types))),)
    schema = shown(url)
    bundled = (finding("SCHEMA-BUNDLED", "passed", place, schema=schema),) if url in PUBLISHED else ()
    try:
        problems = library.validate(document, url, dialect=dialect)
    except LimitError as error:
        return (finding_of(error, "undetermined", under=place),)
    except (ResolutionError, UnusableSchemaError) as error:
        code, problem = _open(error)
        return (finding(code, "undetermined", place, schema=schema, problem=problem),)
    if not problems:
        return (*bundled, finding("SCHEMA-MISMATCH", "passed", place, schema=schema))
    told = "; ".join(problem.reason for problem in problems[:_SHOWN])
    more = "; …" if len(problems) > _SHOWN else ""
    where = problems[0].pointer
    return (*bundled, finding("SCHEMA-MISMATCH", "failed", where, schema=schema, problems=told + more))


def _open(error: ResolutionError | UnusableSchemaError) -> tuple[str, str]:
    """Why it stays open whether a badge meets a schema: there is none to be had, or none that can be used."""
    if not isinstance(error, ResolutionError):
        return "SCHEMA-INVALID", str(error)
    if error.code == "FETCH-NOT-JSON":
        return "SCHEMA-INVALID", str(error.details["problem"])
    return "SCHEMA-UNREACHABLE", error.code
