"""Write the pinned contexts: `python -m openbadge_issuer.jsonld.vocabulary schemas/contexts`."""

from __future__ import annotations

import argparse
from pathlib import Path

from openbadge_issuer.jsonld.vocabulary.catalogue import write_contexts


def main() -> None:
    """Write the generated files into the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description="Write the pinned contexts from their term tables.")
    parser.add_argument("folder", type=Path, help="where to write them, such as schemas/contexts")
    write_contexts(parser.parse_args().folder)


if __name__ == "__main__":
    main()
