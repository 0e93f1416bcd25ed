from __future__ import annotations

import pytest

from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.nquads import Quad, parse_nquads
from openbadge_issuer.jsonld.rdfc import canonicalize_dataset

P, Q = "<urn:p>", "<urn:q>"


def children(parents: int, each: int) -> list[Quad]:
    """Equal blank parents under one node, with equal blank children each."""
    quads = [Quad("<urn:root>", P, f"_:p{number}") for number in range(parents)]
    return quads + [Quad(f"_:p{one}", Q, f"_:c{one}x{two}") for one in range(parents) for two in range(each)]


def code_of(quads: list[Quad], max_work: int | None = None) -> str:
    with pytest.raises(LimitError) as error:
        canonicalize_dataset(quads, max_work=max_work)
    assert error.value.sentence("nl")
    return error.value.code


def test_a_dataset_without_blank_nodes_is_only_sorted() -> None:
    result = canonicalize_dataset(parse_nquads("<urn:b> <urn:p> <urn:o> .\n<urn:a> <urn:p> <urn:o> .\n"))
    assert result.nquads == b"<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> <urn:o> .\n"
    assert result.labels == {}


def test_an_empty_dataset_has_an_empty_form() -> None:
    assert canonicalize_dataset([]).nquads == b""


def test_the_map_tells_which_label_became_which() -> None:
    result = canonicalize_dataset([Quad("<urn:s>", P, "_:x.1"), Quad("_:x.1", Q, '"a"')])
    assert result.labels == {"x.1": "c14n0"}
    assert result.nquads == b'<urn:s> <urn:p> _:c14n0 .\n_:c14n0 <urn:q> "a" .\n'


def test_labels_do_not_depend_on_the_labels_given() -> None:
    one = [Quad("<urn:s>", P, "_:a"), Quad("<urn:s>", P, "_:b"), Quad("_:a", Q, "_:b")]
    other = [Quad("_:c14n1", Q, "_:c14n0"), Quad("<urn:s>", P, "_:c14n0"), Quad("<urn:s>", P, "_:c14n1")]
    assert canonicalize_dataset(one).nquads == canonicalize_dataset(other).nquads


def test_a_node_that_stands_twice_in_one_quad_is_hashed_once() -> None:
    # Labels as rdf-canonize 5.0.0 gives them.
    quads = [Quad("_:a", P, "_:a", "_:a"), Quad("_:b", P, "_:b"), Quad("_:a", Q, "_:b")]
    assert canonicalize_dataset(quads).nquads == (
        b"_:c14n0 <urn:p> _:c14n0 .\n_:c14n1 <urn:p> _:c14n1 _:c14n1 .\n_:c14n1 <urn:q> _:c14n0 .\n"
    )


def test_the_digest_is_part_of_the_labelling() -> None:
    quads = [Quad("<urn:s>", f"<urn:p{number}>", f"_:n{number}") for number in range(8)]
    assert canonicalize_dataset(quads).nquads != canonicalize_dataset(quads, digest="sha384").nquads


def test_a_thousand_distinct_nodes_take_no_work_at_all() -> None:
    quads = [Quad("_:s", P, f"_:n{number}") for number in range(1000)]
    quads += [Quad(f"_:n{number}", Q, f'"{number}"') for number in range(1000)]
    assert len(canonicalize_dataset(quads, max_work=0).labels) == 1001


def test_a_thousand_equal_leaves_are_within_the_means_of_their_dataset() -> None:
    quads = [Quad("_:s", P, f"_:n{number}") for number in range(1000)]
    quads += [Quad(f"_:n{number}", Q, '"x"') for number in range(1000)]
    assert len(canonicalize_dataset(quads).labels) == 1001


def test_a_few_equal_children_under_equal_parents_are_told_apart() -> None:
    assert len(canonicalize_dataset(children(2, 4)).labels) == 10


@pytest.mark.parametrize(
    "quads",
    [
        pytest.param(children(2, 8), id="eight equal children under two equal parents"),
        pytest.param(
            [Quad(f"_:{one}", P, f"_:{two}") for one in range(12) for two in range(12) if one != two],
            id="clique of twelve",
        ),
        pytest.param(
            [Quad(f"_:n{number}", P, f"_:n{(number + 1) % 1000}") for number in range(1000)],
            id="circle of a thousand",
        ),
    ],
)
def test_poison_is_refused(quads: list[Quad]) -> None:
    assert code_of(quads) == "JSONLD-WORK"


def test_the_budget_can_be_set() -> None:
    assert code_of(children(2, 2), max_work=10) == "JSONLD-WORK"


def test_equal_orders_of_nodes_related_twice_are_tried_once() -> None:
    # Two graphs say the same, so each of three related nodes stands twice in its list: 90 orders, not 720.
    graphs = ("<urn:g>", "<urn:h>")
    quads = [Quad(f"_:{s}", P, f"_:n{n}", graph) for s in "ab" for n in range(3) for graph in graphs]
    assert len(canonicalize_dataset(quads).labels) == 5
    assert code_of(quads, max_work=100) == "JSONLD-WORK"
