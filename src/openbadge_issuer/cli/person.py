"""`openbadge-issuer person`: the files of people who may hold badges or roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import deliver, edge, language_of
from openbadge_issuer.cli.home_options import (
    ActorOption,
    AwardArgument,
    HomeOption,
    open_office,
    open_register,
)
from openbadge_issuer.policy.people import WORKING_WITH_PEOPLE, Person
from openbadge_issuer.policy.person_events import Contact, PersonDetails
from openbadge_issuer.policy.standing import Actor

if TYPE_CHECKING:
    from openbadge_issuer.register.records import Records

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Keep the files of people who may hold badges or roles."
)

WhoArgument = Annotated[
    str, typer.Argument(metavar="WHO", help="A pseudonym, an e-mail address or an identifier.")
]
EmailOption = Annotated[
    str | None, typer.Option("--email", metavar="EMAIL", help="An e-mail address; none is needed.")
]
IdentifierOption = Annotated[
    str | None,
    typer.Option(
        "--identifier", metavar="ID", help="A DID or an address of the person's own, if there is one."
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="en|nl", help="In which language to inform the person.")
]
GuardianOption = Annotated[
    str | None,
    typer.Option("--guardian", metavar="NAME", help="Who is informed too while the person is young."),
]
GuardianEmailOption = Annotated[
    str | None, typer.Option("--guardian-email", metavar="EMAIL", help="The guardian's e-mail address.")
]
GuardianOtherOption = Annotated[
    str | None,
    typer.Option(
        "--guardian-other", metavar="TEXT", help="Another way to reach the guardian, such as a phone."
    ),
]


@app.command()
@edge
def add(
    name: Annotated[str, typer.Option("--name", help="By which the person is addressed.")],
    email: EmailOption = None,
    identifier: IdentifierOption = None,
    language: LanguageOption = None,
    minor: Annotated[
        bool, typer.Option("--minor", help="The person is younger than the policy asks for a guardian.")
    ] = False,
    guardian: GuardianOption = None,
    guardian_email: GuardianEmailOption = None,
    guardian_other: GuardianOtherOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Begin the file of a person, and print the pseudonym that stands for the person from now on.

    Somebody with this e-mail address, or else this identifier, is the same person: then nothing is changed.
    """
    spoken = None if language is None else language_of(language)
    with open_office(home) as here:
        details = PersonDetails(
            name=name,
            email=email,
            identifier=identifier,
            language=spoken or here.policy.organisation.languages[0],
            minor=minor,
            guardian=_guardian(None, guardian, guardian_email, guardian_other),
        )
        with here.desk(actor) as desk:
            _check_may_see(desk.actor)
            known = desk.people.find(email=email, identifier=identifier)
            person = desk.people.register(details)
    _deliver({"person": person, "new": known is None})


@app.command()
@edge
def change(
    who: WhoArgument,
    name: Annotated[str | None, typer.Option("--name", help="By which the person is addressed.")] = None,
    email: EmailOption = None,
    identifier: IdentifierOption = None,
    language: LanguageOption = None,
    minor: Annotated[
        bool | None, typer.Option("--minor/--adult", help="Whether the person is still that young.")
    ] = None,
    guardian: GuardianOption = None,
    guardian_email: GuardianEmailOption = None,
    guardian_other: GuardianOtherOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Change what is known of a person. What you do not name stays; an empty text ("") takes it out."""
    with open_office(home) as here:
        person = here.person(who)
        with here.desk(actor) as desk:
            old = desk.people.get(person)
            old.check_there()
            known = old.details or PersonDetails(name=name or "")
            said = {"name": name, "email": email, "identifier": identifier, "minor": minor}
            said["language"] = None if language is None else language_of(language)
            changes = {field: value for field, value in said.items() if value is not None}
            reached = _guardian(known.guardian, guardian, guardian_email, guardian_other)
            desk.people.change(person, known.model_copy(update={**changes, "guardian": reached}))
            shown = _file(desk.people.get(person))
    _deliver(shown)


@app.command()
@edge
def consent(
    award: AwardArgument,
    how: Annotated[str, typer.Option("--how", help="How it was given, such as 'signed form of 3 March'.")],
    guardian: Annotated[
        bool, typer.Option("--guardian", help="The guardian gave it, as for a minor.")
    ] = False,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Record that the candidate agrees that the badge shows the public evidence of an award.

    It counts for what is granted afterwards; see `award assess --url`.
    """
    with open_office(home) as here, here.desk(actor) as desk:
        person = desk.awards.get(award).candidate
        desk.people.consent(person, award=award, how=how, guardian=guardian)
        shown = _consents(desk.people.get(person))
    _deliver(shown)


@app.command("withdraw-consent")
@edge
def withdraw_consent(award: AwardArgument, home: HomeOption = None, actor: ActorOption = None) -> None:
    """Record that the candidate does not agree any more. What was signed before still shows the evidence."""
    with open_office(home) as here, here.desk(actor) as desk:
        person = desk.awards.get(award).candidate
        desk.people.withdraw_consent(person, award=award)
        shown = _consents(desk.people.get(person))
    _deliver(shown)


@app.command()
@edge
def show(who: WhoArgument, home: HomeOption = None, actor: ActorOption = None) -> None:
    """Show what is known of a person, with the awards. For those who work with people, and the person."""
    with open_register(home) as here:
        person = here.person(who)
        acting = here.acting(actor)
        if acting.person != person:
            _check_may_see(acting)
        with here.records() as records:
            document = {
                **_file(Person.of(records.events(f"person:{person}")), person),
                "awards": list[JsonValue](_awards(records, person)),
            }
    _deliver(document)


@app.command("list")
@edge
def list_(home: HomeOption = None, actor: ActorOption = None) -> None:
    """List the people in the register. For those who work with people."""
    with open_register(home) as here:
        _check_may_see(here.acting(actor))
        with here.records() as records:
            people = [
                _file(Person.of(records.events(row.name)))
                for row in list(records.streams("person", open_only=True))
            ]
    deliver(dump_json_pretty(list[JsonValue](people)), None)


def _check_may_see(actor: Actor) -> None:
    """Raise PolicyError `POLICY-NO-RIGHT` for somebody who does not work with people."""
    actor.doing_one_of(*WORKING_WITH_PEOPLE, for_some_badge=True)


def _guardian(
    known: Contact | None, name: str | None, email: str | None, other: str | None
) -> Contact | None:
    """Put together whom to inform too; an empty name takes the guardian out."""
    if name == "" or (known is None and (name, email, other) == (None, None, None)):
        return None
    begun = known or Contact(name=name or "")
    said = {"name": name, "email": email, "other": other}
    return begun.model_copy(update={field: value for field, value in said.items() if value is not None})


def _file(person: Person, pseudonym: str = "") -> JsonObject:
    """Write what a file says; of an erased person that is the pseudonym alone."""
    document: JsonObject = {"person": person.id or pseudonym}
    if person.details is None:
        return {**document, "erased": person.erased}
    details: JsonObject = person.details.model_dump(mode="json")
    return {
        **document,
        **details,
        "claimCodes": len(person.claims),
        "consents": list[JsonValue](sorted(person.consents)),
    }


def _consents(person: Person) -> JsonObject:
    return {"person": person.id, "consents": list[JsonValue](sorted(person.consents))}


def _awards(records: Records, person: str) -> list[JsonObject]:
    return [
        {"award": row.name.partition(":")[2], "phase": row.facts.phase}
        for row in records.streams("award", person=person)
    ]


def _deliver(document: JsonObject) -> None:
    deliver(dump_json_pretty(document), None)
