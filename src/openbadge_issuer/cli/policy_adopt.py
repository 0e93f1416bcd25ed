"""`openbadge-issuer policy adopt`: put the policy file of a home in force."""

from __future__ import annotations

from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.cli.edge import REJECTED, deliver, edge, language_of, read_input, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, find_home, open_office
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.problem_lines import check_whole
from openbadge_issuer.policy.adoption import Adoption
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.difference import Change, differences
from openbadge_issuer.policy.office_events import POLICY_STREAM


@edge
def adopt(
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a policy that weakens a safeguard.")
    ] = False,
    home: HomeOption = None,
    actor: ActorOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Put the policy file of the home in force. What was decided before stays under the policy of then.

    Says what changes, and which safeguards become weaker.
    """
    language = language_of(lang)
    found = find_home(home)
    check_whole(str(found.policy_file), read_input(found.policy_file), language)
    with open_office(found.folder) as here:
        with here.records() as records:
            changes = _changes(Adoption.of(records.events(POLICY_STREAM)), here.policy)
        weaker = [change for change in changes if change.weakens is not None]
        for change in changes:
            say(f"  {change.sentence(language)}")
        is_new = not (strict and weaker) and here.office.adopt(here.actor(actor), now=here.now())
    document: JsonObject = {
        "digest": here.policy.digest,
        "version": here.policy.version,
        "adopted": is_new,
        "weaker": len(weaker),
        "changes": [change.to_json() for change in changes],
    }
    deliver(dump_json_pretty(document), None)
    if strict and weaker:
        raise typer.Exit(REJECTED)


def _changes(adoption: Adoption, policy: BadgePolicy) -> tuple[Change, ...]:
    if not adoption.adopted:
        return ()
    return differences(BadgePolicy.model_validate(adoption.adopted[-1].content), policy)
