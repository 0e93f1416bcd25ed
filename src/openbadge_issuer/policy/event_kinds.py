"""Every kind of event, and the way back from what is stored."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy import badge_events, person_events, staff_events
from openbadge_issuer.policy.event import Event, Sealed, personal_fields

_MODULES = (staff_events, person_events, badge_events)


@cache
def kinds() -> dict[str, type[Event]]:
    """Return the classes of events by their kinds."""
    found: dict[str, type[Event]] = {}
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Event) and value is not Event:
                found[value.kind] = value
    return found


def restore(sealed: Sealed) -> Event:
    """Put an event together again; the fields of destroyed parts are None.

    Raises:
        RegisterError: `REGISTER-EVENT`, no event of this kind is made of these members.
    """
    kind = kinds().get(sealed.kind)
    if kind is None:
        raise RegisterError("REGISTER-EVENT", kind=sealed.kind[:60])
    members = dict(sealed.body)
    for part in sealed.parts:
        members.update(part.content if part is not None else {})
    try:
        # A destroyed part leaves its fields out, and each of them may be None.
        return kind.model_validate(dict.fromkeys(personal_fields(kind)) | members)
    except ValidationError as error:
        raise RegisterError("REGISTER-EVENT", kind=sealed.kind[:60]) from error
