"""The policy to begin with, and the domain that it is written for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.policy_file import check_policy_file, read_policy
from openbadge_issuer.policy.section import LABEL_PATTERN
from openbadge_issuer.policy.starter import MANAGER, Domain, starter_policy
from openbadge_issuer.signing.did_document import did_web_url

LANGUAGES: tuple[tuple[Language, ...], ...] = (("en",), ("nl",), ("nl", "en"), ("en", "nl"))
DAY = date(2026, 3, 2)


def written(*languages: Language, name: str = "Breakthrough", domain: str = "badges.example") -> str:
    return starter_policy(
        domain=Domain.read(domain),
        name=name,
        contact="badges@breakthrough.example",
        languages=languages,
        adopted=DAY,
    )


@pytest.mark.parametrize("languages", LANGUAGES)
def test_it_is_sound_as_it_stands_without_even_a_warning(languages: tuple[Language, ...]) -> None:
    checked = check_policy_file(written(*languages).encode())
    assert [problem.remark.code for problem in checked.problems] == []
    assert checked.model is not None
    organisation = checked.model.organisation
    assert (organisation.id, organisation.name) == ("did:web:badges.example", "Breakthrough")
    assert organisation.languages == languages
    assert checked.model.publication.base == "https://badges.example"
    assert checked.model.adopted == DAY


def test_only_the_remarks_differ_between_the_languages() -> None:
    english, dutch = written("en"), written("nl")
    assert "# Who does what" not in dutch
    assert "Wie doet wat" in dutch
    both = [read_policy(text.encode()).to_json() for text in (english, dutch)]
    for document in both:
        organisation = document["organisation"]
        assert isinstance(organisation, dict)
        del organisation["languages"], organisation["time_zone"]
    assert both[0] == both[1]


def test_the_founder_s_role_may_do_everything_and_both_roles_are_named_in_both_languages() -> None:
    policy = read_policy(written("nl").encode())
    assert policy.roles_with("grant-roles") == (MANAGER,)
    assert all(role.name.keys() == role.purpose.keys() == {"en", "nl"} for role in policy.roles.values())


@example('Ex "am" \\ple {x}')
@example("a\x7fb")
@given(
    st.from_regex(LABEL_PATTERN, fullmatch=True).map(str.strip).filter(bool).filter(lambda n: len(n) <= 200)
)
def test_a_name_stands_in_it_as_it_was_given(name: str) -> None:
    checked = check_policy_file(written("en", name=name).encode())
    if checked.model is None:  # TOML reads it, and the policy refuses it: never anything else
        assert {problem.remark.code for problem in checked.problems} == {"TOML-CONTROL"}
    else:
        assert checked.model.organisation.name == name


@pytest.mark.parametrize(
    ("text", "base", "did"),
    [
        ("badges.example", "https://badges.example", "did:web:badges.example"),
        (" https://Badges.Example/ ", "https://badges.example", "did:web:badges.example"),
        ("badges.example:8443", "https://badges.example:8443", "did:web:badges.example%3A8443"),
        ("example.org/our/Badges", "https://example.org/our/Badges", "did:web:example.org:our:Badges"),
    ],
)
def test_a_domain_gives_the_identifier_and_the_address_that_belong_together(
    text: str, base: str, did: str
) -> None:
    domain = Domain.read(text)
    assert (domain.base, domain.did) == (base, did)
    document = did_web_url(did)
    assert document == (f"{base}/did.json" if "our" in base else f"{base}/.well-known/did.json")


@pytest.mark.parametrize(
    "text",
    [
        "", "badges", "http://badges.example", "a b.example", "badges.example/..%2f", "badges.example/../x",
        "badges.example/.", "x@y.example", "é.example", "badges.example?x", "did:web:badges.example",
        f"{'a' * 300}.example",
    ],
)  # fmt: skip
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(DocumentError) as refused:
        Domain.read(text)
    assert refused.value.code == "HOME-DOMAIN"
