"""Hypothesis strategies for JSON values and for every model of Open Badges 3.0."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    AchievementCredentialV1,
    AchievementSubject,
    Address,
    Alignment,
    CredentialSchema,
    CredentialStatus,
    Criteria,
    EndorsementCredential,
    EndorsementCredentialV1,
    EndorsementSubject,
    Evidence,
    GeoCoordinates,
    IdentifierEntry,
    IdentityObject,
    Image,
    LanguageValue,
    Profile,
    Proof,
    RefreshService,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
    TermsOfUse,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import ClosedNode, Node

strings = st.text(st.characters(codec="utf-8"), max_size=12)
"""Text that has a UTF-8 form: any characters but surrogates."""

numbers = st.floats(allow_nan=False, allow_infinity=False)
json_scalars: SearchStrategy[JsonValue] = st.none() | st.booleans() | st.integers() | numbers | strings
json_values: SearchStrategy[JsonValue] = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
    max_leaves=12,
)
json_objects: SearchStrategy[JsonObject] = st.dictionaries(strings, json_values, max_size=5)

uris = st.builds(
    "{}{}".format,
    st.sampled_from(["https://example.org/", "did:web:example.org:", "urn:x:", "data:,"]),
    st.text("abcXYZ0189-._~/?#&=%é漢", min_size=1, max_size=10),
)
language_codes = st.sampled_from(["nl", "en", "nl-NL", "zh-Hant-TW", "es-419", "frr"])
language_values = st.builds(
    LanguageValue, strings, st.none() | language_codes, st.sampled_from([None, "ltr", "rtl"])
)
texts = (
    strings
    | language_values
    | st.lists(language_values, min_size=1, max_size=3).map(tuple)
    | st.dictionaries(st.sampled_from(["nl", "en", "fr-FR"]), strings, max_size=2)
)
date_times = st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # given as a zone
dates = st.dates(date(1000, 1, 1))
compact_jws = st.from_regex(r"\A[a-zA-Z0-9_-]{1,9}\.[a-zA-Z0-9_-]{0,9}\.[a-zA-Z0-9_-]{1,9}\Z")
extension_terms = st.from_regex(r"\Aext:[A-Za-z0-9._-]{1,8}\Z")

extra_members = st.dictionaries(strings.map(lambda name: f"x:{name}"), json_values, max_size=2)
"""Members that no class names."""


Kind = TypeVar("Kind", bound=Node)


def _model(kind: type[Kind], *always: str, **members: SearchStrategy[Any]) -> SearchStrategy[Kind]:
    """Build a model with some members left out, but never the required ones and those named `always`."""
    required = {*always, *(name for name, field in kind.model_fields.items() if field.is_required())}
    known = st.fixed_dictionaries(
        {name: members[name] for name in members if name in required},
        optional={name: members[name] for name in members if name not in required},
    )
    more = st.just({}) if issubclass(kind, ClosedNode) else extra_members
    return st.builds(lambda given, extra: kind(**given, **extra), known, more)


def _some(items: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


def _types(*own: str) -> SearchStrategy[tuple[str, ...]]:
    """The class's own types, with perhaps another one around them."""
    return st.sampled_from([own, (*own, "x:Other"), ("https://example.org/Other", *own)])


images = _model(Image, id=uris, caption=texts)
identifier_types = st.sampled_from(["name", "emailAddress", "isbn"]) | extension_terms
identities = _model(
    IdentityObject,
    hashed=st.booleans(),
    identity_hash=strings,
    identity_type=identifier_types,
    salt=strings,
)
identifier_entries = _model(IdentifierEntry, identifier=strings, identifier_type=identifier_types)
places = _model(GeoCoordinates, latitude=numbers, longitude=numbers)
addresses = _model(
    Address,
    type=_types("Address"),
    geo=places,
    **dict.fromkeys(
        (
            "address_country",
            "address_country_code",
            "address_region",
            "address_locality",
            "street_address",
            "post_office_box_number",
            "postal_code",
        ),
        texts,
    ),
)
_person = {
    "type": _types("Profile"),
    "id": uris,
    "url": uris,
    "endorsement_jwt": _some(compact_jws),
    "image": images,
    "address": addresses,
    "other_identifier": _some(identifier_entries),
    "date_of_birth": dates,
    **dict.fromkeys(
        (
            "name",
            "phone",
            "description",
            "email",
            "official",
            "family_name",
            "given_name",
            "additional_name",
            "patronymic_name",
            "honorific_prefix",
            "honorific_suffix",
            "family_name_prefix",
        ),
        texts,
    ),
}
plain_profiles = _model(Profile, **_person)
"""Profiles that nobody endorses and that belong to no other."""

proofs = _model(
    Proof,
    type=strings,
    created=date_times,
    verification_method=uris,
    **dict.fromkeys(("cryptosuite", "proof_purpose", "proof_value", "challenge", "domain", "nonce"), strings),
)
_services = {"id": uris, "type": st.lists(strings, min_size=1, max_size=2).map(tuple)}
_credential = {
    "id": uris,
    "name": texts,
    "description": texts,
    "valid_from": date_times,
    "valid_until": date_times,
    "awarded_date": date_times,
    "proof": _some(proofs),
    "credential_schema": _some(_model(CredentialSchema, **_services)),
    "credential_status": _some(_model(CredentialStatus, **_services)),
    "refresh_service": _some(_model(RefreshService, **_services)),
    "terms_of_use": _some(_model(TermsOfUse, **_services)),
}
_more_contexts = _some(uris | st.dictionaries(strings, strings, max_size=2))
_contexts = _more_contexts.map(lambda more: (CREDENTIALS_V2, OPEN_BADGES_CONTEXT, *more))
_contexts_v1 = _more_contexts.filter(lambda more: CREDENTIALS_V2 not in more).map(
    lambda more: (CREDENTIALS_V1, OPEN_BADGES_CONTEXT, *more)
)
_endorsement = {
    **_credential,
    "type": _types("VerifiableCredential", "EndorsementCredential"),
    "credential_subject": _model(
        EndorsementSubject, type=_types("EndorsementSubject"), id=uris, endorsement_comment=texts
    ),
}
endorsements = _model(
    EndorsementCredential, **_endorsement, context=_contexts, issuer=uris | plain_profiles
) | _model(EndorsementCredentialV1, **_endorsement, context=_contexts_v1, issuer=plain_profiles)
profiles = _model(Profile, **_person, endorsement=_some(endorsements), parent_org=plain_profiles)

alignments = _model(
    Alignment,
    type=_types("Alignment"),
    target_url=uris,
    target_type=st.sampled_from(["CTDL", "CFItem"]) | extension_terms,
    **dict.fromkeys(("target_name", "target_code", "target_description", "target_framework"), texts),
)
rubric_levels = _model(
    RubricCriterionLevel,
    type=_types("RubricCriterionLevel"),
    id=uris,
    alignment=_some(alignments),
    **dict.fromkeys(("name", "description", "level", "points"), texts),
)
result_descriptions = _model(
    ResultDescription,
    type=_types("ResultDescription"),
    id=uris,
    result_type=st.sampled_from(["Percent", "Status"]) | extension_terms,
    alignment=_some(alignments),
    allowed_value=_some(texts),
    required_level=uris,
    rubric_criterion_level=_some(rubric_levels),
    **dict.fromkeys(("name", "required_value", "value_max", "value_min"), texts),
)
results = _model(
    Result,
    type=_types("Result"),
    achieved_level=uris,
    alignment=_some(alignments),
    result_description=uris,
    status=st.sampled_from(["Completed", "OnHold"]),
    value=texts,
)
criteria = _model(Criteria, "id", id=uris, narrative=texts) | _model(Criteria, "narrative", narrative=texts)
achievements = _model(
    Achievement,
    type=_types("Achievement"),
    id=uris,
    criteria=criteria,
    achievement_type=st.sampled_from(["Badge", "MicroCredential"]) | extension_terms,
    alignment=_some(alignments),
    creator=profiles,
    credits_available=numbers,
    endorsement=_some(endorsements),
    endorsement_jwt=_some(compact_jws),
    image=images,
    in_language=language_codes,
    other_identifier=_some(identifier_entries),
    related=_some(
        _model(Related, type=_types("Related"), id=uris, in_language=language_codes, version=texts)
    ),
    result_description=_some(result_descriptions),
    tag=_some(texts),
    **dict.fromkeys(
        ("name", "description", "field_of_study", "human_code", "specialization", "version"), texts
    ),
)
_subject = {
    "type": _types("AchievementSubject"),
    "achievement": achievements,
    "activity_start_date": date_times,
    "activity_end_date": date_times,
    "credits_earned": numbers,
    "image": images,
    "result": _some(results),
    "source": profiles,
    **dict.fromkeys(("license_number", "narrative", "role", "term"), texts),
}
subjects = _model(AchievementSubject, "id", **_subject, id=uris) | _model(
    AchievementSubject,
    "identifier",
    **_subject,
    identifier=st.lists(identities, min_size=1, max_size=2).map(tuple),
)
evidence = _model(
    Evidence,
    type=_types("Evidence"),
    id=uris,
    **dict.fromkeys(("narrative", "name", "description", "genre", "audience"), texts),
)
_badge = {
    **_credential,
    "type": _types("VerifiableCredential", "OpenBadgeCredential")
    | _types("VerifiableCredential", "AchievementCredential"),
    "credential_subject": subjects,
    "image": images,
    "endorsement": _some(endorsements),
    "endorsement_jwt": _some(compact_jws),
    "evidence": _some(evidence),
}
badges = _model(AchievementCredential, **_badge, context=_contexts, issuer=uris | profiles)
old_badges = _model(AchievementCredentialV1, **_badge, context=_contexts_v1, issuer=profiles)
