"""The JavaScript libraries of Digital Bazaar, asked for verdicts and signatures through `verify.mjs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from independent_program import Program
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.signing.public_key import KeyKind

NOTHING: Mapping[str, JsonObject] = {}


@dataclass(frozen=True)
class Verdict:
    """What is said of a credential there.

    Attributes:
        verified: whether it is signed by its issuer and valid now; a revoked one is verified too.
        statuses: the bits of its status entries.
        problems: why it is not verified.
    """

    verified: bool
    statuses: tuple[bool, ...] = ()
    problems: tuple[str, ...] = ()


FINE = Verdict(verified=True)
REFUSALS = (
    "Invalid signature.",
    "Did not verify any proofs; insufficient proofs matched",
    "No matching proofs found",
    "Dropping property that did not expand",  # it would be unsigned
    "Signature count (",
    "CBOR decode error: not enough data",
    "Unsupported public multikey header.",
    "Invalid public key size",
    "invalidPublicKeyLength",
)
"""How refusals there begin that are about the proof."""


@dataclass(frozen=True)
class DigitalBazaar:
    """The other implementation; it signs with one key of each kind, whose did:key is the issuer."""

    program: Program

    def verify(
        self,
        credential: JsonObject,
        *,
        now: datetime,
        documents: Mapping[str, JsonObject] = NOTHING,
        base: bool = False,
    ) -> Verdict:
        """Give a verdict on a credential, for which these documents can be loaded.

        A base proof of ecdsa-sd-2023 is verified only if `base`, and a derived one only if not.
        """
        return _verdict(
            self.program.ask(
                "verify", credential=credential, now=write_date_time(now), documents={**documents}, base=base
            )
        )

    def sign(
        self,
        credential: JsonObject,
        *,
        now: datetime,
        suite: str = "eddsa-rdfc-2022",
        kind: KeyKind = "Ed25519",
        mandatory: Sequence[str] = (),
    ) -> JsonObject:
        """Sign a credential, whose proof is left out first; `mandatory` is for ecdsa-sd-2023."""
        return self._credential(
            "sign",
            {
                "credential": {name: value for name, value in credential.items() if name != "proof"},
                "suite": suite,
                "kind": kind,
                "now": write_date_time(now),
                "mandatory": [*mandatory],
            },
        )

    def derive(self, credential: JsonObject, pointers: Sequence[str]) -> JsonObject:
        """Show parts of a credential with a base proof of ecdsa-sd-2023."""
        return self._credential("derive", {"credential": credential, "pointers": [*pointers]})

    def holder(self, kind: KeyKind) -> str:
        """Give the did:key of the key of some kind."""
        return str(self.program.ask("holder", kind=kind)["id"])

    def present(
        self, credential: JsonObject, *, suite: str, kind: KeyKind, now: datetime, challenge: str, domain: str
    ) -> JsonObject:
        """Show a credential to somebody who asked with a challenge."""
        job: JsonObject = {
            "credential": credential, "suite": suite, "kind": kind, "now": write_date_time(now),
            "challenge": challenge, "domain": domain,
        }  # fmt: skip
        return self._credential("present", job)

    def verify_presentation(
        self, presentation: JsonObject, *, now: datetime, challenge: str, domain: str
    ) -> Verdict:
        """Give a verdict on a presentation and the credentials in it."""
        return _verdict(
            self.program.ask(
                "verify presentation",
                presentation=presentation,
                now=write_date_time(now),
                challenge=challenge,
                domain=domain,
            )
        )

    def status_list(self, url: str, indexes: Sequence[int]) -> JsonObject:
        """Make an unsigned status list with some bits set."""
        return self._credential("list", {"url": url, "indexes": [*indexes]})

    def canonize(
        self, documents: Mapping[str, JsonObject], *, contexts: Mapping[str, JsonObject] = NOTHING
    ) -> JsonObject:
        """Give the canonical N-Quads of documents by their names, under ours and further contexts."""
        return self.program.ask("canonize", all={**documents}, documents={**contexts})

    def _credential(self, do: str, job: JsonObject) -> JsonObject:
        answer = self.program.ask(do, **job)
        credential = answer.get("credential")
        assert isinstance(credential, dict), answer
        return credential


def _verdict(answer: JsonObject) -> Verdict:
    statuses, problems = answer.get("statuses", []), answer["problems"]
    assert isinstance(statuses, list)
    assert isinstance(problems, list)
    return Verdict(answer.get("verified") is True, tuple(map(bool, statuses)), tuple(map(str, problems)))
