"""The learning credential of the EU wallet: the claims that its kind has, in their forms, to one wallet."""

from __future__ import annotations

import pytest

from issued_badges import KEY
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.learning_credential import CLAIMS, KIND, sign_learning_credential
from openbadge_issuer.signing.sd_jwt_vc import disclose, parse_sd_jwt_vc
from openbadge_issuer.signing.signing_key import SigningKey

WALLET = SigningKey.generate("P-256")
REQUIRED: JsonObject = {
    "iss": "https://university.example",
    "jti": "urn:uuid:1",
    "iat": 1772366400,
    "exp": 1803902400,
    "issuing_authority": "University of Example",
    "issuing_country": "NL",
    "date_of_issuance": "2026-03-01",
    "family_name": "Lovelace",
    "achievement_title": "Facilitator",
    "language_of_classes": ["en"],
    "learner_identification": "0123456",
    "expected_study_time": "1 week",
    "level_of_learning_experience": 5,
    "types_of_quality_assurance": ["Internal Evaluation"],
}
FULL: JsonObject = {
    **REQUIRED,
    "date_of_expiry": "2036-03-01",
    "given_name": "Ada",
    "achievement_description": "Leads a workshop.",
    "learning_outcomes": ["Opens a circle", "Closes it"],
    "assessment_grade": "Pass",
    "prerequisites_to_enroll": ["None"],
    "integration_stackability_options": True,
}


def issued(claims: JsonObject) -> str:
    return sign_learning_credential(
        claims, KEY, kid=KEY.public_key.verification_method, holder=WALLET.public_key
    )


def test_the_holder_can_keep_back_what_the_kind_lets_him() -> None:
    token = issued(FULL)
    whole = parse_sd_jwt_vc(token)
    assert whole.payload == {"vct": KIND, **FULL, "cnf": {"jwk": WALLET.public_key.jwk}}
    assert whole.jwt.type == "dc+sd-jwt"
    kept = {f"/{name}" for name, claim in CLAIMS.items() if claim.disclosable}
    assert set(whole.places.values()) == kept
    shown = parse_sd_jwt_vc(disclose(token, ["/family_name"])).payload
    plain = {name for name, claim in CLAIMS.items() if not claim.disclosable}
    assert set(shown) == plain | {"vct", "cnf", "family_name"}


def test_the_required_claims_are_enough_and_a_status_may_stand_beside_them() -> None:
    status: JsonObject = {"status_list": {"idx": 7, "uri": "https://university.example/status"}}
    assert parse_sd_jwt_vc(issued({**REQUIRED, "status": status})).payload["status"] == status
    assert set(REQUIRED) == {name for name, claim in CLAIMS.items() if claim.required}
    assert set(FULL) == set(CLAIMS)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_claim_must_be_there(name: str) -> None:
    with pytest.raises(IssuingError) as error:
        issued({key: value for key, value in FULL.items() if key != name})
    assert (error.value.code, error.value.pointer) == ("SD-JWT-LEARNING", f"/{name}")
    assert name in error.value.sentence("nl")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("vct", KIND),
        ("cnf", {}),
        ("nickname", "Ada"),
        ("issuing_country", "Netherlands"),
        ("issuing_country", "nl"),
        ("date_of_issuance", "1 March 2026"),
        ("date_of_expiry", 1803902400),
        ("iat", "now"),
        ("exp", True),
        ("family_name", ""),
        ("family_name", " "),
        ("achievement_title", None),
        ("language_of_classes", "en"),
        ("language_of_classes", []),
        ("learning_outcomes", [7]),
        ("level_of_learning_experience", 0),
        ("level_of_learning_experience", 9),
        ("level_of_learning_experience", "5"),
        ("level_of_learning_experience", True),
        ("integration_stackability_options", "yes"),
    ],
)
def test_another_claim_or_another_form_is_refused(name: str, value: JsonValue) -> None:
    with pytest.raises(IssuingError) as error:
        issued({**FULL, name: value})
    assert (error.value.code, error.value.pointer) == ("SD-JWT-LEARNING", f"/{name}")
