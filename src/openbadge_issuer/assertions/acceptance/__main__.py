"""Write the tables: `python -m openbadge_issuer.assertions.acceptance schemas`."""

from __future__ import annotations

import argparse
from pathlib import Path

from openbadge_issuer.assertions.acceptance.tables import write_tables


def main() -> None:
    """Write the tables into the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description="Write the tables of the models.")
    parser.add_argument("folder", type=Path, help="where to write them, such as schemas")
    write_tables(parser.parse_args().folder)


if __name__ == "__main__":
    main()
