"""The schema of the report is the one that ships, and reports follow it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest

from openbadge_issuer import Achievement, Criteria, Issuer, Recipient, SigningKey, verify
from openbadge_issuer.verification.schema import FILE_NAME, report_schema

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_shipped_schema_is_the_generated_one() -> None:
    shipped = json.loads(files("openbadge_issuer").joinpath("schemas", FILE_NAME).read_bytes())
    assert shipped == report_schema()


def _signed() -> bytes:
    key = SigningKey.generate()
    badge = Achievement(
        id="urn:uuid:00000000-0000-4000-8000-000000000001",
        name="A",
        description="B",
        criteria=Criteria(narrative="C"),
    )
    issuer = Issuer(id=key.did_key, name="Breakthrough", signer=key)
    return issuer.issue(badge, Recipient(email="ada@example.org"), now=NOW).data


@pytest.mark.parametrize(("old", "new"), [(b"", b""), (b'"B"', b'"X"'), (b"{", b"")])
def test_every_kind_of_report_follows_the_schema(old: bytes, new: bytes) -> None:
    report = verify(_signed().replace(old, new), now=NOW, recipient="email:ada@example.org").to_json()
    checker = jsonschema.Draft201909Validator.FORMAT_CHECKER
    jsonschema.Draft201909Validator(report_schema(), format_checker=checker).validate(report)


def test_a_report_with_a_further_member_does_not_follow_the_schema() -> None:
    report = {**verify(_signed(), now=NOW).to_json(), "more": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(report_schema()).validate(report)
