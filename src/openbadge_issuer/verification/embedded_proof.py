"""One embedded proof: its dates, its key, its signature, and what the signature does not cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import (
    CanonicalizationError,
    ContextError,
    KeyMaterialError,
    LimitError,
    OpenBadgeError,
    ResolutionError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.jsonld.canonical import UndefinedMember
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.resolution.verification_method import Purpose, VerificationKey, resolve_key
from openbadge_issuer.signing.cryptosuite import UNFIT, Cryptosuite, other_name, suite_of
from openbadge_issuer.signing.eddsa_rdfc_2022 import EDDSA_RDFC_2022
from openbadge_issuer.verification.keys import judge_key, key_not_found, pinned_keys
from openbadge_issuer.verification.report import Finding, KeyUsed, Outcome, finding, finding_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.signatures import Signatures
from openbadge_issuer.verification.subject import string_items


@dataclass(slots=True)
class EmbeddedProof:
    """A proof that stands in a document, and what is found out about it.

    Attributes:
        signatures: the secured document, proofs included, and what is known of its signatures.
        proof: the proof object.
        place: the JSON Pointer to it.
        issuer: the identifier of the issuer.
        settings: the arguments of the verification.
        purpose: what the proof must be for.
        findings: what was found.
        unsigned: the members that lie outside the signature.
        key: the key that the proof names, if it could be had.
        annulments: where the document of the key's owner leads for annulled badges.
        supported: False if the kind of proof is not known here.
    """

    signatures: Signatures
    proof: JsonObject
    place: str
    issuer: str
    settings: Settings
    purpose: Purpose = "assertionMethod"
    findings: list[Finding] = field(default_factory=list)
    unsigned: tuple[UndefinedMember, ...] = ()
    key: KeyUsed | None = None
    annulments: str | None = None
    supported: bool = True
    _suite: Cryptosuite = EDDSA_RDFC_2022

    @property
    def holds(self) -> bool:
        """Whether nothing was found that keeps this proof from being believed."""
        return all(found.outcome == "passed" for found in self.findings if found.severity == "error")

    @property
    def is_anothers(self) -> bool:
        """Whether all that is amiss is whose key it is: somebody else signed too, and that holds."""
        amiss = {
            found.code for found in self.findings if found.severity == "error" and found.outcome != "passed"
        }
        return amiss == {"PROOF-CONTROLLER"}

    def check(self) -> None:
        """Check the proof; what is found stands in the attributes (Data Integrity 1.0, "Verify Proof")."""
        try:
            suite = suite_of(self.proof, pointer=self.place)
            suite.check(self.proof, pointer=self.place, purpose=self.purpose)
        except UnsupportedError as error:
            self.supported = False
            self._note(error, "undetermined")
            return
        except SignatureError as error:
            self._note(error, "failed")
            return
        self._suite = suite
        found = other_name(self.proof)
        if found is not None:
            pointer = f"{self.place}/cryptosuite"
            self.findings.append(finding("PROOF-CRYPTOSUITE-NAME", "failed", pointer, found=found))
        self._check_dates()
        keys = self._find_keys()
        if keys:
            key = keys[0] if len(keys) == 1 else next(filter(self._fits, keys), keys[0])
            self._check_signature(key)
            self._judge_key(key)

    def _note(self, error: OpenBadgeError, outcome: Outcome) -> None:
        self.findings.append(finding_of(error, outcome, verdict="integrity", severity="error"))

    def _check_dates(self) -> None:
        settings = self.settings
        for name in ("created", "expires"):
            if name not in self.proof:
                continue
            moment, pointer = self._moment(name), f"{self.place}/{name}"
            if moment is None:
                self.findings.append(finding("PROOF-DATE", "failed", pointer, name=name))
            elif name == "created" and moment - settings.at > settings.clock_skew:
                self.findings.append(finding("PROOF-NOT-YET", "failed", pointer, date=moment.isoformat()))
            elif name == "expires" and settings.at - moment > settings.clock_skew:
                self.findings.append(finding("PROOF-EXPIRED", "failed", pointer, date=moment.isoformat()))

    def _moment(self, name: str) -> datetime | None:
        text = self.proof.get(name)
        try:
            return parse_date_time(text) if isinstance(text, str) else None
        except ValueError:
            return None

    def _find_keys(self) -> tuple[VerificationKey, ...]:
        """Find the key that the proof names; where it cannot be had, those that the caller pinned."""
        pointer = f"{self.place}/verificationMethod"
        method = self.proof.get("verificationMethod")
        if not isinstance(method, str):
            self.findings.append(finding("PROOF-METHOD", "failed", pointer))
            return ()
        try:
            found = resolve_key(
                method,
                issuer=self.issuer,
                fetcher=self.settings.fetcher,
                resolvers=self.settings.resolvers,
                purpose=self.purpose,
            )
        except (ResolutionError, UnsupportedError, KeyMaterialError) as error:
            pinned = pinned_keys(error, method, issuer=self.issuer, settings=self.settings)
            if not pinned:
                self.findings.append(key_not_found(error, pointer))
            return pinned
        return (found,)

    def _fits(self, found: VerificationKey) -> bool:
        try:
            self._verify_under_known_states(found)
        except OpenBadgeError:
            return False
        return True

    def _judge_key(self, found: VerificationKey) -> None:
        # Who shows himself does so now, whatever the proof says: the challenge was given just before.
        signed_at = self._moment("created") if self.purpose == "assertionMethod" else self.settings.at
        judged = judge_key(
            found,
            self.proof,
            issuer=self.issuer,
            signed_at=signed_at,
            settings=self.settings,
            pointer=f"{self.place}/verificationMethod",
        )
        self.key = judged.used
        self.annulments = judged.annulments
        self.findings += judged.findings

    def _check_signature(self, found: VerificationKey) -> None:
        try:
            state = self._verify_under_known_states(found)
        except (ContextError, LimitError, UnsupportedError) as error:
            self._note(error, "undetermined")
        except OpenBadgeError as error:
            self._note(error, "failed")
        else:
            self.findings.append(finding("PROOF-SIGNATURE", "passed", self.place))
            if state:
                self.findings.append(finding("PROOF-CONTEXT-STATE", "failed", "/@context", state=state))

    def _verify_under_known_states(self, found: VerificationKey) -> str:
        """Verify under the served contexts, then under the other known contents (architecture, decision 5).

        Returns a description of the contents that fitted, if they were not the served ones.
        """
        loader, tried = self.settings.loader, set[bytes]()
        try:
            self._verify_under(loader, found, tried)
        except SignatureError as error:
            if error.code not in UNFIT:
                raise
            urls = string_items(self.signatures.document.get("@context"))
            for other in loader.alternatives(urls):
                try:
                    if self._verify_under(other, found, tried):
                        return _described(other, urls)
                except (CanonicalizationError, SignatureError):
                    continue  # this content does not fit either
            raise
        return ""

    def _verify_under(self, loader: ContextLoader, found: VerificationKey, tried: set[bytes]) -> bool:
        """Verify under one content of the contexts; False if its hash was tried already."""
        hashed = self.signatures.hash_under(loader, self._suite, self.proof, found.key, pointer=self.place)
        if hashed.digest in tried:
            return False
        tried.add(hashed.digest)
        self.unsigned = self.signatures.check_proof(
            loader,
            self._suite,
            self.proof,
            found.key,
            pointer=self.place,
            purpose=self.purpose,
            hashed=hashed,
        )
        return True


def _described(loader: ContextLoader, urls: Iterable[str]) -> str:
    """Name the contents of contexts that are not the served ones."""
    return ", ".join(
        f"{url} ({state.seen or state.digest[:12]})"
        for url in dict.fromkeys(urls)
        for rank, state in enumerate(loader.states(url))
        if rank and state.document is loader.load(url)
    )
