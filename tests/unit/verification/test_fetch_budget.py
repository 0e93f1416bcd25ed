from __future__ import annotations

import pytest

from issued_badges import KEY, LATER, signed_with, small_document
from openbadge_issuer.assertions.json_text import JsonValue, dump_json
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import verify
from openbadge_issuer.verification.fetch_budget import MAX_FETCHES, FetchBudget

URL = "https://badges.example/status/1"


class Counted:
    """A web on which every address answers the same."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.urls: list[str] = []

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Answer and count."""
        assert accept
        assert len(self.body) <= max_bytes
        self.urls.append(url)
        return Fetched(url, url, 200, "application/json", self.body)


def test_the_budget_is_spent_once() -> None:
    web = Counted(b"{}")
    fetcher = FetchBudget(web)
    for number in range(MAX_FETCHES):
        fetcher.fetch(f"https://a.example/{number}")
    with pytest.raises(ResolutionError) as caught:
        fetcher.fetch("https://a.example/")
    assert caught.value.code == "FETCH-BUDGET"
    assert len(web.urls) == MAX_FETCHES


def test_a_list_that_two_entries_name_is_fetched_once() -> None:
    entries = [
        {**StatusEntry.at(URL, index=index, purpose="revocation").to_json(), "id": f"{URL}#{index}"}
        for index in (1, 2)
    ]
    web = Counted(StatusList.create(URL, issuer=KEY.did_key).sign(KEY, now=LATER))
    assert verify(signed_with({"credentialStatus": entries}), now=LATER, fetcher=web)
    assert web.urls == [URL]


def test_a_badge_that_names_a_thousand_addresses_sends_nobody_to_all_of_them() -> None:
    own = small_document()["proof"]
    assert isinstance(own, dict)
    numbers = iter(range(10_000))

    def proofs() -> list[JsonValue]:
        return [{**own, "verificationMethod": f"https://a.example/{next(numbers)}"} for _ in range(16)]

    inside = small_document(type=["VerifiableCredential", "EndorsementCredential"])
    endorsements: list[JsonValue] = [{**inside, "proof": proofs()} for _ in range(30)]
    web = Counted(b"{}")
    badge = small_document(proof=proofs(), endorsement=endorsements)
    report = verify(badge, now=LATER, fetcher=web)
    assert not report
    assert 16 <= len(web.urls) <= MAX_FETCHES
    assert len(dump_json(report.to_json())) < 2_000_000
