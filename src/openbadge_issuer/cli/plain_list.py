"""The published list of revoked badges that `key compromise` adds to, read or begun."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.cli.edge import USAGE, about, read_input
from openbadge_issuer.issuing.compromised_badges import SignedByKey
from openbadge_issuer.status.revocation_list import RevocationList, read_revocation_list


def read_plain_list(path: Path, url: str | None) -> JsonObject:
    """Read the list, or begin one if there is none yet.

    Raises:
        typer.BadParameter: there is none, and it is not said where it will stand.
        DocumentError, StatusError: the file is no such list.
    """
    if not path.exists():
        if url is None:
            raise typer.BadParameter("there is no such file; to begin one, give --revocation-list-url too")
        return RevocationList(url, None, ()).to_ob2_json()
    with about(path, exit_code=USAGE):
        document = parse_json_object(read_input(path))
        read_revocation_list(document)
    return document


def named_issuer(listed: JsonObject, affected: Iterable[SignedByKey]) -> JsonObject:
    """Name the issuer in a list that was just begun: that of the badges that go into it."""
    issuers = {found.issuer for found in affected if found.listed_by_id and found.issuer}
    if "issuer" in listed or len(issuers) != 1:
        return listed
    return {**listed, "issuer": issuers.pop()}
