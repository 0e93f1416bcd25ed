"""`openbadge-issuer bake`: put a signed badge into a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.baking import bake
from openbadge_issuer.cli.edge import about, deliver, edge, read_input
from openbadge_issuer.cli.options import OutputOption

app = typer.Typer(add_completion=False)


@app.command()
@edge
def command(
    picture: Annotated[Path, typer.Argument(help="A PNG or SVG.")],
    credential: Annotated[
        str, typer.Argument(help="The signed badge, as JSON or JWT; - for standard input.")
    ],
    output: OutputOption = None,
) -> None:
    """Put a signed badge into a PNG or SVG. A badge that is already in it is replaced; no pixel changes."""
    with about(f"{credential} → {picture}"):
        baked = bake(read_input(picture), read_input(credential))
    deliver(baked, output)
