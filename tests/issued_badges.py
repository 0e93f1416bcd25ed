"""Badges that are issued for tests, always the same: fixed keys, fixed time, fixed salts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openbadge_issuer.assertions import (
    Achievement,
    Address,
    Alignment,
    Criteria,
    Evidence,
    GeoCoordinates,
    IdentifierEntry,
    Image,
    LanguageValue,
    Profile,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.issuing import Award, Issuer, Recipient, SignedBadge
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status import StatusEntry
from openbadge_issuer.verification import VerificationReport

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
"""When the badges of these tests are verified."""

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
EMAIL = "ada@example.org"


def fixed_bytes(count: int) -> bytes:
    """Stand in for randomness."""
    return bytes(range(count))


def achievement(**changes: object) -> Achievement:
    """Make the achievement that the small badges recognise."""
    members: dict[str, object] = {
        "id": "https://badges.example/facilitator",
        "name": "Facilitator",
        "description": "Leads a workshop.",
        "criteria": Criteria(narrative="Led one workshop, observed."),
    }
    return Achievement.model_validate({**members, **changes})


def did_issuer(key: SigningKey = KEY) -> Issuer:
    """Make an issuer that is its own key."""
    return Issuer(id=key.did_key, name="Breakthrough", signer=key)


def small(issuer: Issuer | None = None, **options: object) -> SignedBadge:
    """Issue the smallest badge."""
    award = Award(achievement=achievement(), recipient=Recipient(email=EMAIL), id="urn:uuid:1", **options)  # type: ignore[arg-type]  # any option
    return (issuer or did_issuer()).issue_award(award, now=NOW, rng=fixed_bytes)


def small_document(**changes: object) -> JsonObject:
    """Issue the smallest badge and give it parsed, with members changed after signing."""
    return {**parse_json_object(small().data), **changes}  # type: ignore[dict-item]  # whatever a test wants


def sign_document(
    document: Mapping[str, object], key: SigningKey = KEY, *, method: str | None = None
) -> bytes:
    """Sign a document as it stands, whatever it says."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    own = f"{key.did_key}#{key.did_key.removeprefix('did:key:')}"
    plain = parse_json_object(dump_json(unsigned))  # type: ignore[arg-type]  # JSON by then
    options = ProofOptions(verification_method=method or own, created=NOW)
    return dump_json(add_proof(plain, key, options, suite=CRYPTOSUITES["eddsa-rdfc-2022"]))


def signed_with(changes: Mapping[str, object], key: SigningKey = KEY, *, method: str | None = None) -> bytes:
    """Sign the smallest badge with members changed before signing; None leaves a member out."""
    changed = {**small_document(), **changes}
    kept = {name: value for name, value in changed.items() if value is not None}
    return sign_document(kept, key, method=method)


def https_badge(issuer: str, method: str, key: SigningKey = KEY, **options: object) -> SignedBadge:
    """Issue the smallest badge in the name of an https or did:web issuer."""
    return small(Issuer(id=issuer, name="Somebody", signer=key, verification_method=method), **options)


def controller_document(issuer: str, method: str, key: PublicKey, **changes: object) -> JsonObject:
    """Write the document in which an issuer lists a key."""
    listed: JsonObject = {
        "id": method,
        "type": "Multikey",
        "controller": issuer,
        "publicKeyMultibase": key.multibase,
    }
    document: JsonObject = {"id": issuer, "verificationMethod": [listed], "assertionMethod": [method]}
    return {**document, **changes}  # type: ignore[dict-item]  # whatever a test wants


INLINE_CONTEXT: JsonObject = {
    "venue": "https://terms.example/venue",
    "seats": {"@id": "https://terms.example/seats", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
    "remote": {"@id": "https://terms.example/remote", "@type": "http://www.w3.org/2001/XMLSchema#boolean"},
    "page": {"@id": "https://terms.example/page", "@type": "@id"},
}


def large(**options: object) -> SignedBadge:
    """Issue a badge with nearly every member that Open Badges defines, and some of its own."""
    status = StatusEntry.at("https://badges.example/status/1", index=9, purpose="revocation")
    award = Award(
        achievement=_large_achievement(),
        recipient=Recipient(id="did:example:ada", email=EMAIL, phone="+31 20 000 0000", name="Ada"),
        id="urn:uuid:2",
        awarded_date=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=900),
        evidence=(
            "https://badges.example/evidence/1",
            Evidence(
                id="https://badges.example/evidence/2",
                name="Report",
                narrative="Written by two observers.",
                genre="Report",
                audience="Colleagues",
                description="Four pages.",
            ),
        ),
        results=(
            Result(result_description="urn:uuid:result-1", value="8.5", status="Completed"),
            Result(result_description="urn:uuid:result-2", achieved_level="urn:uuid:level-2"),
        ),
        status=status,
        contexts=(INLINE_CONTEXT,),
        **options,  # type: ignore[arg-type]  # any option
    )
    issuer = Issuer(
        id=KEY.did_key,
        name="Breakthrough",
        signer=KEY,
        url="https://badges.example/",
        email="badges@badges.example",
        image=Image(id="https://badges.example/logo.png", caption="Our logo"),
    )
    return issuer.issue_award(award, now=NOW, rng=fixed_bytes)


def _large_achievement() -> Achievement:
    return achievement(
        achievement_type="Certificate",
        name=(
            LanguageValue(value="Facilitator", language="en"),
            LanguageValue(value="Begeleider", language="nl-NL"),
        ),
        criteria=Criteria(
            id="https://badges.example/criteria", narrative="Led *one* workshop: “observed”, twice."
        ),
        alignment=(
            Alignment(
                target_name="Leading groups",
                target_url="https://esco.example/123",
                target_code="123",
                target_framework="ESCO",
                target_type="CFItem",
            ),
        ),
        creator=Profile(
            id="https://badges.example/guild",
            name="Guild",
            parent_org=Profile(id="https://badges.example/union", name="Union"),
            address=Address(
                address_country="Nederland",
                postal_code="1000 AA",
                geo=GeoCoordinates(latitude=52.37, longitude=4.89),
            ),
        ),
        credits_available=3.5,
        field_of_study="Education",
        human_code="FAC-1",
        image=Image(id="data:image/png;base64,iVBORw0KGgo="),
        in_language="nl-NL",
        other_identifier=(IdentifierEntry(identifier="987", identifier_type="ext:catalogue"),),
        related=(Related(id="https://badges.example/co-facilitator", in_language="en", version="2"),),
        result_description=(
            ResultDescription(
                id="urn:uuid:result-1", name="Grade", result_type="RawScore", value_max="10", value_min="1"
            ),
            ResultDescription(
                id="urn:uuid:result-2",
                name="Level",
                result_type="RubricCriterionLevel",
                required_level="urn:uuid:level-1",
                rubric_criterion_level=(
                    RubricCriterionLevel(id="urn:uuid:level-1", name="Sound", level="1", points="1"),
                    RubricCriterionLevel(id="urn:uuid:level-2", name="Strong", level="2", points="2"),
                ),
            ),
        ),
        specialization="Large groups",
        tag=("workshop", "learning"),
        version="1.2",
        venue="Town hall",
        seats=30,
        remote=True,
        page="https://badges.example/venue",
    )


def outcomes(report: VerificationReport) -> dict[str, str]:
    """Give the outcome of every finding by its code."""
    return {found.code: found.outcome for found in report.findings}


def open_or_failed(report: VerificationReport) -> dict[str, str]:
    """Give what was found by code, besides that trust was not asked for and tokens have Ed25519 keys."""
    return {
        found.code: found.outcome
        for found in report.findings
        if found.outcome != "passed" and found.code not in ("TRUST-NOT-ASKED", "JWT-ALGORITHM-OTHER")
    }
