"""A stolen key signs what its thief likes, dated as he likes: only what the owner vouches for is believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import achievement, outcomes
from key_rings import DID, FIRST, NOW, ONE, ROTATED, STOLEN, TWO, YEAR
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing import compromise
from openbadge_issuer.signing.compromise import (
    LIST_TOKEN_TYPE,
    CompromisedKey,
    CompromiseList,
    sign_compromise_list,
    signature_digest,
)
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_jwt, sign_payload
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import VerificationReport, compromised_keys, verify

DOCUMENT = "https://badges.example/.well-known/did.json"
LIST = "https://badges.example/.well-known/compromised-keys.jwt"
STATUS = "https://badges.example/status/1"
THEFT = NOW + YEAR / 2
TODAY = NOW + 2 * YEAR
GOOD = f"{DID}#key-2"

Documents = Mapping[str, bytes | Fetched]


def issuer(key: SigningKey = ONE, method: str = f"{DID}#key-1", did: str = DID) -> Issuer:
    return Issuer(id=did, name="Breakthrough", signer=key, verification_method=method)


def issue(
    when: timedelta = timedelta(days=1),
    *,
    key: SigningKey = ONE,
    method: str = f"{DID}#key-1",
    proof: ProofFormat | None = None,
    **options: object,
) -> bytes:
    recipient = Recipient(id="did:example:ada")
    signed = issuer(key, method).issue(
        achievement(), recipient, proof=proof, now=NOW + when, **options  # type: ignore[arg-type]  # any option
    )  # fmt: skip
    return signed.data


def secured(data: bytes) -> JsonObject | VcJwt:
    """Take the proof out of a badge, or the token apart."""
    if not data.startswith(b"{"):
        return parse_jwt(data.partition(b"~")[0], types={"jwt", "vc+jwt", "vc+sd-jwt"})
    proof = parse_json_object(data)["proof"]
    assert isinstance(proof, dict)
    return proof


def vouching(
    *badges: bytes,
    key: SigningKey = ONE,
    signer: SigningKey = TWO,
    method: str = GOOD,
    since: datetime = THEFT,
    issued: datetime = THEFT + YEAR,
    did: str = DID,
) -> bytes:
    """Sign a list of what a stolen key really signed."""
    digests = frozenset(signature_digest(secured(badge)) for badge in badges)
    listed = CompromiseList(did, issued, (CompromisedKey(key.public_key, since, digests),))
    return sign_compromise_list(listed, signer, verification_method=method)


def published(listed: bytes | None, ring: KeyRing = STOLEN) -> dict[str, bytes | Fetched]:
    documents: dict[str, bytes | Fetched] = {DOCUMENT: dump_json(ring.document())}
    return documents if listed is None else {**documents, LIST: listed}


def judged(data: bytes, documents: Documents, **options: object) -> VerificationReport:
    report = verify(data, **{"now": TODAY, "documents": documents, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
        found.how("nl")
    return report


def not_passed(report: VerificationReport) -> dict[str, str]:
    """Every error that keeps the badge from being believed."""
    return {
        found.code: found.outcome
        for found in report.findings
        if found.outcome != "passed" and found.severity == "error" and found.verdict == "integrity"
    }


JWK = f"{DID}#key-1-jwk"
HONEST = {
    "eddsa-rdfc-2022": issue(),
    "eddsa-jcs-2022": issue(proof="eddsa-jcs-2022"),
    "Ed25519Signature2020": issue(proof="Ed25519Signature2020"),
    "named as JWK": issue(method=JWK),
    "vc-jwt": issue(proof="vc-jwt", method=JWK),
    "vc+jwt": issue(proof="vc+jwt", method=JWK),
    "named as did:key": issue(method=ONE.public_key.verification_method),
}
BADGE = HONEST["eddsa-rdfc-2022"]
FORGED = {name: issue(evidence=("https://badges.example/forged",)) for name in ("json",)} | {
    "dated back as token": issue(proof="vc-jwt", method=JWK, evidence=("https://badges.example/x",)),
    "under its did:key": issue(
        method=ONE.public_key.verification_method, evidence=("https://badges.example/x",)
    ),
    "of the day before the theft": issue(YEAR / 2 - timedelta(days=1)),
    "of the day after": issue(YEAR / 2 + timedelta(days=1)),
}


@pytest.mark.parametrize("data", HONEST.values(), ids=HONEST)
def test_what_the_owner_vouches_for_is_believed_in_every_form(data: bytes) -> None:
    report = judged(data, published(vouching(*HONEST.values())))
    assert report, report
    assert outcomes(report)["PROOF-KEY-COMPROMISED"] == "passed"
    assert report.key
    assert report.key.shown_by == "document"
    said = next(found for found in report.findings if found.code == "PROOF-KEY-COMPROMISED")
    assert "its owner vouches for this signature" in said.message()
    assert "2026-08-31T00:00:00Z" in said.message()


@pytest.mark.parametrize("data", FORGED.values(), ids=FORGED)
def test_nothing_else_is_believed_whatever_its_date(data: bytes) -> None:
    report = judged(data, published(vouching(*HONEST.values())))
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}
    assert report.outcome == "failed"


def test_a_token_that_brings_the_stolen_key_along_is_one_by_the_stolen_key() -> None:
    credential = {name: value for name, value in parse_json_object(BADGE).items() if name != "proof"}
    forged, own = (
        sign_jwt({**credential, "name": "Forged"}, ONE, kid=None),
        sign_jwt(credential, ONE, kid=None),
    )
    listed = vouching(BADGE, own.encode())
    assert not_passed(judged(forged.encode(), published(listed))) == {"PROOF-KEY-COMPROMISED": "failed"}
    assert judged(own.encode(), published(listed))


def test_a_listed_signature_does_not_carry_over_to_another_badge() -> None:
    other = {**parse_json_object(FORGED["json"]), "proof": secured(BADGE)}
    report = judged(dump_json(other), published(vouching(BADGE)))  # type: ignore[arg-type]  # a JSON object
    assert not_passed(report) == {"PROOF-SIGNATURE": "failed"}


def test_a_badge_with_selective_disclosure_is_vouched_for_in_whatever_it_shows() -> None:
    key, did = SigningKey.generate("P-256"), DID
    ring = FIRST.rotate(key.public_key, uri="file:p256.pem", now=NOW + timedelta(days=1)).add(
        TWO.public_key, uri="file:two.pem", now=NOW + YEAR
    )
    base = issuer(key, f"{did}#key-2").issue(
        achievement(), Recipient(id="did:example:ada"), proof="ecdsa-sd-2023", now=NOW + timedelta(days=2)
    )
    shown = ECDSA_SD_2023.derive(
        parse_json_object(base.data), ["/credentialSubject/achievement", "/name", "/id"]
    )
    stolen = ring.compromise("key-2", since=THEFT)
    listed = vouching(base.data, key=key, method=f"{DID}#key-3")
    found = outcomes(judged(dump_json(shown), published(listed, stolen)))
    assert (found["PROOF-KEY-COMPROMISED"], found["PROOF-SIGNATURE"]) == ("passed", "passed")
    other = vouching(BADGE, key=key, method=f"{DID}#key-3")
    assert outcomes(judged(dump_json(shown), published(other, stolen)))["PROOF-KEY-COMPROMISED"] == "failed"


def test_an_sd_jwt_is_vouched_for_by_the_issuers_signature() -> None:
    credential = {name: value for name, value in parse_json_object(BADGE).items() if name != "proof"}
    token = sign_vc_sd_jwt(credential, ONE, kid=JWK, disclosable=["/name"]).encode()
    assert judged(token, published(vouching(token)))
    report = judged(token, published(vouching(BADGE)))
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_good_keys_of_the_same_issuer_need_no_list() -> None:
    report = judged(issue(YEAR, key=TWO, method=GOOD), published(None))
    assert report, report
    assert "PROOF-KEY-COMPROMISED" not in outcomes(report)


GONE = Fetched(LIST, LIST, 404, None, b"")
UNUSABLE: dict[str, tuple[bytes | Fetched | None, str]] = {
    "not given": (None, "DOCUMENTS-MISSING"),
    "gone": (GONE, "FETCH-STATUS"),
    "a web page": (b"<!doctype html>", "JWT-FORMAT"),
    "a badge": (HONEST["vc-jwt"], "JWT-TYPE"),
    "by the stolen key": (
        sign_payload(
            {"iss": DID, "iat": int(TODAY.timestamp()), "keys": []}, ONE, kid=JWK, typ=LIST_TOKEN_TYPE
        ).encode(),
        "COMPROMISE-KEY",
    ),
    "by the stolen key in the good one's name": (
        sign_payload(
            {"iss": DID, "iat": int(TODAY.timestamp()), "keys": []}, ONE, kid=GOOD, typ=LIST_TOKEN_TYPE
        ).encode(),
        "PROOF-SIGNATURE",
    ),
    "by a stranger's own key": (
        vouching(
            BADGE,
            signer=(stranger := SigningKey.generate()),
            method=stranger.public_key.verification_method,
        ),
        "COMPROMISE-KEY",
    ),
    "by a key that is in no document": (
        vouching(BADGE, signer=SigningKey.generate(), method=f"{DID}#key-9"),
        "METHOD-NOT-LISTED",
    ),
    "another's list": (vouching(BADGE, did="did:web:other.example"), "COMPROMISE-OTHER"),
    "of the future": (vouching(BADGE, issued=TODAY + timedelta(minutes=2)), "COMPROMISE-FUTURE"),
    "from before the theft was known to be so early": (
        vouching(BADGE, FORGED["of the day before the theft"], since=THEFT + timedelta(days=1)),
        "COMPROMISE-OLD",
    ),
    "cut off": (vouching(BADGE)[:-2], "PROOF-SIGNATURE-LENGTH"),
    "in another form": (
        sign_payload({"iss": DID, "iat": "now", "keys": []}, TWO, kid=GOOD, typ=LIST_TOKEN_TYPE).encode(),
        "COMPROMISE-FORMAT",
    ),
}


@pytest.mark.parametrize(("listed", "code"), UNUSABLE.values(), ids=UNUSABLE)
def test_without_a_good_list_nothing_is_known(listed: bytes | Fetched | None, code: str) -> None:
    documents = published(None) if listed is None else {**published(None), LIST: listed}
    for data in (BADGE, HONEST["vc-jwt"], FORGED["of the day before the theft"]):
        report = judged(data, documents)
        assert not_passed(report) == {"COMPROMISE-LIST": "undetermined", code: "undetermined"}
        assert (report.outcome, report.accepted) == ("undetermined", False)


def test_a_later_look_back_still_asks_for_todays_list() -> None:
    """The moment asked for moves dates and keys; whether a key was stolen is known today."""
    report = judged(BADGE, published(None), at=NOW + timedelta(days=2))
    assert report.outcome == "undetermined"
    assert judged(BADGE, published(vouching(BADGE)), at=NOW + timedelta(days=2))


def test_a_list_that_knows_of_an_earlier_theft_than_the_document_counts() -> None:
    assert judged(BADGE, published(vouching(BADGE, since=THEFT - timedelta(days=9))))
    early = vouching(since=THEFT - timedelta(days=9))
    assert not_passed(judged(BADGE, published(early))) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_list_that_does_not_name_the_key_vouches_for_nothing_by_it() -> None:
    listed = sign_compromise_list(CompromiseList(DID, THEFT + YEAR, ()), TWO, verification_method=GOOD)
    assert not_passed(judged(BADGE, published(listed))) == {"PROOF-KEY-COMPROMISED": "failed"}


THREE = SigningKey.generate()
LATER_RING = STOLEN.rotate(THREE.public_key, uri="file:three.pem", now=NOW + YEAR + YEAR / 2)


def test_a_retired_key_vouches_in_lists_from_before_its_end_only() -> None:
    before, after = (vouching(BADGE, issued=NOW + YEAR + YEAR / 2 + one) for one in (-YEAR / 9, YEAR / 9))
    assert judged(BADGE, published(before, LATER_RING))
    report = judged(BADGE, published(after, LATER_RING))
    assert not_passed(report) == {"COMPROMISE-LIST": "undetermined", "COMPROMISE-KEY": "undetermined"}


def test_the_list_of_a_key_that_was_stolen_too_is_worth_nothing() -> None:
    both = LATER_RING.compromise("key-2", since=NOW + YEAR + timedelta(days=9))
    report = judged(BADGE, published(vouching(BADGE), both))
    assert not_passed(report) == {"COMPROMISE-LIST": "undetermined", "COMPROMISE-KEY": "undetermined"}
    anew = vouching(BADGE, signer=THREE, method=f"{DID}#key-3")
    assert judged(BADGE, published(anew, both))


def test_a_key_that_is_only_revoked_and_leads_to_no_list_is_refused_outright() -> None:
    document = {name: value for name, value in STOLEN.document().items() if name != "service"}
    report = judged(BADGE, {DOCUMENT: dump_json(document), LIST: vouching(BADGE)})
    assert not_passed(report) == {"METHOD-PURPOSE": "failed"}


@pytest.mark.parametrize(
    "service",
    [
        {"type": "LinkedDomains", "serviceEndpoint": LIST},
        {"type": "CompromisedKeyList"},
        {"type": "CompromisedKeyList", "serviceEndpoint": {"uri": LIST}},
        "CompromisedKeyList",
        [],
    ],
    ids=str,
)
def test_a_service_of_another_kind_leads_to_no_list(service: JsonValue) -> None:
    document: JsonObject = {**STOLEN.document(), "service": service}
    report = judged(BADGE, {DOCUMENT: dump_json(document), LIST: vouching(BADGE)})
    assert not_passed(report) == {"METHOD-PURPOSE": "failed"}


@pytest.mark.parametrize("endpoint", ["http://badges.example/x", "https://127.0.0.1/x", "file:///etc/passwd"])
def test_the_list_is_fetched_from_plain_https_addresses_only(endpoint: str) -> None:
    service: JsonValue = [{"type": ["CompromisedKeyList"], "serviceEndpoint": [endpoint]}]
    report = judged(BADGE, {DOCUMENT: dump_json({**STOLEN.document(), "service": service})})
    assert outcomes(report)["COMPROMISE-LIST"] == "undetermined"


def test_a_key_that_still_stands_among_the_good_ones_is_stolen_all_the_same() -> None:
    """An issuer forgets to take it out, or lists it under another name too."""
    document = STOLEN.document()
    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    assert isinstance(methods[0], dict)
    again: JsonObject = {
        name: value for name, value in methods[0].items() if name not in ("revoked", "expires")
    }
    names: list[JsonValue] = [str(one["id"]) for one in methods if isinstance(one, dict)]
    kept: JsonObject = {
        **document,
        "verificationMethod": [*methods, {**again, "id": f"{DID}#again"}],
        "assertionMethod": [*names, f"{DID}#again"],
    }
    for method in (f"{DID}#key-1", f"{DID}#again"):
        forged = issue(method=method, evidence=("https://badges.example/forged",))
        report = judged(forged, {DOCUMENT: dump_json(kept), LIST: vouching(BADGE)})
        assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_another_document_of_the_thief_that_lists_the_key_as_good_does_not_help() -> None:
    thief = "did:web:thief.example"
    document: JsonObject = {
        "id": thief,
        "verificationMethod": [
            {
                "id": f"{thief}#k",
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": ONE.public_key.multibase,
            }
        ],
        "assertionMethod": [f"{thief}#k"],
    }
    forged = issue(method=f"{thief}#k", evidence=("https://badges.example/forged",))
    own = {"https://thief.example/.well-known/did.json": dump_json(document)}
    report = judged(forged, {**published(vouching(BADGE)), **own})
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_pinned_key_can_be_stolen_too() -> None:
    from openbadge_issuer.verification import TrustPolicy  # noqa: PLC0415  # for this case

    trust = TrustPolicy.read({"issuer": [{"id": DID, "keys": [ONE.public_key.multibase]}]})
    assert judged(BADGE, published(vouching(BADGE)), trust=trust)
    report = judged(FORGED["json"], published(vouching(BADGE)), trust=trust)
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_key_that_was_retired_before_it_was_stolen_keeps_its_end() -> None:
    """The owner's own list cannot make it sign after its retirement."""
    late = issue(YEAR + timedelta(days=1))
    report = judged(late, published(vouching(late)))
    assert not_passed(report) == {"PROOF-KEY-EXPIRED": "failed"}


# Sets and chains of proofs


def both(first: bytes, second: SigningKey, method: str, *, chain: bool) -> bytes:
    """Add a proof to a badge, beside or upon the first."""
    document = parse_json_object(first)
    proof = document["proof"]
    assert isinstance(proof, dict)
    options = ProofOptions(
        verification_method=method,
        created=NOW + timedelta(days=2),
        previous_proof=(str(proof["id"]),) if chain else (),
    )
    return dump_json(add_proof(document, second, options))


def with_id(when: timedelta, key: SigningKey = ONE, method: str = f"{DID}#key-1", **more: JsonValue) -> bytes:
    document = {name: value for name, value in parse_json_object(BADGE).items() if name != "proof"}
    options = ProofOptions(verification_method=method, created=NOW + when, id="urn:uuid:first")
    return dump_json(add_proof({**document, **more}, key, options))


FIRST_PROOF = with_id(timedelta(days=1))


@pytest.mark.parametrize("chain", [False, True])
def test_a_proof_upon_one_that_is_vouched_for_holds(chain: bool) -> None:  # noqa: FBT001  # a parameter
    data = both(FIRST_PROOF, TWO, GOOD, chain=chain)
    assert judged(data, published(vouching(FIRST_PROOF)))


@pytest.mark.parametrize("chain", [False, True])
def test_a_thief_gains_nothing_by_adding_his_proof_to_a_good_one(chain: bool) -> None:  # noqa: FBT001  # a parameter
    good = with_id(timedelta(days=1), TWO, GOOD)
    report = judged(both(good, ONE, f"{DID}#key-1", chain=chain), published(vouching(BADGE)))
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_good_proof_does_not_make_a_stolen_one_under_it_good() -> None:
    forged = with_id(timedelta(days=1), name="Forged")
    report = judged(both(forged, TWO, GOOD, chain=True), published(vouching(BADGE)))
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed", "PROOF-PREVIOUS-FAILED": "failed"}


# What else an issuer signs


def test_endorsements_by_a_stolen_key_are_judged_alike() -> None:
    signed = issuer().endorse("urn:uuid:badge", "Sound work.", now=NOW + timedelta(days=1))
    other = SigningKey.generate()
    badge = Issuer(id=other.did_key, name="Other", signer=other).issue(
        achievement(),
        Recipient(id="did:example:ada"),
        id="urn:uuid:badge",
        endorsements=[signed.inside],
        now=NOW,
    )
    report = judged(badge.data, published(vouching(signed.data)))
    assert report, report
    assert report.endorsements[0].accepted
    report = judged(badge.data, published(vouching(BADGE)))
    assert outcomes(report)["ENDORSEMENT-BROKEN"] == "failed"
    report = judged(badge.data, published(None))
    assert outcomes(report)["ENDORSEMENT-OPEN"] == "undetermined"


@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt"])
def test_a_status_list_by_a_stolen_key_is_believed_only_if_it_is_vouched_for(proof: ProofFormat) -> None:
    """The thief would publish a list in which his badges, or revoked ones, stand as good."""
    entry = StatusEntry.at(STATUS, index=7, purpose="revocation")
    badge = issue(YEAR, key=TWO, method=GOOD, status=entry)
    listed = StatusList.create(STATUS, issuer=DID).sign(
        ONE, verification_method=JWK, now=NOW + timedelta(days=1), valid_for=2 * YEAR, proof=proof
    )
    report = judged(badge, {**published(vouching(listed)), STATUS: listed})
    assert report, report
    for documents in (published(vouching(BADGE)), published(None)):
        report = judged(badge, {**documents, STATUS: listed})
        assert outcomes(report)["STATUS-LIST-UNPROVEN"] == "undetermined"
        assert not report


# How much one badge may cost


def test_a_list_is_fetched_and_read_once_for_a_badge(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes | str] = []

    def counting(data: bytes | str) -> compromise.UnverifiedCompromiseList:
        read.append(data)
        return original(data)

    original = compromise.read_compromise_list
    monkeypatch.setattr(compromise, "read_compromise_list", counting)
    data = both(FIRST_PROOF, ONE, f"{DID}#key-1", chain=False)
    second = parse_json_object(data)["proof"]
    assert isinstance(second, list)
    assert len(second) == 2
    judged(data, published(vouching(FIRST_PROOF)))
    assert len(read) == 1


def test_a_badge_that_wants_too_many_lists_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compromised_keys, "MAX_LISTS", 0)
    report = judged(BADGE, published(vouching(BADGE)))
    assert not_passed(report) == {"COMPROMISE-LIST": "undetermined", "COMPROMISE-LISTS": "undetermined"}


# Keys that were retired in good order


@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jwt", "vc+jwt"])
def test_a_retired_key_keeps_verifying_what_it_signed_and_nothing_later(proof: ProofFormat) -> None:
    method = JWK if proof.endswith("jwt") else f"{DID}#key-1"
    early, late = (issue(when, proof=proof, method=method) for when in (timedelta(days=1), YEAR))
    documents = published(None, ROTATED)
    assert judged(early, documents)
    assert not_passed(judged(late, documents)) == {"PROOF-KEY-EXPIRED": "failed"}


@pytest.mark.parametrize(
    ("claims", "refused"),
    [
        ({}, False),
        ({"nbf": -1}, False),
        ({"iat": -1}, False),
        ({"iat": 0}, True),
        ({"nbf": 0}, True),
        ({"iat": -1, "nbf": 5}, False),
        ({"iat": 5, "nbf": -1}, True),
    ],
    ids=str,
)
def test_when_a_token_says_that_it_was_signed_counts(claims: Mapping[str, int], *, refused: bool) -> None:
    """A token signed after the end of its key holds an older credential; moments here are from that end."""
    end = int((NOW + YEAR).timestamp())
    credential = {name: value for name, value in parse_json_object(BADGE).items() if name != "proof"}
    payload: JsonObject = {**credential, **{name: end + seconds for name, seconds in claims.items()}}
    token = sign_payload(payload, ONE, kid=JWK, typ="vc+jwt", cty="vc").encode()
    expected = {"PROOF-KEY-EXPIRED": "failed"} if refused else {}
    assert not_passed(judged(token, published(None, ROTATED))) == expected


@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt", "vc+jwt"])
def test_from_when_a_badge_counts_is_not_when_it_was_signed(proof: ProofFormat) -> None:
    method = JWK if proof.endswith("jwt") else f"{DID}#key-1"
    documents, day = published(None, ROTATED), timedelta(days=1)
    ahead = issue(YEAR - day, proof=proof, method=method, valid_from=NOW + YEAR + 30 * day)
    assert judged(ahead, documents)
    late = issue(YEAR + day, proof=proof, method=method, valid_from=NOW)
    assert not_passed(judged(late, documents)) == {"PROOF-KEY-EXPIRED": "failed"}


def test_a_proof_without_a_date_is_of_today() -> None:
    document = {name: value for name, value in parse_json_object(BADGE).items() if name != "proof"}
    undated = dump_json(add_proof(document, ONE, ProofOptions(verification_method=f"{DID}#key-1")))
    assert judged(undated, published(None, FIRST))
    assert not_passed(judged(undated, published(None, ROTATED))) == {"PROOF-KEY-EXPIRED": "failed"}


PROFILE = "https://badges.example/issuer"
KEY_URL = "https://badges.example/keys/1"


def profile(method: JsonObject | str, **more: JsonValue) -> bytes:
    return dump_json({"id": PROFILE, "type": "Profile", "assertionMethod": [method], **more})


def multikey(**ends: JsonValue) -> JsonObject:
    own: JsonObject = {
        "id": KEY_URL,
        "type": "Multikey",
        "controller": PROFILE,
        "publicKeyMultibase": ONE.public_key.multibase,
    }
    return {**own, **ends}


END = {"expires": "2026-09-01T00:00:00Z"}
PROFILES: dict[str, dict[str, bytes]] = {
    "in the profile": {PROFILE: profile(multikey(**END))},
    "by name, in a document of its own": {PROFILE: profile(KEY_URL), KEY_URL: dump_json(multikey(**END))},
}


@pytest.mark.parametrize("documents", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt"])
def test_an_https_profile_ends_its_keys_alike(documents: dict[str, bytes], proof: ProofFormat) -> None:
    early, late = (
        issuer(method=KEY_URL, did=PROFILE).issue(
            achievement(), Recipient(id="did:example:ada"), proof=proof, now=NOW + when
        )
        for when in (timedelta(days=1), YEAR)
    )
    assert judged(early.data, documents)
    assert not_passed(judged(late.data, documents)) == {"PROOF-KEY-EXPIRED": "failed"}


def test_an_https_profile_can_lead_to_a_list_too() -> None:
    good: JsonObject = {
        "id": f"{PROFILE}#good",
        "type": "Multikey",
        "controller": PROFILE,
        "publicKeyMultibase": TWO.public_key.multibase,
    }
    service: JsonObject = {"type": "CompromisedKeyList", "serviceEndpoint": LIST}
    document: JsonObject = {
        "id": PROFILE,
        "verificationMethod": [multikey(revoked="2026-08-31T00:00:00Z"), good],
        "assertionMethod": [f"{PROFILE}#good"],
        "service": service,
    }
    badge = issuer(method=KEY_URL, did=PROFILE).issue(
        achievement(), Recipient(id="did:example:ada"), now=NOW + timedelta(days=1)
    )
    listed = vouching(badge.data, method=f"{PROFILE}#good", did=PROFILE)
    assert judged(badge.data, {PROFILE: dump_json(document), LIST: listed})
    other = vouching(BADGE, method=f"{PROFILE}#good", did=PROFILE)
    report = judged(badge.data, {PROFILE: dump_json(document), LIST: other})
    assert not_passed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_key_set_that_still_holds_a_stolen_key_does_not_rescue_it() -> None:
    """Taken out of the profile's good keys, forgotten in the key set of the host."""
    service: JsonObject = {"type": "CompromisedKeyList", "serviceEndpoint": LIST}
    document: JsonObject = {
        "id": PROFILE,
        "verificationMethod": [multikey(revoked="2026-08-31T00:00:00Z")],
        "assertionMethod": [],
        "service": service,
    }
    key_set: JsonObject = {"keys": [{**ONE.public_key.jwk, "kid": "forgotten"}]}
    documents = {
        PROFILE: dump_json(document),
        "https://badges.example/.well-known/jwks.json": dump_json(key_set),
    }
    credential = issuer(method=KEY_URL, did=PROFILE).issue(
        achievement(), Recipient(id="did:example:ada"), proof="vc-jwt", now=NOW + timedelta(days=1)
    )
    header: JsonObject = {"alg": "EdDSA", "kid": "forgotten"}
    token = parse_jwt(credential.data)
    from openbadge_issuer.signing.base64url import encode_base64url  # noqa: PLC0415  # for this token

    text = f"{encode_base64url(dump_json(header))}.{encode_base64url(dump_json(token.payload))}"
    forged = f"{text}.{encode_base64url(ONE.sign(text.encode()))}".encode()
    report = judged(forged, documents)
    assert outcomes(report)["COMPROMISE-LIST"] == "undetermined"
    assert not report


def test_moments_of_this_file_are_in_order() -> None:
    assert datetime(2026, 3, 1, 12, tzinfo=UTC) == NOW < THEFT < NOW + YEAR < TODAY
