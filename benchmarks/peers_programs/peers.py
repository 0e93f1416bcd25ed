"""What other Python libraries need for the same jobs: reads `JOB REPEATS` lines, answers with seconds.

The seconds are those of the processor. It runs in an environment of its own that `benchmarks/peers.py` makes;
a library that is not there has no jobs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

Jobs = dict[str, Callable[[], object]]


def openbadgeslib_jobs(given: dict[str, Any]) -> Jobs:
    """Its functions below the full interface, which do least."""
    from openbadgeslib import baking, ob3  # type: ignore[import-not-found]  # noqa: PLC0415  # of the other environment

    private, public, method = given["private"].encode(), given["public"].encode(), given["method"]
    picture = Path(given["picture"]).read_bytes()
    badge = json.dumps(given["signed"])

    def status_list() -> object:
        encoded = ob3.encode_bitstring(set(given["indexes"]), size_bits=given["bits"])
        subject = {**given["list"]["credentialSubject"], "encodedList": encoded}
        return ob3.add_data_integrity_proof({**given["list"], "credentialSubject": subject}, private, method)

    return {
        "openbadgeslib: sign": lambda: ob3.add_data_integrity_proof(given["unsigned"], private, method),
        "openbadgeslib: verify": lambda: ob3.verify_data_integrity_proof(given["signed"], public),
        "openbadgeslib: status list": status_list,
        "openbadgeslib: bake": lambda: baking.bake_png(picture, badge, keyword=b"openbadgecredential"),
    }


def pyjwt_jobs(given: dict[str, Any]) -> Jobs:
    """PyJWT, with a key object that is ready."""
    import jwt  # type: ignore[import-not-found]  # noqa: PLC0415  # of the other environment

    private = load_pem_private_key(given["private"].encode(), None)
    public = load_pem_public_key(given["public"].encode())
    token = jwt.encode(given["payload"], private, algorithm="EdDSA")
    options = {"verify_aud": False}
    return {
        "PyJWT: sign": lambda: jwt.encode(given["payload"], private, algorithm="EdDSA"),
        "PyJWT: verify": lambda: jwt.decode(token, public, algorithms=["EdDSA"], options=options),
    }


def joserfc_jobs(given: dict[str, Any]) -> Jobs:
    """`joserfc`, with a key object that is ready."""
    from joserfc import jwt  # noqa: PLC0415  # it may not be there
    from joserfc.jwk import OKPKey  # noqa: PLC0415  # as above

    key = OKPKey.import_key(given["private"])
    header = {"alg": "EdDSA", "typ": "JWT"}
    token = jwt.encode(header, given["payload"], key, algorithms=["EdDSA"])
    return {
        "joserfc: sign": lambda: jwt.encode(header, given["payload"], key, algorithms=["EdDSA"]),
        "joserfc: verify": lambda: jwt.decode(token, key, algorithms=["EdDSA"]),
    }


def main() -> None:
    """Serve."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    jobs: Jobs = {}
    for make in (openbadgeslib_jobs, pyjwt_jobs, joserfc_jobs):
        with suppress(ImportError):
            for name, run in make(given).items():
                run()
                jobs[name] = run
    sys.stdout.write(json.dumps(list(jobs)) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        name, repeats = line.rstrip("\n").rsplit(" ", 1)
        begin = time.process_time()
        for _ in range(int(repeats)):
            jobs[name]()
        sys.stdout.write(f"{time.process_time() - begin}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
