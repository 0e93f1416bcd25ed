"""A template gives the badge of the plain way, byte for byte, whoever receives it; or it is not used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openbadge_issuer import (
    Achievement,
    Award,
    Evidence,
    Issuer,
    OpenBadgeError,
    Recipient,
    SignedBadge,
    SigningKey,
)
from openbadge_issuer.assertions import (
    Alignment,
    Criteria,
    IdentifierEntry,
    Image,
    LanguageValue,
    Related,
    Result,
    ResultDescription,
)
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.issuing.templates.store import forget_templates
from openbadge_issuer.jsonld.compiled.pattern import scheme_of
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.status import StatusEntry
from strategies import strings, uris

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
KINDS = {
    "Ed25519": SigningKey.generate("Ed25519"),
    "P-256": SigningKey.generate("P-256"),
    "P-384": SigningKey.generate("P-384"),
}
TEMPLATED: dict[ProofFormat, str] = {
    "eddsa-rdfc-2022": "Ed25519",
    "eddsa-jcs-2022": "Ed25519",
    "Ed25519Signature2020": "Ed25519",
    "ecdsa-rdfc-2019": "P-384",
    "ecdsa-jcs-2019": "P-256",
    "vc-jwt": "P-256",
    "vc+jwt": "Ed25519",
}


@dataclass(frozen=True)
class Digester:
    """A signer whose signature is a digest of the message: two are equal just when the messages are."""

    key: SigningKey

    @property
    def algorithm(self) -> Algorithm:
        """That of the key."""
        return self.key.algorithm

    @property
    def public_key(self) -> PublicKey:
        """That of the key."""
        return self.key.public_key

    def sign(self, message: bytes) -> bytes:
        """Digest."""
        return hashlib.shake_256(message).digest(self.public_key.signature_size)


ACHIEVEMENT = Achievement(
    id="https://badges.example/b",
    name="A 100 % “badge” <b>",
    description=(LanguageValue("Doet 50% <em> {x} %s", language="nl"), LanguageValue("Does", language="en")),
    criteria=Criteria(narrative="Do it."),
    alignment=tuple(
        Alignment(target_name=name, target_url=f"https://skills.example/{name}") for name in ("One", "Two")
    ),
    result_description=(
        ResultDescription(id="https://badges.example/b#r", name="Score", result_type="Percent"),
    ),
)


def issuer_with(key: SigningKey) -> Issuer:
    return Issuer(
        id="https://issuer.example", name="Vereniging “50 %”", signer=Digester(key),
        verification_method="https://issuer.example#key", email="badges@issuer.example",
    )  # fmt: skip


ISSUERS = {proof: issuer_with(KINDS[kind]) for proof, kind in TEMPLATED.items()}

texts = (
    st.sampled_from(
        ["ada@example.org", '%s "q" \\ <https://badges.example/b> _:a .', "\x7f\x00\x1f\u2028\x85é漢"]
    )
    | strings
)
ids = (
    st.sampled_from(["did:key:z6Mk", "https://issuer.example", "https://badges.example/b", "urn:a", "http://x/%25?q#f",
                     "https://relative.invalid/a", "Evidence:x", "xsd:y", "_:b0", "a b", "mailto:a@b"])
    | uris
)  # fmt: skip
recipients = st.builds(
    Recipient,
    email=st.none() | texts,
    id=st.none() | ids,
    url=st.none() | texts,
    phone=st.none() | texts,
    identifier=st.none() | st.tuples(st.sampled_from(["name", "ext:x", "nonsense"]), texts),
    name=st.none() | texts,
    hashed=st.booleans(),
)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).flatmap(  # noqa: DTZ001  # given next
    lambda moment: st.sampled_from([
        moment.replace(tzinfo=UTC), moment.replace(tzinfo=timezone(timedelta(hours=2, seconds=1))), moment,
    ])
)  # fmt: skip
entries = st.builds(
    StatusEntry.at,
    st.sampled_from(["https://s.example/1", "https://s.example/2", "https://badges.example/b"]),
    index=st.integers(-1, 200_000),
    purpose=st.sampled_from(["revocation", "suspension"]),
) | st.builds(StatusEntry, list_url=ids, index=st.integers(0, 9), id=st.none() | ids)
evidence = ids | st.builds(Evidence, id=st.none() | uris, name=st.none() | texts, narrative=st.none() | texts)
results = st.builds(
    Result, value=st.none() | texts, result_description=st.none() | st.just("https://badges.example/b#r")
)
occasions = st.fixed_dictionaries({
    "id": st.none() | ids,
    "awarded_date": st.none() | moments,
    "valid_from": st.none() | moments,
    "valid_until": st.none() | moments,
    "status": st.none() | entries | st.lists(entries, max_size=2),
    "evidence": st.lists(evidence, max_size=2),
    "results": st.lists(results, max_size=2),
})  # fmt: skip
some = settings(max_examples=50, suppress_health_check=list(HealthCheck))


def outcome(issuer: Issuer, award: Award, seed: int, *, plain: bool, model: bool = True) -> object:
    rng = Random(seed).randbytes  # noqa: S311  # nothing is secret here
    try:
        if plain:
            badge = issuer.issue_plainly(award, now=NOW, rng=rng)
        else:
            badge = issuer.issue_award(award, now=NOW, rng=rng)
    except OpenBadgeError as error:
        return type(error), error.code, error.pointer, error.details
    return badge.data, badge.warnings, badge.credential if model else None


def agreed(issuer: Issuer, award: Award, *, times: int) -> None:
    for seed in range(times):  # twice plainly, by the template being made, by the template
        assert outcome(issuer, award, seed, plain=False) == outcome(issuer, award, seed, plain=True)


@pytest.mark.parametrize("proof", TEMPLATED)
@some
@given(recipients, occasions)
def test_on_whatever_may_stand_in_an_award(
    proof: ProofFormat, recipient: Recipient, occasion: dict[str, object]
) -> None:
    award = Award(achievement=ACHIEVEMENT, recipient=recipient, proof=proof, **occasion)  # type: ignore[arg-type]  # a table
    agreed(ISSUERS[proof], award, times=4)  # the achievement has come up often, and is shared
    agreed(ISSUERS[proof], replace(award, achievement=ACHIEVEMENT.model_copy()), times=3)  # it fills slots


def parts(kind: type[Node], **members: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(st.fixed_dictionaries(members).map(lambda given: kind(**given)), max_size=2).map(tuple)


languages = st.tuples(texts, st.sampled_from(["nl", "en"])).map(
    lambda one: LanguageValue(one[0], language=one[1])
)
untyped = Alignment(target_name="One", target_url="urn:a").model_copy(update={"type": ()})
changes = st.fixed_dictionaries(
    {},
    optional={
        "id": ids,
        "name": texts | languages,
        "description": texts,
        "criteria": st.tuples(st.none() | uris, texts).map(lambda one: Criteria(id=one[0], narrative=one[1])),
        "tag": st.lists(texts, max_size=3).map(tuple),
        "type": st.sampled_from([("Achievement",), ("Achievement", "Alignment"), (), ["Achievement"]]),
        "alignment": parts(Alignment, target_name=texts, target_url=uris) | st.just((untyped,)),
        "credits_available": st.sampled_from([None, 1, 1.0, True, 0.0, -0.0, 2.5]),
        "image": st.tuples(uris, st.none() | texts).map(lambda one: Image(id=one[0], caption=one[1])),
        "related": parts(Related, id=uris),
        "other_identifier": parts(IdentifierEntry, identifier=texts, identifier_type=st.just("isbn")),
        "achievement_type": st.sampled_from(["Badge", "Course", "ext:own"]),
        "version": st.none() | texts,
    },
)


@pytest.mark.parametrize("proof", TEMPLATED)
@some
@given(changes, changes)
def test_on_whatever_may_stand_in_an_achievement(
    proof: ProofFormat, usual: dict[str, object], other: dict[str, object]
) -> None:
    one, two = (ACHIEVEMENT.model_copy(update=changed) for changed in (usual, {**usual, **other}))
    for seed, achievement in enumerate((one, one, one, two, two)):
        award = Award(achievement=achievement, recipient=Recipient(email="a@example.org"), proof=proof)
        ways = (outcome(ISSUERS[proof], award, seed, plain=plain, model=False) for plain in (False, True))
        assert next(ways) == next(ways)


def person(identifier: str, page: str, text: str, proof: ProofFormat) -> Award:
    return Award(
        achievement=ACHIEVEMENT,
        recipient=Recipient(id=identifier, phone=text, name=text, hashed=False),
        evidence=[Evidence(id=page, narrative=text), f"{page}/more"],
        results=[Result(value=text, result_description="https://badges.example/b#r")],
        status=StatusEntry.at("https://s.example/1", index=len(text), purpose="revocation"),
        proof=proof,
    )


@pytest.mark.parametrize("proof", TEMPLATED)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(ids, uris, texts)
def test_on_values_that_the_template_was_not_made_of(
    proof: ProofFormat, identifier: str, page: str, text: str
) -> None:
    issuer = ISSUERS[proof]
    usual, other = (f"{scheme_of(iri) or 'urn:'}usual/{len(iri)}" for iri in (identifier, page))
    for seed in range(3):
        outcome(issuer, person(usual, other, "usual", proof), seed, plain=False)
    award = person(identifier, page, text, proof)
    assert outcome(issuer, award, 3, plain=False) == outcome(issuer, award, 3, plain=True)


@pytest.mark.parametrize("proof", TEMPLATED)
def test_usual_badges_take_a_template(proof: ProofFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, plainly = ISSUERS[proof], 0

    def counted(award: Award, *, now: datetime, rng: RandomBytes) -> SignedBadge:
        nonlocal plainly
        plainly += 1
        return Issuer.issue_plainly(issuer, award, now=now, rng=rng)

    forget_templates()
    monkeypatch.setattr(issuer, "issue_plainly", counted)
    awards = [
        Award(
            achievement=ACHIEVEMENT,
            recipient=Recipient(email=f"person{number}@example.org", name=f"Zoë {number}"),
            evidence=[f"https://evidence.example/{number}"],
            awarded_date=NOW - timedelta(days=number),
            status=StatusEntry.at("https://s.example/1", index=number, purpose="revocation"),
            proof=proof,
        )
        for number in range(40)
    ]
    badges = list(issuer.issue_many(awards))
    assert plainly == 3
    assert len({badge.data for badge in badges if isinstance(badge, SignedBadge)}) == 40
