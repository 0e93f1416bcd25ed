"""SD-JWT VCs: signature, issuer's key, dates, status and the holder's key, in the same report as badges."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import timedelta

import pytest

from issued_badges import KEY, LATER, NOW, OTHER_KEY, outcomes
from key_rings import DID, FIRST, ONE
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.sd_jwt_making import bind
from openbadge_issuer.signing.sd_jwt_vc import disclose, sign_sd_jwt_vc
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import sign_vp_jose
from openbadge_issuer.signing.vc_jwt import sign_payload
from openbadge_issuer.verification import TrustPolicy, VerificationReport, verify

ISSUER = "https://university.example/issuer"
METADATA = "https://university.example/.well-known/jwt-vc-issuer/issuer"
KIND = "https://university.example/kinds/facilitator"
STATUS = "https://university.example/status/1"
KID = f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{KEY.public_key.thumbprint}"
HOLDER = SigningKey.generate("P-256")
CHALLENGE, DOMAIN = "b3-42", "https://verifier.example"
START, END = int(NOW.timestamp()), int((NOW + timedelta(days=365)).timestamp())
INDEX = 5

Documents = Mapping[str, bytes | Fetched]


def claims(**changes: JsonValue) -> JsonObject:
    usual: JsonObject = {
        "vct": KIND,
        "iss": ISSUER,
        "sub": "did:example:ada",
        "jti": "urn:uuid:1",
        "iat": START,
        "nbf": START,
        "exp": END,
        "given_name": "Ada",
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def issue(key: SigningKey = KEY, kid: str | None = KID, **changes: JsonValue) -> str:
    return of(claims(**changes), key, kid)


def of(stated: JsonObject, key: SigningKey = KEY, kid: str | None = KID) -> str:
    return sign_sd_jwt_vc(stated, key, kid=kid, disclosable=["/given_name"], holder=HOLDER.public_key)


def metadata(*keys: SigningKey, **changes: JsonValue) -> dict[str, bytes | Fetched]:
    listed: list[JsonValue] = [dict(key.public_key.jwk) for key in keys or (KEY,)]
    document: JsonObject = {"issuer": ISSUER, "jwks": {"keys": listed}, **changes}
    return {METADATA: dump_json(document)}


def judged(token: str, documents: Documents | None = None, **options: object) -> VerificationReport:
    given = metadata() if documents is None else documents
    report = verify(token, **{"now": LATER, "documents": given, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
    report.to_json()
    return report


def not_passed(report: VerificationReport) -> dict[str, str]:
    return {
        found.code: found.outcome
        for found in report.findings
        if found.outcome != "passed" and found.code != "TRUST-NOT-ASKED"
    }


def test_it_is_judged_in_the_form_of_a_badge() -> None:
    report = judged(issue())
    assert report, report
    assert (report.specification, report.format) == ("SD-JWT VC", "jwt")
    assert report.key is not None
    assert report.key.shown_by == "document"
    found = report.credential
    assert (found.id, found.issuer, found.name, found.achievement) == ("urn:uuid:1", ISSUER, KIND, KIND)
    assert (found.valid_from, found.valid_until) == ("2026-03-01T12:00:00Z", "2027-03-01T12:00:00Z")
    assert report.verdicts["recipient"] is None
    assert str(report).startswith(f"ACCEPTED — issued by an unnamed issuer <{ISSUER}>")


def test_what_is_kept_back_does_not_matter_and_what_is_changed_does() -> None:
    assert judged(disclose(issue(), ()))
    signed, *_ = issue().split("~")
    other = encode_base64url(b'["salt","given_name","Eve"]')
    assert not_passed(judged(f"{signed}~{other}~")) == {"SD-JWT-UNREFERENCED": "failed"}
    assert not_passed(judged(issue(OTHER_KEY))) == {"PROOF-SIGNATURE": "failed"}


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ({}, {"DOCUMENTS-MISSING": "undetermined"}),
        ({METADATA: Fetched(METADATA, METADATA, 404, None, b"")}, {"FETCH-STATUS": "undetermined"}),
        (metadata(OTHER_KEY), {"DOCUMENTS-MISSING": "undetermined"}),
        (metadata(issuer="https://university.example"), {"METHOD-DOCUMENT-ID": "undetermined"}),
        (metadata(jwks=None), {"METHOD-METADATA": "undetermined"}),
    ],
)
def test_the_key_must_be_the_issuers(documents: Documents, expected: dict[str, str]) -> None:
    report = judged(issue(), documents)
    assert not_passed(report) == expected
    assert report.verdicts["integrity"] == "undetermined"


def test_a_key_in_the_header_is_a_claim_until_the_issuer_lists_it() -> None:
    assert judged(issue(kid=None))
    assert not_passed(judged(issue(kid=None), {})) == {"PROOF-KEY-UNBOUND": "undetermined"}


def test_a_lone_key_of_the_issuer_needs_no_name() -> None:
    payload = claims()
    header = encode_base64url(dump_json({"alg": "EdDSA", "typ": "dc+sd-jwt"}))
    text = f"{header}.{encode_base64url(dump_json(payload))}"
    token = f"{text}.{encode_base64url(KEY.sign(text.encode()))}~"
    assert judged(token)
    assert not_passed(judged(token, metadata(OTHER_KEY))) == {"PROOF-SIGNATURE": "failed"}


def test_other_identifiers_of_issuers_work_as_for_badges() -> None:
    own = KEY.public_key
    assert judged(issue(kid=own.verification_method, iss=own.did_key), {})
    web = {"https://badges.example/.well-known/did.json": dump_json(FIRST.document())}
    assert judged(issue(ONE, f"{DID}#key-1-jwk", iss=DID), web)
    profile: JsonObject = {"id": ISSUER, "verificationMethod": [], "assertionMethod": []}
    assert not judged(issue(), {ISSUER: dump_json(profile)})


def test_a_retired_key_signs_no_later_token() -> None:
    ring = FIRST.retire("key-1", at=NOW + timedelta(days=1), now=NOW + timedelta(days=1))
    web = {"https://badges.example/.well-known/did.json": dump_json(ring.document())}
    assert judged(issue(ONE, f"{DID}#key-1-jwk", iss=DID), web)
    later = START + 2 * 24 * 3600
    assert judged(issue(ONE, f"{DID}#key-1-jwk", iss=DID, nbf=later), web)
    cases: tuple[JsonObject, ...] = (
        {"iat": later},
        {"iat": None, "nbf": later},
        {"iat": None, "nbf": None},
    )
    for changes in cases:
        report = judged(issue(ONE, f"{DID}#key-1-jwk", iss=DID, **changes), web)
        assert not_passed(report) == {"PROOF-KEY-EXPIRED": "failed"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"exp": START + 1}, {"DATE-EXPIRED": "failed"}),
        ({"nbf": END}, {"DATE-NOT-YET": "failed"}),
        ({"iat": END}, {"JWT-IAT": "failed"}),
        ({"exp": "never"}, {"JWT-CLAIM-TYPE": "failed"}),
        ({"nbf": True}, {"JWT-CLAIM-TYPE": "failed"}),
        ({"jti": 7}, {"JWT-CLAIM-TYPE": "failed"}),
        ({"nbf": None, "exp": None}, {}),
    ],
    ids=str,
)
def test_dates_and_claims_are_judged(changes: Mapping[str, JsonValue], expected: dict[str, str]) -> None:
    report = judged(of(claims(**changes)))
    assert not_passed(report) == expected
    assert report.accepted is (expected in ({}, {"JWT-IAT": "failed"}))
    assert judged(issue(exp=START + 1), at=NOW).verdicts["status"] == "passed"


def test_without_an_issuer_nothing_shows_whose_it_is() -> None:
    report = judged(issue(iss=None, kid=KEY.public_key.verification_method))
    assert report.verdicts["integrity"] != "passed"
    assert "iss" not in claims(iss=None)


@pytest.mark.parametrize("typ", ["vc+sd-jwt", "dc+sd-jwt"])
def test_the_name_of_earlier_drafts_is_read_where_the_kind_tells(typ: str) -> None:
    token = sign_payload(claims(), KEY, kid=KID, typ=typ) + "~"
    report = judged(token)
    assert (report.specification, report.accepted) == ("SD-JWT VC", True)


def test_it_is_about_whom_its_subject_names() -> None:
    assert judged(issue(), recipient="did:example:ada")
    for recipient in ("did:example:eve", "email:ada@example.org"):
        report = judged(issue(), recipient=recipient)
        assert not_passed(report) == {"RECIPIENT-OTHER": "failed"}


def test_issuers_are_trusted_for_kinds_of_credential() -> None:
    def trust(*kinds: str) -> TrustPolicy:
        return TrustPolicy.read({"issuer": [{"id": ISSUER, "achievements": list(kinds)}]})

    assert judged(issue(), trust=trust())
    assert judged(issue(), trust=trust("https://university.example/kinds/*"))
    assert not_passed(judged(issue(), trust=trust("urn:other"))) == {"TRUST-ACHIEVEMENT": "failed"}
    assert not_passed(judged(issue(), expected_issuer="https://other.example")) == {
        "TRUST-ISSUER-OTHER": "failed"
    }


# The holder's key


def shown(key: SigningKey = HOLDER, **changes: object) -> str:
    options: dict[str, object] = {"nonce": CHALLENGE, "audience": DOMAIN, "issued": LATER}
    return bind(disclose(issue(), ()), key, **{**options, **changes})  # type: ignore[arg-type]  # any option


def asked(token: str, holder: str | None = None) -> VerificationReport:
    return judged(token, None, challenge=CHALLENGE, domain=DOMAIN, holder=holder)


def test_the_holder_answers_the_challenge_with_the_key_of_the_credential() -> None:
    report = asked(shown())
    assert report, report
    assert outcomes(report)["SD-JWT-KB-MISSING"] == "passed"
    assert asked(shown(), holder="did:example:ada")
    assert not_passed(asked(shown(), holder="did:example:eve")) == {"PRESENTATION-OTHER-HOLDER": "failed"}


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (issue(), "SD-JWT-KB-MISSING"),
        (shown(SigningKey.generate("P-256")), "SD-JWT-KB-SIGNATURE"),
        (shown(nonce="old"), "SD-JWT-KB-CLAIM"),
        (shown(audience="https://other.example"), "SD-JWT-KB-CLAIM"),
        (shown(issued=LATER - timedelta(hours=1)), "SD-JWT-KB-TIME"),
    ],
)
def test_who_has_no_key_or_answers_another_time_is_refused(token: str, code: str) -> None:
    assert not_passed(asked(token)) == {code: "failed"}


def test_it_can_be_shown_in_a_presentation_too() -> None:
    holder = HOLDER.did_key
    inside = issue(sub=holder)
    envelope: JsonObject = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/dc+sd-jwt,{inside}",
    }
    presentation: JsonObject = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": [envelope],
    }
    token = sign_vp_jose(
        presentation,
        HOLDER,
        kid=HOLDER.public_key.verification_method,
        challenge=CHALLENGE,
        audience=DOMAIN,
        issued=LATER,
    )
    report = asked(token)
    assert report, report
    assert [one.specification for one in report.contained] == ["SD-JWT VC"]


# The Status List


def listed(
    *, status: int = 0, key: SigningKey = KEY, typ: str = "statuslist+jwt", **changes: JsonValue
) -> str:
    """Sign a list in which the token of INDEX has a status of two bits; None leaves a claim out."""
    data = bytes([0, status << 2 * (INDEX % 4), 0])
    packed: JsonObject = {"bits": 2, "lst": encode_base64url(zlib.compress(data))}
    payload: JsonObject = {
        "sub": STATUS,
        "iat": START,
        "exp": END,
        "ttl": 3600,
        "status_list": packed,
        **changes,
    }
    kept = {name: value for name, value in payload.items() if value is not None}
    kid = f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{key.public_key.thumbprint}"
    return sign_payload(dict[str, JsonValue](kept), key, kid=kid, typ=typ)


def entry(**changes: JsonValue) -> JsonValue:
    return {"status_list": {"idx": INDEX, "uri": STATUS, **changes}}


def with_list(token: str | None, status: JsonValue = None, **options: object) -> VerificationReport:
    documents = metadata() | ({} if token is None else {STATUS: token.encode()})
    return judged(issue(status=entry() if status is None else status), documents, **options)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (0, {}),
        (1, {"STATUS-REVOKED": "failed"}),
        (2, {"STATUS-SUSPENDED": "failed"}),
        (3, {"STATUS-TOKEN-VALUE": "undetermined"}),
    ],
)
def test_the_status_of_the_token_is_looked_up(status: int, expected: dict[str, str]) -> None:
    report = with_list(listed(status=status))
    assert not_passed(report) == expected
    assert report.verdicts["integrity"] == "passed"
    assert report.accepted is (status == 0)


LISTS: dict[str, tuple[str | None, str]] = {
    "missing": (None, "DOCUMENTS-MISSING"),
    "no token": ("x", "JWT-FORMAT"),
    "another type": (listed(typ="JWT"), "JWT-TYPE"),
    "of another address": (listed(sub=f"{STATUS}0"), "STATUS-TOKEN-LIST"),
    "undated": (listed(iat=None), "STATUS-TOKEN-LIST"),
    "of the future": (listed(iat=END), "STATUS-TOKEN-LIST"),
    "expired": (listed(exp=START + 1), "STATUS-TOKEN-LIST"),
    "expiring never": (listed(exp="never"), "STATUS-TOKEN-LIST"),
    "without bits": (listed(status_list={"lst": "eJxjYAAAAAIAAQ"}), "STATUS-TOKEN-LIST"),
    "too short": (
        listed(status_list={"bits": 8, "lst": encode_base64url(zlib.compress(b"0"))}),
        "STATUS-INDEX-RANGE",
    ),
    "of another key": (listed(key=OTHER_KEY), "STATUS-LIST-UNPROVEN"),
    "changed": (listed()[:-8] + "AAAAAAAA", "STATUS-LIST-UNPROVEN"),
}


@pytest.mark.parametrize(("token", "code"), LISTS.values(), ids=LISTS)
def test_a_list_that_is_not_the_issuers_or_of_today_leaves_it_open(token: str | None, code: str) -> None:
    report = with_list(token)
    assert not_passed(report) == {code: "undetermined"}
    assert (report.verdicts["integrity"], report.verdicts["status"]) == ("passed", "undetermined")


@pytest.mark.parametrize(
    "status",
    [
        "revoked",
        {},
        {"other_mechanism": {}},
        {"status_list": []},
        entry(idx=-1),
        entry(idx=True),
        entry(idx="5"),
        entry(idx=2**50),
        entry(uri=7),
    ],
    ids=str,
)
def test_a_status_of_another_form_leaves_it_open(status: JsonValue) -> None:
    assert not_passed(with_list(listed(), status)) == {"STATUS-TOKEN-CLAIM": "undetermined"}


def test_a_list_may_not_be_older_than_asked() -> None:
    assert with_list(listed(), max_status_age=timedelta(days=60))
    report = with_list(listed(), max_status_age=timedelta(days=1))
    assert not_passed(report) == {"STATUS-LIST-OLD": "undetermined"}


def test_a_later_look_back_asks_for_todays_list() -> None:
    assert not_passed(with_list(listed(exp=START + 1), at=NOW)) == {"STATUS-TOKEN-LIST": "undetermined"}


def test_status_and_what_tells_it_cannot_be_kept_back() -> None:
    digest = encode_base64url(b'["salt","status",{}]')
    signed = sign_payload(claims(), KEY, kid=KID, typ="dc+sd-jwt")
    assert not judged(f"{signed}~{digest}~")
