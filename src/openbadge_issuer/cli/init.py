"""`openbadge-issuer init`: make an issuer's home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.cli.edge import USAGE, deliver, edge, language_of, read_input, say
from openbadge_issuer.cli.home_options import check_installed
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    LanguageOption,
    PasswordOption,
    password,
    somebody_types,
)
from openbadge_issuer.cli.problem_lines import check_whole
from openbadge_issuer.errors import InputError, OutputError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.home import POLICY_FILE
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.starter import Domain, starter_policy

app = typer.Typer(add_completion=False)

_OF_ORGANISATION = ("--domain", "--name", "--contact")

_ASKS: dict[Language, dict[str, str]] = {
    "en": {
        "--domain": "The domain of your badges (such as badges.example)",
        "--name": "The name of your organisation",
        "--contact": "The e-mail address for questions about badges",
        "--founder": "Your own name",
    },
    "nl": {
        "--domain": "Het domein van uw badges (zoals badges.example)",
        "--name": "De naam van uw organisatie",
        "--contact": "Het e-mailadres voor vragen over badges",
        "--founder": "Uw eigen naam",
    },
}
_NEXT: dict[Language, tuple[str, ...]] = {
    "en": (
        "{key}: keep this file and its password apart, and make a copy of both.",
        "{policy}: read the policy, change what does not fit, and then: policy check, policy adopt.",
        "Appoint a second {role} (person add, role grant): decisions need four eyes.",
        "Then badge define, review and activate; publish puts everything public into {public}.",
    ),
    "nl": (
        "{key}: bewaar dit bestand en het wachtwoord apart, en maak van beide een kopie.",
        "{policy}: lees het beleid, verander wat niet past, en dan: policy check, policy adopt.",
        "Benoem een tweede {role} (person add, role grant): besluiten vragen vier ogen.",
        "Daarna badge define, review en activate; publish zet alles wat openbaar is in {public}.",
    ),
}


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said about the organisation and its founder, by the names of the options."""

    said: dict[str, str | None]
    language: Language

    def complete(self, names: tuple[str, ...]) -> dict[str, str]:
        """Ask at the terminal for what is missing.

        Raises:
            InputError: `HOME-INCOMPLETE`, nobody is there to be asked.
        """
        missing = [name for name in names if not (self.said.get(name) or "").strip()]
        if missing and not somebody_types():
            raise InputError("HOME-INCOMPLETE", options=", ".join(missing))
        answers = {name: typer.prompt(_ASKS[self.language][name], err=True) for name in missing}
        return {name: answers.get(name) or self.said[name] or "" for name in names}


@app.command()
@edge
def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the home; there is none yet.")],
    domain: Annotated[
        str | None,
        typer.Option(
            "--domain", metavar="DOMAIN", help="Where you will publish, such as badges.example; it stays."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="The name of the organisation.")] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="EMAIL", help="Where people ask about badges.")
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="en|nl", help="How you speak to people; may be said twice."),
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="FILE", help="A policy that there is already.")
    ] = None,
    founder: Annotated[str | None, typer.Option("--founder", metavar="NAME", help="Your own name.")] = None,
    email: Annotated[
        str | None, typer.Option("--email", metavar="EMAIL", help="Your own address; --as takes it.")
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Your role; else the first that may grant roles."),
    ] = None,
    register: Annotated[
        str | None,
        typer.Option(
            "--register",
            metavar="env:NAME",
            help="The variable with the address of a database, which several organisations may share.",
        ),
    ] = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Make an issuer's home: a policy, a signing key, a register, and you as the first with a role.

    What you do not say is asked for at the terminal. The policy is one to begin with, full of remarks; give
    your own with --policy. If anything fails, nothing is left behind.
    """
    language = language_of(lang)
    given = _Given({"--domain": domain, "--name": name, "--contact": contact, "--founder": founder}, language)
    if policy is not None and (languages or any(given.said[option] for option in _OF_ORGANISATION)):
        raise typer.BadParameter("--policy says already who the organisation is")
    if register is not None and not re.fullmatch("env:[A-Za-z_][A-Za-z0-9_]*", register):
        raise typer.BadParameter("say env:NAME: an address may hold a password", param_hint="--register")
    if (folder / POLICY_FILE).exists():
        raise OutputError("HOME-EXISTS", path=str(folder / POLICY_FILE))
    check_installed()
    moment = datetime.now(UTC)
    spoken = tuple(dict.fromkeys(language_of(one) for one in languages or [language]))
    said = given.complete(("--founder",) if policy is not None else (*_OF_ORGANISATION, "--founder"))
    if policy is None:
        text = _written(said, spoken, moment)
        check_whole(POLICY_FILE, text, language, exit_code=USAGE)
    else:
        text = read_input(policy)
        check_whole(str(policy), text, language)
    person = PersonDetails(name=said["--founder"], email=email, language=spoken[0])
    deliver(
        dump_json_pretty(_made(folder, text, person, (role, register), password_env, moment, language)), None
    )


def _written(said: Mapping[str, str], languages: tuple[Language, ...], moment: datetime) -> bytes:
    text = starter_policy(
        domain=Domain.read(said["--domain"]),
        name=said["--name"].strip(),
        contact=said["--contact"].strip(),
        languages=languages,
        adopted=moment.date(),
    )
    return text.encode("utf-8", "surrogateescape")


def _made(
    folder: Path,
    text: bytes,
    person: PersonDetails,
    begun: tuple[str | None, str | None],
    password_env: str,
    moment: datetime,
    language: Language,
) -> JsonObject:
    """Make the home, say what comes next, and return what it is."""
    from openbadge_issuer.issuing.founding import KEY_FILE, found_home  # noqa: PLC0415  # loads the database

    role, register = begun
    made = found_home(
        folder, text, person, secret=lambda: password(password_env, confirm=True), now=moment, role=role,
        register=register,
    )  # fmt: skip
    key, organisation = made.ring.keys[0], made.policy.organisation
    for line in _NEXT[language]:
        say(
            line.format(
                key=folder / KEY_FILE, policy=made.home.policy_file, role=made.role, public=made.home.public
            )
        )
    return {
        "home": str(folder),
        "organisation": {"id": organisation.id, "name": organisation.name},
        "policy": {"file": str(made.home.policy_file), "digest": made.policy.digest},
        "founder": {"person": made.founder, "name": person.name, "role": made.role},
        "key": {"name": key.fragment, "verificationMethod": made.ring.verification_method(key)},
    }
