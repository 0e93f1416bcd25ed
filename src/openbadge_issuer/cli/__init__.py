"""The command line: the only place that prints or exits."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the entry point `openbadge-issuer`."""
    from openbadge_issuer.cli.app import run  # noqa: PLC0415  # importing the package is not running it

    run()
