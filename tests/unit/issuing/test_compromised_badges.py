"""What a stolen key signed, found in the issuer's archive, listed, revoked, and judged by a verifier."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from issued_badges import achievement, fixed_bytes
from key_rings import DID, FIRST, NOW, ONE, STOLEN, TWO, YEAR
from openbadge_issuer.assertions import Image
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.baking import bake
from openbadge_issuer.errors import StatusError
from openbadge_issuer.issuing import Award, Issuer, Recipient
from openbadge_issuer.issuing.compromised_badges import (
    check_revocation_list,
    compromise_list,
    revoke_affected,
    revoke_by_id,
    search_archive,
)
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.compromise import sign_compromise_list, signed_before_compromise
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt, sign_jwt, sign_payload
from openbadge_issuer.status import StatusEntry
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.verification import verify

LIST_URL = "https://badges.example/status/1"
DOCUMENT = "https://badges.example/.well-known/did.json"
THEFT = NOW + YEAR / 2
KEY = STOLEN.key("key-1")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


def issue(
    when: timedelta,
    *,
    key: SigningKey = ONE,
    method: str = f"{DID}#key-1",
    proof: ProofFormat | None = None,
    index: int | None = None,
    valid_from: datetime | None = None,
) -> bytes:
    entry = None if index is None else StatusEntry.at(LIST_URL, index=index, purpose="revocation")
    award = Award(
        achievement=achievement(),
        recipient=Recipient(id="did:example:ada"),
        proof=proof,
        status=entry,
        valid_from=valid_from,
    )
    issuer = Issuer(id=DID, name="Breakthrough", signer=key, verification_method=method)
    return issuer.issue_award(award, now=NOW + when, rng=fixed_bytes).data


BEFORE, AFTER = issue(timedelta(days=1)), issue(YEAR)
ARCHIVE = {
    "before.json": BEFORE,
    "after.json": AFTER,
    "at.json": issue(YEAR / 2),
    "before.jwt": issue(timedelta(days=2), proof="vc-jwt", method=f"{DID}#key-1-jwk"),
    "after.jwt": issue(YEAR, proof="vc+jwt", method=f"{DID}#key-1-jwk"),
    "after.svg": bake(SVG, issue(YEAR + timedelta(days=1))),
    "other.json": issue(YEAR, key=TWO, method=f"{DID}#key-2"),
    "unsigned.json": b"{}",
    "broken.json": b"{",
}


def test_the_archive_is_searched_for_one_key_in_every_form() -> None:
    found = search_archive(STOLEN, KEY, ARCHIVE.items())
    assert [one.place for one in found.signed] == [
        name for name in ARCHIVE if name[0] in "ab" and name != "broken.json"
    ]
    assert found.unreadable == ("broken.json",)
    assert [one.place for one in found.affected(THEFT)] == ["after.json", "at.json", "after.jwt", "after.svg"]
    assert found.signed[0].signed_at == NOW + timedelta(days=1)
    assert str(found.signed[0].id).startswith("urn:uuid:")


@pytest.mark.parametrize("proof", ["vc-jwt", "vc+jwt"])
def test_a_token_is_affected_by_when_it_was_signed_and_not_by_when_it_begins(proof: ProofFormat) -> None:
    method, day = f"{DID}#key-1-jwk", timedelta(days=1)
    archive = {
        "signed before": issue(YEAR / 2 - day, proof=proof, method=method, valid_from=NOW + YEAR),
        "signed after": issue(YEAR / 2 + day, proof=proof, method=method, valid_from=NOW),
    }
    found = search_archive(STOLEN, KEY, archive.items())
    assert [one.signed_at for one in found.signed] == [THEFT - day, THEFT + day]
    assert [one.place for one in found.affected(THEFT)] == ["signed after"]


def test_a_token_that_does_not_say_when_it_was_signed_may_be_as_late_as_it_begins() -> None:
    """Its `nbf` is before the theft, but its credential begins after: so it may have been signed then."""
    credential = unsigned(issue(YEAR))
    token = sign_payload({**credential, "nbf": 0}, ONE, kid=f"{DID}#key-1-jwk", typ="vc+jwt", cty="vc")
    found = search_archive(STOLEN, KEY, [("token", token.encode())])
    assert [one.signed_at for one in found.affected(THEFT)] == [NOW + YEAR]


def unsigned(data: bytes) -> JsonObject:
    return {name: value for name, value in parse_json_object(data).items() if name != "proof"}


def test_a_proof_without_a_date_may_be_of_any_time() -> None:
    undated = add_proof(unsigned(BEFORE), ONE, ProofOptions(verification_method=f"{DID}#key-1"))
    found = search_archive(STOLEN, KEY, [("undated", dump_json(undated))])
    assert [one.signed_at for one in found.affected(THEFT)] == [None]


def test_the_signature_tells_whose_a_badge_is_and_not_the_name_in_it() -> None:
    """Names are easily written: a badge by another key in this one's name, and one by this key in another."""
    archive = [
        ("in its name", issue(YEAR, key=TWO)),
        ("under another name", issue(YEAR, method=f"{DID}#key-2")),
        ("token in its name", issue(YEAR, key=TWO, proof="vc-jwt")),
        ("token under another name", issue(YEAR, method=f"{DID}#key-2", proof="vc-jwt")),
        ("damaged", BEFORE.replace(b"Facilitator", b"Facilitatos")),
        ("of a kind that is not known", BEFORE.replace(b"eddsa-rdfc-2022", b"bbs-2023")),
        ("under a context that is not at hand", BEFORE.replace(b"context-3.0.3", b"context-3.9.9")),
    ]
    found = search_archive(STOLEN, KEY, archive)
    assert [one.place for one in found.signed] == ["under another name", "token under another name"]
    assert found.doubtful == (
        "in its name", "token in its name", "damaged", "of a kind that is not known",
        "under a context that is not at hand",
    )  # fmt: skip
    assert found.unreadable == ()


def test_badges_under_own_contexts_are_found_with_them() -> None:
    url = "https://badges.example/context.json"
    context: JsonObject = {"@context": {"venue": "https://badges.example/venue"}}
    loader = ContextLoader({url: context})
    contexts = unsigned(BEFORE)["@context"]
    assert isinstance(contexts, list)
    document = {**unsigned(BEFORE), "@context": [*contexts, url], "venue": "Town hall"}
    options = ProofOptions(verification_method=f"{DID}#key-1", created=NOW)
    archive = [("own", dump_json(add_proof(document, ONE, options, loader=loader)))]
    assert search_archive(STOLEN, KEY, archive).doubtful == ("own",)
    assert [one.place for one in search_archive(STOLEN, KEY, archive, loader=loader).signed] == ["own"]


def test_a_badge_that_was_signed_under_an_earlier_content_of_a_context_is_found() -> None:
    """`endorsementJwt` had no meaning then, so it was not signed, and it says nothing of the key."""
    document: JsonObject = {**parse_json_object(BEFORE), "endorsementJwt": ["a.b.c"]}
    assert not canonical_form(document).undefined
    assert len(search_archive(STOLEN, KEY, [("earlier", dump_json(document))]).signed) == 1


def test_what_a_holder_signed_is_no_badge() -> None:
    options = ProofOptions(verification_method=f"{DID}#key-1", created=NOW, purpose="authentication")
    shown = add_proof(unsigned(BEFORE), ONE, options)
    assert search_archive(STOLEN, KEY, [("shown", dump_json(shown))]).signed == ()


def signed_2(when: timedelta, key: SigningKey = ONE) -> bytes:
    """Issue a signed badge of 2.0; nothing in it names a key of the ring."""
    base = "https://badges.example/2/"
    by = Issuer(
        id=f"{base}issuer.json", name="Breakthrough", signer=key, url=base, email="a@badges.example",
        base_url=base,
    )  # fmt: skip
    picture = Image(id="https://badges.example/a.png")
    return by.issue(
        achievement(image=picture), Recipient(email="ada@example.org"), version="2.0", proof="jws",
        now=NOW + when,
    ).data  # fmt: skip


def test_signed_badges_of_2_are_found_and_revoked_by_their_id() -> None:
    archive = [("before", signed_2(timedelta(1))), ("after", signed_2(YEAR)), ("3.0", AFTER)]
    archive += [("by another key", signed_2(YEAR, TWO))]
    found = search_archive(STOLEN, KEY, archive)
    assert [one.place for one in found.signed] == ["before", "after", "3.0"]
    affected = found.affected(THEFT)
    assert [(one.place, one.listed_by_id) for one in affected] == [("after", True), ("3.0", False)]
    assert affected[0].issuer == "https://badges.example/2/issuer.json"
    listed: JsonObject = {"type": "RevocationList", "issuer": "x", "revokedAssertions": ["urn:uuid:old"]}
    done, anew = revoke_by_id(affected, listed, reason="The key was stolen.")
    assert [one.place for one in done.revoked] == ["after"]
    assert [one.place for one in done.not_in_list] == ["3.0"]
    line: JsonObject = {"id": affected[0].id, "revoked": True, "revocationReason": "The key was stolen."}
    lines: list[JsonValue] = ["urn:uuid:old", line]
    assert anew == {**listed, "revokedAssertions": lines}
    assert revoke_by_id(affected, anew)[1] == anew
    with pytest.raises(StatusError):
        revoke_by_id(affected, {})


def test_a_badge_of_3_that_names_a_plain_list_is_revoked_in_it() -> None:
    contexts = unsigned(BEFORE)["@context"]
    assert isinstance(contexts, list)
    extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    status: JsonObject = {"id": "https://badges.example/revoked", "type": "1EdTechRevocationList"}
    named: list[JsonValue] = [*contexts, extensions]
    document: JsonObject = {**unsigned(AFTER), "@context": named, "credentialStatus": status}
    signed = add_proof(document, ONE, ProofOptions(verification_method=f"{DID}#key-1"))
    (found,) = search_archive(STOLEN, KEY, [("a", dump_json(signed))]).signed
    done, anew = revoke_by_id([found], {"revokedCredential": []})
    assert (len(done.revoked), len(anew["revokedCredential"])) == (1, 1)  # type: ignore[arg-type]  # an array


def test_a_key_is_also_known_as_did_key_and_in_the_header_of_a_token() -> None:
    own = issue(YEAR, method=ONE.public_key.verification_method)
    credential = {name: value for name, value in parse_json_object(AFTER).items() if name != "proof"}
    token = sign_jwt(credential, ONE, kid=None).encode()
    other = sign_jwt(credential, TWO, kid=None).encode()
    sd = token + b"~WyJhIiwiYiIsMV0~"
    archive = [("did:key", own), ("header", token), ("other", other), ("disclosing", sd)]
    found = search_archive(STOLEN, KEY, archive)
    assert [one.place for one in found.signed] == ["did:key", "header", "disclosing"]


def test_each_proof_of_a_set_counts() -> None:
    options = ProofOptions(verification_method=f"{DID}#key-1", created=NOW + YEAR)
    both = add_proof(parse_json_object(BEFORE), ONE, options)
    found = search_archive(STOLEN, KEY, [("both", dump_json(both))])
    assert len(found.signed) == 2
    assert len(found.affected(THEFT)) == 1


def test_the_affected_badges_are_revoked_and_the_others_are_not(tmp_path: Path) -> None:
    listed = StatusListFile.create(tmp_path / "list.db", url=LIST_URL, issuer=DID)
    entries = [listed.allocate(rng=os.urandom) for _ in range(2)]
    data = [issue(when, index=entry.index) for when, entry in zip((timedelta(1), YEAR), entries, strict=True)]
    archive = [("before", data[0]), ("after", data[1]), ("without", AFTER)]
    affected = search_archive(STOLEN, KEY, archive).affected(THEFT)
    done = revoke_affected(affected, listed, now=THEFT + YEAR, reason="The key was stolen.")
    assert [one.place for one in done.revoked] == ["after"]
    assert [one.place for one in done.not_in_list] == ["without"]
    assert [listed.get(entry.index).value for entry in entries] == [False, True]
    assert listed.get(entries[1].index).reason == "The key was stolen."
    again = revoke_affected(affected, listed, now=THEFT + YEAR)
    assert again == done


def test_a_place_in_another_list_is_left_alone(tmp_path: Path) -> None:
    listed = StatusListFile.create(tmp_path / "list.db", url=f"{LIST_URL}0", issuer=DID)
    entry = listed.allocate(rng=os.urandom)
    affected = search_archive(STOLEN, KEY, [("a", issue(YEAR, index=entry.index))]).affected(THEFT)
    assert len(affected) == 1
    assert revoke_affected(affected, listed, now=THEFT).revoked == ()
    assert listed.get(entry.index).value is False


def test_a_list_of_suspensions_revokes_nothing(tmp_path: Path) -> None:
    listed = StatusListFile.create(tmp_path / "list.db", url=LIST_URL, issuer=DID, purpose="suspension")
    for step in (lambda: check_revocation_list(listed), lambda: revoke_affected((), listed, now=THEFT)):
        with pytest.raises(StatusError) as error:
            step()
        assert error.value.code == "STATUS-STATE-PURPOSE"
        assert str(error.value)


def test_the_list_vouches_for_what_was_signed_before() -> None:
    listed = compromise_list(STOLEN, ARCHIVE.items(), now=THEFT + YEAR)
    assert (listed.issuer, [entry.key for entry in listed.keys]) == (DID, [ONE.public_key])
    assert listed.keys[0].since == THEFT
    vouched = {
        name: signed_before_compromise(
            listed,
            parse_jwt(data) if name.endswith(".jwt") else proof_of(data),
            key=ONE.public_key,
        )
        for name, data in ARCHIVE.items()
        if name.endswith((".jwt", "before.json", "after.json", "at.json"))
    }
    assert vouched == {
        "before.json": True, "after.json": False, "at.json": False, "before.jwt": True, "after.jwt": False,
    }  # fmt: skip
    assert compromise_list(FIRST, ARCHIVE.items(), now=NOW).keys == ()


def proof_of(data: bytes) -> JsonObject:
    found = parse_json_object(data)["proof"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("ring", "data", "code"),
    [
        (FIRST, BEFORE, None),
        (FIRST, AFTER, None),
        (FIRST.rotate(TWO.public_key, uri="two.pem", now=THEFT), BEFORE, None),
        (FIRST.rotate(TWO.public_key, uri="two.pem", now=THEFT), AFTER, "PROOF-KEY-EXPIRED"),
        (FIRST.rotate(TWO.public_key, uri="two.pem", now=THEFT), ARCHIVE["at.json"], "PROOF-KEY-EXPIRED"),
        (FIRST.retire("key-1", at=THEFT, now=THEFT), ARCHIVE["before.jwt"], None),
        (FIRST.retire("key-1", at=THEFT, now=THEFT), ARCHIVE["after.jwt"], "PROOF-KEY-EXPIRED"),
    ],
)
def test_verifiers_judge_a_proof_by_the_life_of_its_key(ring: KeyRing, data: bytes, code: str | None) -> None:
    report = verify(data, now=NOW + 2 * YEAR, documents={DOCUMENT: dump_json(ring.document())})
    failed = {one.code for one in report.findings if (one.outcome, one.severity) == ("failed", "error")}
    assert failed == ({code} if code else set())
    assert bool(report.verdicts["integrity"] == "passed") is (code is None)


@pytest.mark.parametrize("data", [BEFORE, AFTER, ARCHIVE["before.jwt"]])
def test_a_verifier_that_does_not_know_the_list_believes_nothing_of_a_compromised_key(data: bytes) -> None:
    report = verify(data, now=NOW + 2 * YEAR, documents={DOCUMENT: dump_json(STOLEN.document())})
    assert report.verdicts["integrity"] != "passed"
    assert not report.accepted


LIST = "https://badges.example/.well-known/compromised-keys.jwt"


def endorsed_badge() -> bytes:
    """A badge with two endorsements by the key that signed it, one of them a token."""
    issuer = Issuer(id=DID, name="Breakthrough", signer=ONE, verification_method=f"{DID}#key-1")
    own = "urn:uuid:00000000-0000-4000-8000-000000000001"
    inside = issuer.endorse(own, "Well done", now=NOW).inside
    token = issuer.endorse(own, "Well done", proof="vc-jwt", now=NOW).inside
    return issuer.issue(
        achievement(), Recipient(id="did:example:ada"), id=own, endorsements=[inside, token], now=NOW
    ).data


def learner_record() -> bytes:
    issuer = Issuer(id=DID, name="Breakthrough", signer=ONE, verification_method=f"{DID}#key-1")
    badges = [BEFORE, issue(timedelta(days=2), proof="vc+jwt")]
    return issuer.issue_clr(badges, name="Record", now=NOW + timedelta(days=3)).data


@pytest.mark.parametrize("data", [endorsed_badge(), learner_record()])
def test_what_stands_inside_a_vouched_badge_is_vouched_for_too(data: bytes) -> None:
    now = NOW + 2 * YEAR
    listed = compromise_list(STOLEN, [("a", data)], now=now)
    assert len(listed.keys[0].signed) == 3
    documents = {
        DOCUMENT: dump_json(STOLEN.document()),
        LIST: sign_compromise_list(listed, TWO, verification_method=f"{DID}#key-2"),
    }
    report = verify(data, now=now, documents=documents)
    problems = {one.code for one in report.findings if (one.outcome, one.severity) == ("failed", "error")}
    assert problems == set()
    assert report.verdicts["integrity"] == "passed"


def test_what_stands_inside_another_is_affected_with_its_place_and_can_be_revoked(tmp_path: Path) -> None:
    listed = StatusListFile.create(tmp_path / "list.db", url=LIST_URL, issuer=DID)
    entry = listed.allocate(rng=os.urandom)
    other = Issuer(id=DID, name="Breakthrough", signer=TWO, verification_method=f"{DID}#key-2")
    record = other.issue_clr([BEFORE, issue(YEAR, index=entry.index)], name="Record", now=NOW + YEAR).data
    affected = search_archive(STOLEN, KEY, [("clr.json", record)]).affected(THEFT)
    assert [one.place for one in affected] == ["clr.json#/credentialSubject/verifiableCredential/1"]
    assert len(revoke_affected(affected, listed, now=THEFT).revoked) == 1
    assert listed.get(entry.index).value is True


def test_a_proof_that_cannot_be_digested_is_doubtful_and_stops_nothing() -> None:
    proof: JsonObject = {**proof_of(BEFORE), "cryptosuite": "ecdsa-sd-2023", "proofValue": "z1"}
    wrong = dump_json({**parse_json_object(BEFORE), "proof": proof})
    found = search_archive(STOLEN, KEY, [("wrong", wrong), ("missing", None), ("after", AFTER)])
    assert (found.doubtful, found.unreadable) == (("wrong",), ("missing",))
    assert [one.place for one in found.signed] == ["after"]
