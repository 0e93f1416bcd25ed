"""A learner record keeps what is put into it, whatever that is, and is read back as it was written."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from openbadge_issuer.assertions import AchievementCredential, ClrCredential, Profile, credential_class
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.assertions.learner_record import clr_of, contained_credentials

_documents = st.builds(
    lambda badge, more: {**badge.to_json(), **more}, strategies.badges, strategies.extra_members
)


@settings(max_examples=50)
@given(
    st.lists(_documents | strategies.compact_jws, min_size=1, max_size=3),
    strategies.texts,
    st.sampled_from([None, True, False]),
)
def test_a_record_keeps_what_is_put_into_it(
    credentials: list[JsonObject | str],
    name: str,
    partial: bool | None,  # noqa: FBT001  # hypothesis gives it by position
) -> None:
    record = clr_of(
        credentials,
        clr_id="urn:x:record",
        name=name,
        issuer=Profile(id="https://example.org/issuer"),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        subject_id="did:example:ada",
        partial=partial,
    )
    written = parse_json_object(dump_json(record.to_json()))
    assert [found.credential for found in contained_credentials(written)] == credentials
    assert credential_class(written) is ClrCredential
    again = ClrCredential.read(written)
    assert again == record
    assert again.to_json() == written


@settings(max_examples=50)
@given(strategies.badges, strategies.json_objects)
def test_a_broken_credential_inside_is_found_at_its_place(
    badge: AchievementCredential, other: JsonObject
) -> None:
    good = badge.to_json()
    record = clr_of(
        [good],
        clr_id="urn:x:record",
        name="All",
        issuer=Profile(id="https://example.org/issuer"),
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        subject_id="did:example:ada",
    ).to_json()
    subject = record["credentialSubject"]
    assert isinstance(subject, dict)
    subject["verifiableCredential"] = [good, other]
    problems = ClrCredential.check(record)[1]
    assert problems
    assert all(found.pointer.startswith("/credentialSubject/verifiableCredential/1") for found in problems)
