"""Writes docs/conformance.md: which rule has which code, and which tests hold it.

`make docs` writes it anew; a test fails while it is stale.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

from openbadge_issuer.errors.rule import Clause
from openbadge_issuer.errors.rules import rule_book

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "conformance.md"
_LIBRARIES = ROOT / "tests" / "integration" / "independent_verifier" / "package.json"
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)+")
_NO_CASES = {"test_rule_book.py", "test_findings_reference.py", "conformance_table.py"}

PROBES: tuple[tuple[str, str, str], ...] = (
    ("7.1 #1", "the document can be found and parsed", "BADGE-FORMAT JSON-SYNTAX PNG-NO-BADGE SVG-NO-BADGE JWT-FORMAT"),
    ("7.1 #2", "every term and type has a meaning", "PROOF-UNSIGNED-MEMBER JSONLD-UNMAPPED-TYPE CONTEXT-UNKNOWN"),
    ("7.1 #3", "the contexts, in their order", "OB3-CONTEXT-FIRST OB3-CONTEXT-SECOND OB3-CONTEXT-OLD OB3-CONTEXT-VERSION"),
    ("7.1 #4", "the types of a badge", "MODEL-TYPE"),
    ("7.1 #5", "the data model", "MODEL-REQUIRED MODEL-KIND MODEL-ENUM MODEL-FORMAT MODEL-CLOSED MODEL-NULL OB3-NOT-ARRAY"),
    ("7.1 #6", "the schemas that the badge names", "SCHEMA-MISMATCH SCHEMA-UNREACHABLE SCHEMA-INVALID SCHEMA-TYPE"),
    ("7.1 #7", "the subject, its criteria and results", "OB3-SUBJECT-IDENTITY OB3-CRITERIA OB3-RESULT-DESCRIPTION OB3-RESULT-LEVEL OB3-RESULT-STATUS"),
    ("7.1 #8", "the evidence", "MODEL-TYPE OB3-DATA-URI"),
    ("7.1 #9", "the issuer", "MODEL-TYPE OB3-ISSUER-URI"),
    ("7.1 #10a", "the token", "JWT-ALGORITHM JWT-ALGORITHM-KEY PROOF-SIGNATURE JWT-ISS JWT-SUB JWT-JTI JWT-NBF JWT-EXP JWT-HEADER"),
    ("7.1 #10b", "the embedded proof", "PROOF-MISSING PROOF-SIGNATURE PROOF-PURPOSE PROOF-CONTROLLER PROOF-KEY-UNBOUND PROOF-CRYPTOSUITE"),
    ("7.1 #11", "the newer copy", "REFRESH-DONE REFRESH-FAILED REFRESH-OTHER REFRESH-NOT-ASKED"),
    ("7.1 #12", "revocation and suspension", "STATUS-REVOKED STATUS-SUSPENDED STATUS-LIST-ID STATUS-PURPOSE-MISMATCH STATUS-LIST-LENGTH STATUS-INDEX-RANGE STATUS-LIST-UNPROVEN STATUS-REVOCATION-LIST"),
    ("7.1 #13", "the end of the period", "DATE-EXPIRED DATE-UNREADABLE"),
    ("7.1 #14", "the beginning of the period", "DATE-NOT-YET DATE-ORDER"),
    ("7.1 #15, #16; 7.2", "the endorsements", "ENDORSEMENT-BROKEN ENDORSEMENT-NOT-HELD ENDORSEMENT-OPEN ENDORSEMENT-OTHER"),
    ("7.3", "the status list as a credential", "STATUS-LIST-TYPE STATUS-LIST-CONTEXT STATUS-LIST-ISSUER STATUS-LIST-NOT-CURRENT"),
    ("3.2", "the header of a token", "JWT-ALGORITHM JWT-HEADER JWT-TYPE JWT-PRIVATE-KEY JWT-CRITICAL"),
    ("3.3", "the claims of a token", "JWT-ISS-MISSING JWT-SUB-MISSING JWT-JTI-MISSING JWT-NBF-MISSING JWT-EXP-MISSING JWT-VERSION-VC JWT-VERSION-V1"),
    ("3.6", "the key is the issuer's", "PROOF-KEY-UNBOUND PROOF-KEY-CLAIMED PROOF-CONTROLLER METHOD-NOT-LISTED METHOD-PURPOSE"),
    ("3.12", "the recipient", "RECIPIENT-MATCH RECIPIENT-OTHER"),
    ("3.14", "equality and supersession", "REFRESH-OTHER"),
    ("9.1", "names of version 2.0", "OB3-OLD-NAME"),
    ("9.8", "whole seconds", "OB3-SUBSECOND JWT-NBF-FRACTION"),
    ("9.12, 9.13", "members outside the signature, and the states of a context", "PROOF-UNSIGNED-MEMBER PROOF-CONTEXT-STATE"),
    ("9.16", "misspelt names of suites", "PROOF-CRYPTOSUITE-NAME"),
    ("9.17", "embedded data", "OB3-DATA-URI"),
    ("9.30", "arrays of status", "OB3-NOT-SINGLE"),
    ("11", "the extensions", "OB3-EXTENSION-MISSING OB3-EXTENSION-FORM"),
)  # fmt: skip
"""The probes of the reference validator and the rules beside them, by the numbers that implementers use."""

_DIFFERENCES = """\
Keys are taken as claimed, as the reference validator does, and its documents are given along
(`tests/conformance/test_corpus_ob30.py`, `test_corpus_ob20.py`). What it calls valid is accepted without a remark, what
it warns of is accepted with one, what it calls invalid is not accepted, for the same reason. Held to be right otherwise:

| file | there | here | why |
|---|---|---|---|
| `ob30/simple-jwt.svg` | valid | `JWT-SUB-MISSING` | the subject has an id, so the claim `sub` is required; the reference validator compares no claims |
| `ob30/simple-jwt_v1.png` | warning | `JWT-SUB-MISSING` | the same |
| `ob30/complete.json` | invalid: a schema answers 404 | undetermined: `DOCUMENTS-MISSING` | that schema is bundled here; the status list cannot be had |

Those of Open Badges 2.0 stand in [Open Badges 2.0](reference/open-badges-2.md), those between our schemas and our models
in [schemas](reference/schemas.md).
"""


_BAZAAR = "@digitalbazaar"
JUDGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("EdDSA suites", "suites", (f"{_BAZAAR}/eddsa-rdfc-2022-cryptosuite", f"{_BAZAAR}/eddsa-jcs-2022-cryptosuite", f"{_BAZAAR}/ed25519-signature-2020")),
    ("ECDSA suites, with P-256 and P-384", "suites", (f"{_BAZAAR}/ecdsa-rdfc-2019-cryptosuite", f"{_BAZAAR}/ecdsa-jcs-2019-cryptosuite")),
    ("selective disclosure", "disclosure", (f"{_BAZAAR}/ecdsa-sd-2023-cryptosuite",)),
    ("presentations", "presentations", (f"{_BAZAAR}/vc",)),
    ("status lists", "verifier", (f"{_BAZAAR}/vc-bitstring-status-list",)),
    ("canonical forms", "verifier", ("jsonld",)),
    ("VC-JWT and VC-JOSE-COSE", "tokens", ("jose",)),
    ("SD-JWT and its key binding", "sd_jwt", ("@sd-jwt/core",)),
)  # fmt: skip
"""What is held against which libraries of others, in which module `integration/test_independent_…`."""


def modules_by_code() -> dict[str, list[str]]:
    """Find the test modules that name each code."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name in _NO_CASES:
            continue
        for code in set(_CODE.findall(path.read_text("utf-8"))):
            found[code].append(path.relative_to(ROOT / "tests").as_posix().removesuffix(".py"))
    return found


def page() -> str:
    """Write the whole page."""
    tests = modules_by_code()
    lines = ["# Conformance", "", "Every rule, its code, and the tests that name it. Generated: change the rule book, then", "`make docs`.", "", "## The reference validator's corpus", "", _DIFFERENCES]  # fmt: skip
    lines += ["## The reference validator's probes, and what stands beside them", "", "| place | rule | codes |", "|---|---|---|"]  # fmt: skip
    lines += [
        f"| {place} | {rule} | {' '.join(f'`{code}`' for code in codes.split())} |"
        for place, rule, codes in PROBES
    ]
    lines += ["", "## Other implementations", "", "Both ways, see [Interoperability](reference/interoperability.md).", "", "| what | held against | tests |", "|---|---|---|"]  # fmt: skip
    lines += [
        f"| {what} | {', '.join(map(_with_version, libraries))} | `integration/test_independent_{module}` |"
        for what, module, libraries in JUDGES
    ]
    lines += [
        "",
        "## Every rule with a clause",
        "",
        "| clause | code | severity | tests |",
        "|---|---|---|---|",
    ]
    for rule in sorted(rule_book().values(), key=lambda rule: (_title(rule.clause), rule.code)):
        if rule.clause is not None:
            named = tests[rule.code]
            shown = ", ".join(f"`{name}`" for name in named[:3]) + (
                f" and {len(named) - 3} more" if named[3:] else ""
            )
            link = f"[{rule.clause.title}]({rule.clause.url})"
            lines.append(f"| {link} | `{rule.code}` | {rule.severity} | {shown} |")
    return "\n".join(lines) + "\n"


def _with_version(library: str) -> str:
    wanted: dict[str, str] = json.loads(_LIBRARIES.read_bytes())["dependencies"]
    return f"`{library}` {wanted[library]}"


def _title(clause: Clause | None) -> str:
    return clause.title if clause else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
