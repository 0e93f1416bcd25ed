"""The files of people: what they need, how they are named in a badge, and what is left after erasure."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from openbadge_issuer import Achievement, Criteria, Image, Issuer, Recipient, SigningKey, validate, verify
from openbadge_issuer.assertions.open_badges_2 import IdentityObject as IdentityObject2
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.claim_code import ClaimCode
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.people import CLAIM_IDENTITY, Person, email_key, needs_guardian
from openbadge_issuer.policy.person_events import (
    ClaimCodeUsed,
    Contact,
    EvidenceConsentGiven,
    PersonChanged,
    PersonDetails,
    PersonRegistered,
)
from openbadge_issuer.policy.standing import Actor
from staffed_organisation import ADA, BOARD, CAS, NOW, POLICY, actor, erased, policy_of, refusal, staffed

HOLDER = "p-holder"
CODE, OTHER = ClaimCode.of(bytes(16)), ClaimCode.of(bytes(range(16)))
SALT = bytes(range(16))
PLAIN = PersonDetails(name="Dee Mol", email=" Dee@Example.org ")
NAMELESS = PersonDetails(name="Eva Roos")
CHILD = PersonDetails(name="Fin", minor=True, guardian=Contact(name="Gé", other="06 12345678"))
GUARDED = policy_of({"minors.guardian_below": 16})
UNGUARDED = policy_of({"minors.guardian_below": 0})


def by(who: str | None = ADA, **options: object) -> Actor:
    return actor(who, staffed(), **options)  # type: ignore[arg-type]  # those of `actor`


def registered(details: PersonDetails = PLAIN) -> tuple[Event, ...]:
    return Person().register(by(), person=HOLDER, details=details)


def with_code(details: PersonDetails = NAMELESS) -> tuple[Event, ...]:
    known = registered(details)
    return known + Person.of(known).give_code(by(), code=CODE, salt=SALT)


def identities(recipient: Recipient) -> list[tuple[str, bool]]:
    return [(one.identity_type, one.hashed) for one in recipient.identity_objects(bytes)]


# --- registering and changing -----------------------------------------------------------------------------


def test_a_name_is_enough() -> None:
    """R7: no e-mail address, DID or account is needed."""
    person = Person.of(registered(NAMELESS))
    assert person.details == NAMELESS
    assert person.facts(POLICY) == Facts("registered", person=HOLDER)


def test_a_person_is_looked_up_by_address_or_identifier() -> None:
    assert Person.of(registered()).facts(POLICY).key == "dee@example.org" == email_key(" DEE@example.org")
    did = PersonDetails(name="Dee", identifier="did:key:z6Mk1")
    assert Person.of(registered(did)).facts(POLICY).key == "did:key:z6Mk1"


def test_who_works_with_people_for_any_badge_may_register_them() -> None:
    limited = staffed({ADA: "manager"}, badges=["cook"])
    assert Person().register(actor(ADA, limited), person=HOLDER, details=PLAIN)
    with pytest.raises(PolicyError) as caught:
        Person().register(actor(CAS, staffed({CAS: "technician"})), person=HOLDER, details=PLAIN)
    assert refusal(caught.value)[0] == "POLICY-NO-RIGHT"


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("PERSON-NAME", PersonDetails(name="  ")),
        ("PERSON-EMAIL", PersonDetails(name="Dee", email="dee")),
        ("PERSON-EMAIL", PersonDetails(name="Dee", email="dee@example.org>, a@b.nl")),
        ("PERSON-EMAIL", PersonDetails(name="Dee", email="a,dee@example.org")),
        ("PERSON-EMAIL", PersonDetails(name="Dee", email=f"{'a' * 250}@example.org")),
        ("POLICY-TEXT-CONTROL", PersonDetails(name="Dee\nBcc: all@example.org")),
        ("PERSON-IDENTIFIER", PersonDetails(name="Dee", identifier="dee")),
        ("PERSON-IDENTIFIER", PersonDetails(name="Dee", identifier="mailto:dee@example.org")),
        ("PERSON-IDENTIFIER", PersonDetails(name="Dee", identifier="tel:+31612345678")),
        ("PERSON-IDENTIFIER", PersonDetails(name="Dee", identifier="https://example.org/dee@example.org")),
        ("PERSON-IDENTIFIER", PersonDetails(name="Dee", identifier="did:key:z 1")),
        ("PERSON-GUARDIAN", PersonDetails(name="Fin", minor=True)),
        ("PERSON-GUARDIAN-CONTACT", PersonDetails(name="Fin", guardian=Contact(name="Gé"))),
        ("PERSON-GUARDIAN-CONTACT", PersonDetails(name="Fin", guardian=Contact(name=" ", email="g@h.nl"))),
        ("PERSON-EMAIL", PersonDetails(name="Fin", guardian=Contact(name="Gé", email="x"))),
        ("POLICY-TEXT-LONG", PersonDetails(name="x" * 4_001)),
    ],
)
def test_details_that_cannot_be_used_are_refused(code: str, details: PersonDetails) -> None:
    with pytest.raises(PolicyError) as caught:
        Person().register(by(), person=HOLDER, details=details)
    assert refusal(caught.value)[0] == code
    with pytest.raises(PolicyError) as caught:
        Person.of(registered()).change(by(), details=details)
    assert refusal(caught.value)[0] == code


def test_details_hold_nothing_that_is_not_asked_for() -> None:
    with pytest.raises(ValidationError):
        PersonDetails.model_validate({"name": "Dee", "born": "2001-01-01"})


def test_a_minor_needs_no_guardian_where_the_policy_says_so() -> None:
    child = PersonDetails(name="Fin", minor=True)
    assert Person().register(by(policy=UNGUARDED), person=HOLDER, details=child)
    assert not needs_guardian(child, UNGUARDED)
    assert needs_guardian(child, GUARDED)


def test_a_person_is_registered_once() -> None:
    with pytest.raises(PolicyError) as caught:
        Person.of(registered()).register(by(), person=HOLDER, details=PLAIN)
    assert refusal(caught.value)[0] == "PERSON-KNOWN"


def test_a_change_says_what_changed_and_nothing_more() -> None:
    known = registered()
    new = PersonDetails(name="Dee Mol", email="dee@elsewhere.example", language="nl")
    (event,) = Person.of(known).change(by(), details=new)
    assert isinstance(event, PersonChanged)
    assert event.changed == ("email", "language")
    assert "elsewhere" not in str(event.sealed().body)
    assert Person.of((*known, event)).details == new
    assert Person.of((*known, event)).change(by(), details=new) == ()


def test_people_change_their_own_file_and_nobody_elses() -> None:
    known = Person.of(registered())
    own = Actor(HOLDER, NOW, by().staff, POLICY)
    (event,) = known.change(own, details=PersonDetails(name="Dee"))
    assert (event.by, event.role) == (HOLDER, None)
    with pytest.raises(PolicyError) as caught:
        known.change(Actor("p-other", NOW, by().staff, POLICY), details=PersonDetails(name="Dee"))
    assert refusal(caught.value)[0] == "POLICY-NO-RIGHT"


def test_young_people_do_not_change_by_themselves_who_speaks_for_them() -> None:
    known = Person.of(registered(CHILD))
    own = Actor(HOLDER, NOW, by().staff, POLICY)
    for details in (
        CHILD.model_copy(update={"minor": False}),
        CHILD.model_copy(update={"guardian": Contact(name="Me", email="fin@example.org")}),
    ):
        with pytest.raises(PolicyError) as caught:
            known.change(own, details=details)
        assert refusal(caught.value)[0] == "PERSON-OWN-GUARDIAN"
        assert known.change(by(), details=details)
    assert known.change(own, details=CHILD.model_copy(update={"language": "nl"}))


# --- claim codes ------------------------------------------------------------------------------------------


def test_a_code_is_kept_as_a_hash_only() -> None:
    stored = [event.sealed() for event in with_code()]
    assert CODE.text not in str(stored)
    assert Person.of(with_code()).claims[0].is_of(CODE)


def test_a_code_is_claimed_once() -> None:
    known = with_code()
    (event,) = Person.of(known).claim(by(None), code=CODE)
    assert isinstance(event, ClaimCodeUsed)
    assert event.by is None
    for code, wanted in ((CODE, "CLAIM-USED"), (OTHER, "CLAIM-UNKNOWN")):
        with pytest.raises(PolicyError) as caught:
            Person.of((*known, event)).claim(by(None), code=code)
        assert refusal(caught.value)[0] == wanted
        assert code.text[:9] not in f"{caught.value}{caught.value.details}"


def test_a_second_code_leaves_the_first_one_as_it_is() -> None:
    known = with_code()
    known += Person.of(known).give_code(by(), code=OTHER, salt=SALT)
    known += Person.of(known).claim(by(None), code=OTHER)
    assert Person.of(known).claim(by(None), code=CODE)


def test_only_who_works_with_people_gives_codes() -> None:
    with pytest.raises(PolicyError) as caught:
        Person.of(registered()).give_code(by(None), code=CODE, salt=SALT)
    assert refusal(caught.value)[0] == "POLICY-NO-RIGHT"


# --- how a badge names the person -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "policy", "named", "own_id"),
    [
        (PLAIN, {}, [("emailAddress", True)], None),
        (PLAIN, {"publication.recipient": "plain-email"}, [("emailAddress", False)], None),
        (PersonDetails(name="D", identifier="did:key:z1"), {}, [], "did:key:z1"),
        (
            PersonDetails(name="D", email="d@example.org", identifier="did:key:z1"), {},
            [("emailAddress", True)], "did:key:z1",
        ),
        (NAMELESS, {}, [(CLAIM_IDENTITY, True)], None),
        (NAMELESS, {"publication.recipient": "plain-email"}, [(CLAIM_IDENTITY, True)], None),
    ],
)  # fmt: skip
def test_a_badge_names_a_person_as_the_policy_says(
    details: PersonDetails, policy: dict[str, object], named: list[tuple[str, bool]], own_id: str | None
) -> None:
    person = Person.of(with_code(details))
    recipient = person.recipient(policy_of(policy), code=CODE)
    assert (identities(recipient), recipient.id, recipient.name) == (named, own_id, None)


def test_who_has_no_address_needs_one_of_their_own_codes() -> None:
    person = Person.of(with_code())
    for code, wanted in ((None, "PERSON-NEEDS-CODE"), (OTHER, "CLAIM-UNKNOWN")):
        with pytest.raises(PolicyError) as caught:
            person.recipient(POLICY, code=code)
        assert refusal(caught.value)[0] == wanted


BADGE = Achievement(
    id="https://badges.example/1",
    name="Cook",
    description="Cooks.",
    criteria=Criteria(narrative="Cooked."),
    image=Image(id="https://badges.example/1.svg"),
)


def test_a_badge_for_somebody_without_an_address_is_issued_and_verified() -> None:
    """R7: issue to a person with no e-mail address; the code on paper shows whose badge it is."""
    key = SigningKey.generate()
    recipient = Person.of(with_code()).recipient(POLICY, code=CODE)
    signed = Issuer(key.did_key, "Breakthrough", key).issue(BADGE, recipient, now=NOW)
    assert CODE.text.encode() not in signed.data
    typed = ClaimCode.parse(CODE.text.lower().replace("-", " ")).text
    assert verify(signed.data, now=NOW, recipient=f"{CLAIM_IDENTITY}={typed}").accepted
    assert not verify(signed.data, now=NOW, recipient=f"{CLAIM_IDENTITY}={OTHER.text}").accepted


def test_the_same_award_can_be_issued_in_the_older_version() -> None:
    key = SigningKey.generate()
    issuer = Issuer(
        "https://badges.example/issuer", "Breakthrough", key, url="https://breakthrough.example",
        email="badges@breakthrough.example", verification_method="https://badges.example/issuer#key-1",
    )  # fmt: skip
    recipient = Person.of(with_code()).recipient(POLICY, code=CODE)
    signed = issuer.issue(BADGE, recipient, version="2.0", proof="hosted", now=NOW)
    document = json.loads(signed.data)
    named = IdentityObject2.read(document["recipient"])
    assert (named.type, named.hashed) == ("id", True)
    assert named.matches(CODE.text, "id")
    assert CODE.text.encode() not in signed.data
    assert [found.code for found in validate(document) if found.severity == "error"] == []


# --- consent ----------------------------------------------------------------------------------------------


def test_consent_is_given_for_an_award_and_withdrawn() -> None:
    known = registered()
    own = Actor(HOLDER, NOW, by().staff, POLICY)
    known += Person.of(known).consent(by(), award="a-1", how="signed form of 3 March")
    known += Person.of(known).consent(own, award="a-2", how="in the portal")
    assert Person.of(known).consents == {"a-1", "a-2"}
    assert Person.of(known).consent(by(), award="a-1", how="again") == ()
    known += Person.of(known).withdraw_consent(own, award="a-1")
    assert Person.of(known).consents == {"a-2"}
    assert Person.of(known).withdraw_consent(own, award="a-1") == ()


def test_the_guardian_consents_for_a_minor() -> None:
    person = Person.of(registered(CHILD))
    with pytest.raises(PolicyError) as caught:
        person.consent(by(), award="a-1", how="form")
    assert refusal(caught.value)[0] == "PERSON-CONSENT-GUARDIAN"
    (event,) = person.consent(by(), award="a-1", how="form", guardian=True)
    assert isinstance(event, EvidenceConsentGiven)
    assert event.guardian


@pytest.mark.parametrize(
    ("code", "policy", "who", "how"),
    [
        ("PERSON-EVIDENCE-NEVER", policy_of({"publication.evidence": "never"}), ADA, "form"),
        ("PERSON-CONSENT-HOW", POLICY, ADA, " "),
        ("POLICY-NO-RIGHT", POLICY, "p-other", "form"),
    ],
)
def test_consent_is_not_recorded(code: str, policy: object, who: str, how: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Person.of(registered()).consent(by(who, policy=policy), award="a-1", how=how)
    assert refusal(caught.value)[0] == code


# --- erasure ----------------------------------------------------------------------------------------------


def test_after_erasure_nothing_goes_on() -> None:
    known = with_code()
    known += Person.of(known).erase(by(BOARD))
    person = Person.of(erased(event) for event in known)
    assert (person.id, person.details, person.claims) == (HOLDER, None, ())
    assert person.facts(POLICY).phase == "erased"
    assert person.facts(POLICY).closed
    steps = (
        lambda: person.change(by(), details=PLAIN),
        lambda: person.give_code(by(), code=CODE, salt=SALT),
        lambda: person.claim(by(None), code=CODE),
        lambda: person.consent(by(), award="a-1", how="form"),
        lambda: person.withdraw_consent(by(), award="a-1"),
        lambda: person.erase(by(BOARD)),
        lambda: person.recipient(POLICY),
    )
    for step in steps:
        with pytest.raises(PolicyError) as caught:
            step()
        assert refusal(caught.value)[0] == "PERSON-ERASED"
    with pytest.raises(PolicyError) as caught:
        person.register(by(), person=HOLDER, details=PLAIN)
    assert refusal(caught.value)[0] == "PERSON-KNOWN"


def test_nothing_happens_in_a_file_that_was_not_begun() -> None:
    for step in (
        lambda: Person().change(by(), details=PLAIN),
        lambda: Person().claim(by(None), code=CODE),
        lambda: Person().recipient(POLICY),
    ):
        with pytest.raises(PolicyError) as caught:
            step()
        assert refusal(caught.value)[0] == "PERSON-UNKNOWN"


def test_details_that_retention_destroyed_can_be_given_anew() -> None:
    person = Person.of(erased(event) for event in registered())
    assert person.facts(POLICY).phase == "registered"
    assert person.shown == HOLDER
    with pytest.raises(PolicyError) as caught:
        person.recipient(POLICY)
    assert refusal(caught.value)[0] == "PERSON-UNKNOWN"
    (event,) = person.change(by(), details=PLAIN)
    assert isinstance(event, PersonChanged)
    assert event.changed == tuple(PersonDetails.model_fields)


def test_older_details_never_come_back() -> None:
    known = registered()
    known += Person.of(known).change(by(), details=NAMELESS)
    assert Person.of((known[0], erased(known[1]))).details is None


def test_staff_is_not_erased_before_the_role_ends() -> None:
    known = Person().register(by(), person=CAS, details=PLAIN)
    with pytest.raises(PolicyError) as caught:
        Person.of(known).erase(actor(BOARD, staffed({CAS: "manager"})))
    assert refusal(caught.value)[0] == "PERSON-HOLDS-ROLE"
    with pytest.raises(PolicyError) as caught:
        Person.of(known).erase(by())
    assert refusal(caught.value)[0] == "POLICY-NO-RIGHT"


def test_events_of_a_file_come_back_as_they_were_and_hold_nothing_personal_in_their_body() -> None:
    known = with_code(
        PersonDetails(name="Dee Mol", email="dee@example.org", guardian=Contact(name="Gé", other="06"))
    )
    known += Person.of(known).consent(by(), award="a-1", how="form of Gé", guardian=True)
    for event in known:
        assert restore(event.sealed()) == event
        assert not any(word in str(event.sealed().body) for word in ("Dee", "dee@", "Gé", "Ada"))
    first = known[0]
    assert isinstance(first, PersonRegistered)
    assert {part.person for part in first.sealed().parts if part} == {HOLDER, ADA}
