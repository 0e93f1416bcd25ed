"""Who may look into a doubt about a badge, and who may not (R43, G3)."""

from __future__ import annotations

from collections.abc import Collection

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event_values import Exempt
from openbadge_issuer.policy.standing import Actor


def could(actor: Actor, *rights: Right, scopes: Collection[str | None], holder: str | None) -> frozenset[str]:
    """Return who has one of some rights now, for all the badges that a case is about, but the holder.

    Args:
        actor: at which moment, and under which policy.
        rights: the rights, of which one is enough.
        scopes: the badges; None stands for what is about no badge of the catalogue.
        holder: the pseudonym of the holder.
    """
    found: frozenset[str] | None = None
    for badge in scopes:
        having = frozenset().union(*(actor.people_with(right, badge=badge) for right in rights))
        found = having if found is None else found & having
    return (found or frozenset()) - {holder or ""}


def check_investigator(
    actor: Actor, person: str, *, scopes: Collection[str | None], holder: str | None
) -> None:
    """See that somebody may investigate.

    Raises:
        PolicyError: `CASE-INVESTIGATOR`, no role held now has the right, or it is the holder.
    """
    if person not in could(actor, "investigate", scopes=scopes, holder=holder):
        raise PolicyError("CASE-INVESTIGATOR", who=actor.staff.names.get(person, person))


def check_owner(actor: Actor, owner: str) -> None:
    """See that who is to look after something holds a role now.

    Raises:
        PolicyError: `CASE-OWNER`.
    """
    if not any(one.person == owner and one.at(actor.now) for one in actor.staff.held):
        raise PolicyError("CASE-OWNER", who=actor.staff.names.get(owner, owner[:60]))


def check_independent(
    investigators: Collection[str], *, involved: frozenset[str], policy: BadgePolicy, reason: str | None
) -> tuple[Exempt, ...]:
    """See that those who assessed or awarded a badge do not investigate it by themselves.

    Returns:
        What is to be recorded as an exception, if anything.

    Raises:
        PolicyError: `CASE-AWARDER-ALONE`, the policy never allows it; `CASE-AWARDER-REASON`, it does with a
            reason, and there is none.
    """
    if not involved.issuperset(investigators):
        return ()
    if policy.revocation.awarder_investigates == "never":
        raise PolicyError("CASE-AWARDER-ALONE")
    if not (reason or "").strip():
        raise PolicyError("CASE-AWARDER-REASON")
    return ("awarder-investigates",)


def check_other_decider(
    person: str, *, earlier: frozenset[str], could_decide: frozenset[str], reason: str | None
) -> tuple[Exempt, ...]:
    """See that after an objection somebody else decides than who did before, while there is somebody (G1).

    Returns:
        What is to be recorded as an exception, if anything.

    Raises:
        PolicyError: `CASE-SAME-DECIDER`, somebody else can; `CASE-SAME-DECIDER-REASON`, nobody else can, and
            nobody says why it could not wait.
    """
    if person not in earlier:
        return ()
    if could_decide - earlier:
        raise PolicyError("CASE-SAME-DECIDER")
    if not (reason or "").strip():
        raise PolicyError("CASE-SAME-DECIDER-REASON")
    return ("same-decider",)


def could_take_part(
    person: str, *, authors: frozenset[str], investigators: frozenset[str], deciders: frozenset[str]
) -> frozenset[str]:
    """Return who could take part in a decision that somebody takes: who finds out more, and one who decides.

    Who may only decide can take part in no other way, so of those there is room for one.

    Args:
        person: who decides.
        authors: who took part already.
        investigators: who may investigate, and did not decide before.
        deciders: who may decide instead.
    """
    found = authors | investigators
    others = {person} - found or sorted(deciders - found)[:1]
    return found | frozenset(others)


def check_decider(
    person: str, *, involved: frozenset[str], could_decide: frozenset[str], reason: str | None
) -> tuple[Exempt, ...]:
    """See that who awarded a badge does not decide on a doubt about it while somebody else can.

    Returns:
        What is to be recorded as an exception, if anything.

    Raises:
        PolicyError: `CASE-AWARDER-DECIDES`, somebody else can; `CASE-DECIDER-REASON`, nobody else can, and
            nobody says why it could not wait.
    """
    if person not in involved:
        return ()
    if could_decide - involved:
        raise PolicyError("CASE-AWARDER-DECIDES", count=len(could_decide - involved))
    if not (reason or "").strip():
        raise PolicyError("CASE-DECIDER-REASON")
    return ("awarder-decides",)
