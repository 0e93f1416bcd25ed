"""Asks the 1EdTech validator in Python about badges; runs in an environment of its own, not in ours.

Standard input holds `{"port": …, "inputs": {name: text}, "recipients": {name: profile}}`, where a text is a
URL, JSON or a compact JWS. The validator was written for Python 2.7 to 3.6, so what Python has moved since is
put back first. Every https address is asked of the server on the loopback interface.
"""

from __future__ import annotations

import collections
import collections.abc
import inspect
import json
import logging
import sys
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit


def put_back() -> None:
    """Restore the names that the validator's libraries know."""
    for name in collections.abc.__all__:
        if not hasattr(collections, name):
            setattr(collections, name, getattr(collections.abc, name))
    if not hasattr(inspect, "getargspec"):
        inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]  # type: ignore[attr-defined]  # gone since 3.11


def stay_on_loopback(port: int) -> None:
    """Send every request to the server of the test, which has a folder per host."""
    adapter = import_module("requests.adapters").HTTPAdapter
    send_out = adapter.send

    def send(self: Any, request: Any, **options: Any) -> Any:  # noqa: ANN401  # a library without types
        url = request.url
        parts = urlsplit(url)
        request.url = f"http://127.0.0.1:{port}/{parts.netloc}{parts.path}"
        response = send_out(self, request, **options)
        response.url = request.url = url
        return response

    adapter.send = send


def main() -> None:
    """Judge everything and write the verdicts, by name."""
    work = json.load(sys.stdin)
    logging.disable(logging.CRITICAL)
    put_back()
    stay_on_loopback(work["port"])
    verify = import_module("openbadges.verifier.verifier").verify
    verdicts = {}
    for name, text in work["inputs"].items():
        report = verify(text, recipient_profile=work["recipients"].get(name))["report"]
        messages = [f"{one['messageLevel']} {one['name']}: {one['result']}" for one in report["messages"]]
        verdicts[name] = {"valid": report["valid"], "messages": messages}
    json.dump(verdicts, sys.stdout)


main()
