"""A process of its own that writes to a register: `register_worker.py URL EVIDENCE`, told what on its input.

Each line is a deed, or several with `;` between them; for each a child is forked, so that they run at once
and can be killed one by one:

    award FROM TO       award one by one in any order, and say `CHILD NUMBER INDEX` after each
    die STEP award N    the same for one, but die at a step
    die STEP erase N    erase somebody, but die at a step

Steps are counted: each statement before it is sent, the commit, and what comes after it. First `CHILD begins`
is said of every child, and at the end `CHILD done`, `CHILD killed` or `CHILD failed`.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import event

from openbadge_issuer.register import Register
from openbadge_issuer.register.erasing import erase_in
from register_world import HOME, award, facts_of, keeper, settings_with_evidence


def die_at(register: Register, step: int) -> None:
    """Let this process be killed, as hard as can be, when the register comes to a step."""
    steps = count(1)

    def come(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(register.engine, "before_cursor_execute", come)
    event.listen(register.engine, "commit", come)
    event.listen(register.engine, "checkin", come)  # a connection is given back after its commit


def do(url: str, evidence: Path, deed: list[str]) -> None:
    """Do a deed in this process."""
    with Register.open(url, settings=settings_with_evidence(evidence)) as register:
        if deed[0] == "die":
            die_at(register, int(deed[1]))
            deed = deed[2:]
        if deed[0] == "award":
            first, last = int(deed[1]), int(deed[-1])
            numbers = list(range(first, last + 1))
            random.shuffle(numbers)
            for number in numbers:
                with register.ledger(HOME) as ledger:
                    # Every 16th draws the same, so that they often meet.
                    index = award(ledger, number, seed=number % 16 - number)
                say(f"{os.getpid()} {number} {index}")
        else:
            with register.ledger(HOME) as ledger:
                erase_in(ledger, f"p-{deed[1]}", actor=keeper(), ground="objection", facts=facts_of)


def say(line: str) -> None:
    """Say something at once, whatever happens next."""
    os.write(1, f"{line}\n".encode())


def main(url: str, evidence: str) -> None:
    """Fork for the deeds of each line of the input."""
    say("ready")
    for line in sys.stdin:
        children = []
        for deed in line.split(";"):
            child = os.fork()
            if child == 0:
                os.kill(os.getpid(), signal.SIGSTOP)  # until all of them are there
                do(url, Path(evidence), deed.split())
                os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, os.WUNTRACED)
            say(f"{child} begins")
        for child in children:
            os.kill(child, signal.SIGCONT)
        for child in children:
            _, status = os.waitpid(child, 0)
            say(f"{child} {'killed' if os.WIFSIGNALED(status) else 'failed' if status else 'done'}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
