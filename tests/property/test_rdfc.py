from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.nquads import Quad, is_blank, parse_nquads
from openbadge_issuer.jsonld.rdfc import CanonicalDataset, canonicalize_dataset

NODES = st.sampled_from([f"_:n{number}" for number in range(6)])
SUBJECTS = st.one_of(NODES, st.sampled_from(["<urn:a>", "<urn:b>"]))
PREDICATES = st.sampled_from(["<urn:p>", "<urn:q>"])
GRAPHS = st.one_of(st.just(""), st.just("<urn:g>"), NODES)
QUADS = st.lists(
    st.builds(Quad, SUBJECTS, PREDICATES, st.one_of(SUBJECTS, st.just('"x"')), GRAPHS), max_size=14
)


def canonicalized(quads: list[Quad]) -> CanonicalDataset | None:
    try:
        return canonicalize_dataset(quads)
    except LimitError:
        return None


def renamed(quads: list[Quad], names: dict[str, str]) -> list[Quad]:
    return [
        Quad(names.get(s, s), predicate, names.get(o, o), names.get(g, g)) for s, predicate, o, g in quads
    ]


@given(QUADS, st.randoms(use_true_random=False))
def test_neither_labels_nor_order_matter(quads: list[Quad], chance: random.Random) -> None:
    result = canonicalized(quads)
    assume(result is not None)
    nodes = sorted({term for quad in quads for term in quad if is_blank(term)})
    names = [f"_:c14n{number}" for number in range(len(nodes))]
    chance.shuffle(names)
    other = renamed(quads, dict(zip(nodes, names, strict=True)))
    chance.shuffle(other)
    assert canonicalize_dataset(other).nquads == (result.nquads if result else None)


@given(QUADS)
def test_the_form_says_the_same_as_the_dataset(quads: list[Quad]) -> None:
    result = canonicalized(quads)
    assume(result is not None)
    labels = {f"_:{before}": f"_:{after}" for before, after in (result.labels if result else {}).items()}
    assert len(set(labels.values())) == len(labels)
    assert set(parse_nquads(result.nquads if result else b"")) == set(renamed(quads, labels))


@given(QUADS)
def test_the_form_of_a_form_is_itself(quads: list[Quad]) -> None:
    result = canonicalized(quads)
    assume(result is not None)
    again = canonicalize_dataset(parse_nquads(result.nquads if result else b""))
    assert again.nquads == (result.nquads if result else None)
