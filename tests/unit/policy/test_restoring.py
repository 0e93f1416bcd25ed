"""What is stored and is no event is refused."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.event import Sealed
from openbadge_issuer.policy.event_kinds import restore


@pytest.mark.parametrize(("kind", "body"), [("no-such-event", {}), ("role-ended", {"person": "x"})])
def test_what_is_no_event_cannot_be_restored(kind: str, body: JsonObject) -> None:
    with pytest.raises(RegisterError) as caught:
        restore(Sealed(kind, body, ()))
    assert caught.value.code == "REGISTER-EVENT"
