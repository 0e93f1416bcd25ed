"""The tables of the measurements, with what is needed to judge them."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from job import Job, quartiles
from proofs import PROOFS, RSA_BITS, withheld_statements

MILLISECONDS = 1000


def report(jobs: Sequence[Job], *, rounds: int, seconds: float, skipped: Sequence[str]) -> str:
    """Write all tables."""
    load, *_ = os.getloadavg()
    packages = ", ".join(f"{name} {version(name)}" for name in ("cryptography", "pyld", "pydantic"))
    by_name = {job.name: job for job in jobs}
    further = [
        section.format(table=_table(group, own, by_name))
        for group, section in _GROUPS.items()
        if (own := [job for job in jobs if job.group == group])
    ]
    return f"""# Measured speed

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {rounds} rounds in {seconds:.0f} s,
{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()},
{os.cpu_count()} cores of which one is used, load {load:.1f} at the end; {packages}.

A ratio is taken within each round: of speeds, or of times where times are shown. Compare ratios, never
absolute figures of different runs; a load above 1 means that others worked on the machine too. Time is that
of the processor, so that a busy machine changes little; only with pools and the register it is the time
that passed.

## The usual things

{speed_table([job for job in jobs if job.group == "usual"], by_name)}

- The badge has a status entry, evidence, an alignment and a hashed recipient. Each run issues to another
  recipient, or verifies another badge of the same issuer; contexts and the issuer's key are known by then.
- “Another achievement each time” has an identifier, name, description and criteria of its own, and the same
  members; “of another shape” has members that no badge had in them before.
- `verify` builds the full report. “With its status list” fetches, verifies and decodes a list of 131,072
  entries given in memory for every single badge.
- “Plain pyld” does no more than expand, label, hash and sign or verify, without any check: a yardstick.
- “Pool of” so many processes: a stream of badges through `issue_many`, keys opened on the workers; where
  other work keeps both cores busy, a second process gains little. Dask is a cluster on this machine.
- Other libraries run in processes of their own, and time themselves; each does the least that makes or checks
  such a proof, without model, status or report.{_skipped(skipped)}

## Every proof beside its bare signature

{proof_table(by_name)}

- Bare is the signature of 64 bytes by `cryptography` alone, with the same key; RSA keys have {RSA_BITS}
  bits.
- Issuing is from an achievement to bytes, verifying from bytes to the full report, of the badge above.
- `ecdsa-sd-2023` signs each statement that can be withheld, here {withheld_statements()}, and the rest once;
  a verifier checks each that is shown, here all but the evidence.
- `vc+sd-jwt` is the signing of a finished credential, of which two members can be withheld.
{"".join(further)}"""


_GROUPS = {
    "growing": """
## Cost as work grows

{table}

- A canonical form is what a proof of an `…-rdfc-…` suite is made over; “by itself” is a proof without model,
  status and report. “Poison” is a small document of equal blank nodes that take factorial time to tell apart.
""",
    "register": """
## Awards through the register

{table}

- The unit is one award, also where many are recorded in one transaction. An award of the register alone is
  two events with four personal parts, an index of a status list and the facts of the procedure.
- Through the office an award is opened, assessed against two criteria, granted by somebody else and signed:
  four transactions, each with the rules of the policy, and a new person for each award.
- What is committed is on disk before the next begins: a commit cannot be faster than the disk says so.
""",
    "start": """
## Start

{table}

- A new process, from start to exit: the time of its processor, and the time that passed.
""",
}
"""The further tables, by the group of their jobs."""


def _table(group: str, jobs: Sequence[Job], by_name: Mapping[str, Job]) -> str:
    if group == "growing":
        return time_table(jobs, by_name)
    return start_table(jobs, by_name) if group == "start" else speed_table(jobs, by_name)


def speed_table(jobs: Sequence[Job], by_name: Mapping[str, Job]) -> str:
    """Write how often in a second."""
    lines = ["| job | median | quartiles | ratio (quartiles) to |", "| --- | ---: | ---: | --- |"]
    proofs = {name for proof in PROOFS for name in (proof.issue, proof.verify)}
    for job in jobs:
        if job.name not in proofs:
            low, middle, high = quartiles(1 / seconds for seconds in job.seconds)
            ratios = "; ".join(_speed(job, by_name[name]) + f" {name}" for name in job.references)
            lines.append(f"| {job.name} | {middle:,.0f} /s | {low:,.0f} to {high:,.0f} | {ratios} |")
    return "\n".join(lines)


def time_table(jobs: Sequence[Job], by_name: Mapping[str, Job]) -> str:
    """Write how many milliseconds, and how many times as long as something else."""
    lines = ["| job | median | quartiles | times as long as (quartiles) |", "| --- | ---: | ---: | --- |"]
    for job in jobs:
        low, middle, high = (f"{value * MILLISECONDS:.2g}" for value in quartiles(job.seconds))
        times = "; ".join(_shown(job.times(by_name[name])) + f" {name}" for name in job.references)
        lines.append(f"| {job.name} | {middle} ms | {low} to {high} | {times} |")
    return "\n".join(lines)


def start_table(jobs: Sequence[Job], by_name: Mapping[str, Job]) -> str:
    """Write the time of whole processes."""
    lines = [
        "| process | processor | quartiles | times as long as (quartiles) | passed | quartiles |",
        "| --- | ---: | ---: | --- | ---: | ---: |",
    ]
    for job in jobs:
        cells = [job.name]
        for place, values in enumerate((job.seconds, job.passed)):
            low, middle, high = (f"{value * MILLISECONDS:,.0f}" for value in quartiles(values))
            cells += [f"{middle} ms", f"{low} to {high}"]
            if place == 0:
                cells.append(
                    "; ".join(f"{_shown(job.times(by_name[name]))} {name}" for name in job.references)
                )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def proof_table(by_name: Mapping[str, Job]) -> str:
    """Write what every proof costs beside its bare signature, a line for each."""
    lines = [
        "| proof | algorithm | issue | of bare signing | verify | of bare verifying |",
        "| --- | --- | ---: | --- | ---: | --- |",
    ]
    for proof in PROOFS:
        cells = [f"`{proof.name}`", proof.algorithm]
        for name, bare in ((proof.issue, proof.bare_sign), (proof.verify, proof.bare_verify)):
            _, middle, _ = quartiles(1 / seconds for seconds in by_name[name].seconds)
            cells += [f"{middle:,.0f} /s", _speed(by_name[name], by_name[bare])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _speed(job: Job, reference: Job) -> str:
    return _shown(job.speed_beside(reference))


def _shown(ratio: tuple[float, float, float]) -> str:
    low, middle, high = (f"{value:.2g}" if value < 1 else f"{value:,.1f}" for value in ratio)
    return f"**{middle}** ({low} to {high})"


def _skipped(skipped: Sequence[str]) -> str:
    return "".join(f"\n- Skipped: {one}." for one in skipped)
