"""Erasing a person: everything about somebody is destroyed, that it was is recorded, and the chain holds."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.policy.record_keeping import FACTS
from openbadge_issuer.policy.register_events import STREAM, ErasureGround, RecordsErased
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.register import tables
from openbadge_issuer.register.destroying import Destroyed, clean_up, destroy, find_parts
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.names import check_name
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.settings import FactsOf


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did.

    Attributes:
        destroyed: what was destroyed.
        is_clean: whether the database's own files hold nothing of it any more; if not, others held the
            database, and `Register.compact` is to be run later.
    """

    destroyed: Destroyed
    is_clean: bool


def erase(
    register: Register,
    organisation: str,
    person: str,
    *,
    actor: Actor,
    ground: ErasureGround,
    facts: FactsOf,
) -> Erasure:
    """Erase a person from an organisation's records, the evidence, and the database's own files.

    Done again it destroys what has been recorded since, and cleans up what was left.

    Args:
        register: the register.
        organisation: whose records.
        person: the pseudonym.
        actor: who does it; needs the right `keep-records`.
        ground: why.
        facts: folds the events of a stream to its facts.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, the actor may not.
        RegisterError, OutputError: `REGISTER-NAME`, this is no pseudonym; or as `Register.ledger` and
            `clean_up`.
    """
    with register.ledger(organisation) as ledger:
        destroyed = erase_in(ledger, person, actor=actor, ground=ground, facts=facts)
    return Erasure(destroyed, clean_up(register, destroyed))


def erase_in(
    ledger: Ledger, person: str, *, actor: Actor, ground: ErasureGround, facts: FactsOf
) -> Destroyed:
    """Erase a person within a transaction; see `erase` for the arguments and errors.

    Whoever commits it runs `clean_up` afterwards. If nothing about the person is there, nothing is
    recorded.
    """
    check_name(person)
    act = actor.doing("keep-records")
    if actor.person == person:
        act = act.model_copy(update={"by_name": None})
    destroyed = destroy(ledger, find_parts(ledger, tables.part.c.person == person), facts=facts)
    for turn, some in enumerate(destroyed.by_event()):
        event = RecordsErased.done(
            act,
            person=person,
            ground=ground,
            destroyed=tuple(map(str, some)),
            files=0 if turn else len(destroyed.files),
        )
        ledger.append(STREAM, [event], FACTS)
    return destroyed
