"""Hunt for a document that the compiled way to canonical bytes takes otherwise than the general way.

    python tests/fuzz_compiled.py [--seed 1] [--seconds 60] [--documents 1000000]

Documents of many kinds are changed at random, a few changes at a time, and both ways must give the same bytes
and the same list of unsigned members, or refuse with the same error; or the compiled way declines. The first
difference is made as small as it gets, printed, and ends the run. Run it under several PYTHONHASHSEED.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

from conformance_data import conformance_root
from fuzz_seeds import CONTEXT_LISTS, NAMES, STRINGS, VALUES, seeds
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.rdfc import Digest
from two_ways import compiled, general

Json: TypeAlias = Any
"""JSON of any shape: documents are taken apart blindly."""

MOST_CHANGES = 4
REPORT_EVERY = 20_000


def differs(document: Json) -> bool:
    """Whether the two ways disagree on a document."""
    found = compiled(copy.deepcopy(document))
    return found is not None and found != general(document)


def paths(value: Json, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document but the whole of it."""
    found: list[tuple[str | int, ...]] = []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        found.append((*here, step))
        found += paths(part, (*here, step))
    return found


def at(document: Json, path: tuple[str | int, ...]) -> Json:
    """The value at a place."""
    for step in path:
        document = document[step]
    return document


class Changer:
    """Changes documents at random."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def changed(self, document: Json) -> Json:
        """A copy with a few changes, most often one or two."""
        document = copy.deepcopy(document)
        for _ in range(min(self._chance.choices((1, 2, 3, 4), (6, 3, 2, 1))[0], MOST_CHANGES)):
            places = [path for path in paths(document) if path[0] != "@context"]
            if places:
                path = self._chance.choice(places)
                self._change(document, at(document, path[:-1]), path[-1], places)
        if self._chance.random() < 0.02:
            document["@context"] = copy.deepcopy(self._chance.choice(CONTEXT_LISTS))
        return document

    def _change(
        self, document: Json, parent: Json, step: str | int, places: Sequence[tuple[str | int, ...]]
    ) -> None:
        """Change one value, or what is around it or in it."""
        chance, value = self._chance, parent[step]
        kind = chance.randrange(12)
        if kind == 0:
            del parent[step]
        elif kind == 1 and isinstance(parent, dict):
            parent[self._name()] = parent.pop(step)
        elif kind == 2:
            parent[step] = [value, self._value(document)][: chance.randint(1, 2)]
        elif kind == 3:
            parent[step] = copy.deepcopy(at(document, chance.choice(places)))
        elif kind == 4:
            parent[step] = self._value(document)
        elif isinstance(value, dict):
            self._change_object(document, value)
        elif isinstance(value, list):
            value.insert(chance.randint(0, len(value)), self._value(document))
        elif isinstance(value, str):
            parent[step] = self._text(value)

    def _change_object(self, document: Json, value: dict[str, Json]) -> None:
        kind = self._chance.randrange(8)
        if kind == 0:
            members = list(value.items())
            self._chance.shuffle(members)
            value.clear()
            value.update(members)
        elif kind == 1:
            value["@context"] = copy.deepcopy(self._chance.choice(CONTEXT_LISTS))
        else:
            value[self._name()] = self._value(document)

    def _name(self) -> str:
        return self._chance.choice(NAMES)

    def _text(self, text: str) -> str:
        place = self._chance.randint(0, len(text))
        return text[:place] + self._chance.choice(STRINGS) + text[place + self._chance.randint(0, 2) :]

    def _value(self, document: Json) -> Json:
        if self._chance.random() < 0.2:
            return copy.deepcopy(at(document, self._chance.choice([(), *paths(document)])))
        if self._chance.random() < 0.3:
            return self._chance.choice([*STRINGS, *NAMES])
        value = copy.deepcopy(self._chance.choice(VALUES))
        if isinstance(value, dict) and self._chance.random() < 0.5:
            value[self._name()] = self._chance.choice([*STRINGS, 1, None])
        return value


def _there(document: Json, path: tuple[str | int, ...]) -> bool:
    try:
        at(document, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def smallest(document: Json) -> Json:
    """Take parts away as long as the difference stays."""
    smaller = True
    while smaller:
        smaller = False
        for path in sorted(paths(document), key=len):
            if not _there(document, path):
                continue
            trial = copy.deepcopy(document)
            del at(trial, path[:-1])[path[-1]]
            if differs(trial):
                document, smaller = trial, True
    return document


def main() -> int:
    """Run until the time or the number of documents is reached, or a difference is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--documents", type=int, default=1_000_000)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311  # nothing is secret here
    changer, known = Changer(chance), seeds(conformance_root())
    counts: Counter[str] = Counter()
    begin = time.monotonic()
    compared = 0
    while compared < arguments.documents and time.monotonic() - begin < arguments.seconds:
        document = changer.changed(chance.choice(known))
        digest: Digest = "sha384" if chance.random() < 0.05 else "sha256"
        found = compiled(document, digest=digest)
        if found is None:
            counts["declined"] += 1
            continue
        if found != general(document, digest=digest):
            _report(document)
            return 1
        compared += 1
        if isinstance(found, CanonicalForm):
            counts["same bytes, something unsigned" if found.undefined else "same bytes"] += 1
        else:
            counts["same refusal"] += 1
        if compared % REPORT_EVERY == 0:
            _say(arguments.seed, compared, counts, time.monotonic() - begin)
    _say(arguments.seed, compared, counts, time.monotonic() - begin)
    return 0


def _say(seed: int, total: int, counts: Counter[str], seconds: float) -> None:
    hash_seed = os.environ.get("PYTHONHASHSEED", "random")
    parts = ", ".join(f"{name}: {count:,}" for name, count in sorted(counts.items()))
    print(
        f"seed {seed}, hash seed {hash_seed}, {seconds:,.0f} s, {total:,} documents compared; {parts}",
        flush=True,
    )


def _report(document: Json) -> None:
    document = smallest(document)
    print("DIFFERENCE", json.dumps(document))
    print("compiled:", compiled(copy.deepcopy(document)))
    print("general: ", general(document), flush=True)


if __name__ == "__main__":
    sys.exit(main())
