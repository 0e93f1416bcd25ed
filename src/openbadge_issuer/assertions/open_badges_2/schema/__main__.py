"""Write the schemas: `python -m openbadge_issuer.assertions.open_badges_2.schema schemas/ob2`."""

from __future__ import annotations

import argparse
from pathlib import Path

from openbadge_issuer.assertions.open_badges_2.schema.catalogue import schemas
from openbadge_issuer.assertions.schema.catalogue import write_schemas


def main() -> None:
    """Write the generated files into the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description="Write the JSON Schemas of Open Badges 2.0.")
    parser.add_argument("folder", type=Path, help="where to write them, such as schemas/ob2")
    write_schemas(parser.parse_args().folder, schemas())


if __name__ == "__main__":
    main()
