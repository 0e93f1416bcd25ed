"""The badge policy as a file: `badge-policy.toml`, read into typed models and checked as a whole."""

from __future__ import annotations

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.file_problems import Checked, FileProblem, check_file, read_file
from openbadge_issuer.policy.policy_check import findings


def read_policy(data: bytes) -> BadgePolicy:
    """Read a policy file; whether its rules agree with each other is not looked at.

    Raises:
        DocumentError: the file cannot be read as a policy; the first problem, with its line.
        LimitError: it is longer or deeper than any policy.
    """
    return read_file(BadgePolicy, data)


def check_policy_file(data: bytes) -> Checked[BadgePolicy]:
    """Read a policy file, or list everything that is wrong with it; then check that its rules agree.

    A policy that can be read, but whose rules do not agree, is there together with the problems.
    """
    checked = check_file(BadgePolicy, data)
    if checked.model is None or checked.file is None:
        return checked
    lines = checked.file.lines
    found = [FileProblem(one.remark, lines.of(one.path)) for one in findings(checked.model)]
    return Checked(checked.model, tuple(sorted(found, key=lambda one: one.line)), checked.file)
