"""Write the schemas: `python -m openbadge_issuer.assertions.schema schemas/ob3`."""

from __future__ import annotations

import argparse
from pathlib import Path

from openbadge_issuer.assertions.schema.catalogue import write_schemas


def main() -> None:
    """Write the generated files into the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description="Write the JSON Schemas from their models.")
    parser.add_argument("folder", type=Path, help="where to write them, such as schemas/ob3")
    write_schemas(parser.parse_args().folder)


if __name__ == "__main__":
    main()
