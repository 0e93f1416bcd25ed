"""`openbadge-issuer unbake`: take the badge out of a picture."""

from __future__ import annotations

from typing import Annotated

import typer

from openbadge_issuer.baking import unbake
from openbadge_issuer.cli.edge import about, deliver, edge, read_input
from openbadge_issuer.cli.options import OutputOption

app = typer.Typer(add_completion=False)


@app.command()
@edge
def command(
    picture: Annotated[str, typer.Argument(help="A PNG or SVG with a badge in it; - for standard input.")],
    output: OutputOption = None,
) -> None:
    """Take the badge out of a PNG or SVG, exactly as it was signed. It is not verified."""
    with about(picture):
        credential = unbake(read_input(picture))
    deliver(credential, output)
