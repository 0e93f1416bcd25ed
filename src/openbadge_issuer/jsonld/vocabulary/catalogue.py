"""All published contexts that the tables hold, and their way into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.errors import OutputError
from openbadge_issuer.jsonld.vocabulary import (
    bitstring_status,
    clr_2,
    credentials_v1,
    credentials_v2,
    data_integrity,
    ed25519_2020,
    open_badges_1,
    open_badges_2,
    open_badges_2_extensions,
    open_badges_3,
    open_badges_3_early,
    open_badges_3_extensions,
)
from openbadge_issuer.jsonld.vocabulary.published import PublishedContext
from openbadge_issuer.whole_file import write_whole

PUBLISHED_CONTEXTS: Final[tuple[PublishedContext, ...]] = (
    *credentials_v2.PUBLISHED,
    *credentials_v1.PUBLISHED,
    *data_integrity.PUBLISHED,
    *ed25519_2020.PUBLISHED,
    *bitstring_status.PUBLISHED,
    *open_badges_3.PUBLISHED,
    *open_badges_3_early.PUBLISHED,
    *open_badges_3_extensions.PUBLISHED,
    *clr_2.PUBLISHED,
    *open_badges_2.PUBLISHED,
    *open_badges_1.PUBLISHED,
    *open_badges_2_extensions.PUBLISHED,
)


def generated_files() -> Iterator[tuple[str, bytes]]:
    """Give the name and content of every file that the tables make, the index last."""
    for context in PUBLISHED_CONTEXTS:
        for state in context.states:
            yield f"{state.file}.json", dump_json_pretty(state.document)
    yield "index.json", dump_json_pretty(_index())


def write_contexts(folder: Path) -> None:
    """Write the generated files into a folder, each in one step, so that no reader sees half a file.

    Raises:
        OutputError: a file cannot be written.
    """
    for name, content in generated_files():
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError as error:
            raise OutputError("CONTEXT-WRITE", file=str(path), problem=error.strerror or "") from error


def _index() -> JsonObject:
    index: JsonObject = {}
    for context in PUBLISHED_CONTEXTS:
        for url in (context.url, *context.aliases):
            index[url] = [
                {"file": f"{state.file}.json", "sha256": state.digest, "seen": state.seen}
                for state in context.states
            ]
    return index
