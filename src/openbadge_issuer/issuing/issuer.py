"""The issuer: from an achievement and a recipient to a signed badge."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime
from typing import Literal

from openbadge_issuer.assertions import (
    Achievement,
    EndorsementCredential,
    EndorsementSubject,
    Evidence,
    Image,
    Profile,
    Result,
    localized,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.learner_record import clr_of
from openbadge_issuer.assertions.recipient import RandomBytes, Recipient
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.award import Award, Contexts, Proof, Version, proof_format_of
from openbadge_issuer.issuing.credential import status_entries, unsigned_credential, unstable_members
from openbadge_issuer.issuing.hosted_addresses import HostedAddresses
from openbadge_issuer.issuing.period import fresh_id, validity_period, whole_second
from openbadge_issuer.issuing.signed_badge import (
    IssueFailure,
    SignedBadge,
    SignedClr,
    SignedEndorsement,
    UnsignedBadge,
    as_received,
)
from openbadge_issuer.issuing.templates.store import Randomness, issue_by_template
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.sealing import ProofFormat, contexts_for, proof_format, seal
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status import StatusEntry


class Issuer:
    """An organisation that issues badges in its own name.

    Args:
        id: the issuer's DID or https URL; it stands in every badge.
        name: the name that people read.
        signer: what signs: a `SigningKey`, or anything with the three members of `Signer`.
        verification_method: the URL under which verifiers find the public key. Defaults to the key's
            own under `did:key`; every other issuer must name it.
        url: the issuer's home page.
        email: an address of the role, not of a person.
        image: the issuer's picture, as a URL or an `Image`.
        base_url: where the documents of Open Badges 2.0 are published; beside an https `id` by default.

    Raises:
        IssuingError: the verification method is missing, or belongs to another identifier; or the base URL
            is no https address.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  # the specification's own name
        name: str,
        signer: Signer,
        *,
        verification_method: str | None = None,
        url: str | None = None,
        email: str | None = None,
        image: str | Image | None = None,
        base_url: str | None = None,
    ) -> None:
        self.signer = signer
        self.base_url = base_url
        self.profile = Profile(
            id=id, name=name, url=url, email=email, image=Image(id=image) if isinstance(image, str) else image
        )
        self.verification_method = verification_method or self._own_method()

    @classmethod
    def of(
        cls,
        profile: Profile,
        signer: Signer,
        *,
        verification_method: str | None = None,
        base_url: str | None = None,
    ) -> Issuer:
        """Make an issuer of a whole profile, with everything that it says; raises as the constructor does."""
        name, method = localized(profile.name, "en"), verification_method
        issuer = cls(profile.id, name, signer, verification_method=method, base_url=base_url)
        issuer.profile = profile
        return issuer

    def _own_method(self) -> str:
        did = self.signer.public_key.did_key
        if self.base_url is not None and self.addresses.profile == self.profile.id:
            return self.addresses.key(self.signer.public_key)
        if self.profile.id != did:
            raise IssuingError("ISSUE-VERIFICATION-METHOD", issuer=self.profile.id)
        return f"{did}#{did.removeprefix('did:key:')}"

    @property
    def addresses(self) -> HostedAddresses:
        """Where the documents of Open Badges 2.0 stand.

        Raises:
            IssuingError: `ISSUE-OB2-ISSUER-ID` or `ISSUE-OB2-BASE-URL`.
        """
        return HostedAddresses.of(self.profile.id, self.base_url)

    def issue(
        self,
        achievement: Achievement,
        recipient: Recipient,
        *,
        id: str | None = None,  # noqa: A002  # the specification's own name
        awarded_date: datetime | None = None,
        evidence: Sequence[Evidence | str] = (),
        results: Sequence[Result] = (),
        endorsements: Sequence[EndorsementCredential | str] = (),
        valid_from: datetime | None = None,
        valid_until: datetime | None = None,
        status: StatusEntry | Sequence[StatusEntry] | None = None,
        proof: Proof | None = None,
        version: Version = "3.0",
        contexts: Contexts = (),
        now: datetime | None = None,
        rng: RandomBytes | None = None,
    ) -> SignedBadge:
        """Build, check and sign one badge.

        Args:
            achievement: what is recognised.
            recipient: who receives it.
            id: the credential's identifier; a fresh `urn:uuid:` by default.
            awarded_date: when it was awarded, if that is not when it was signed.
            evidence: what shows that it was earned; a string is the URL of a page.
            results: what the recipient reached.
            endorsements: what others say of this very credential, as `SignedEndorsement.inside` gives it.
            valid_from: from when the badge counts; now by default.
            valid_until: until when; without end by default.
            status: its place in a status list, so that it can be revoked.
            proof: a Data Integrity suite, or `vc-jwt`; by default `eddsa-rdfc-2022` for an Ed25519 key and
                `vc-jwt` for all others. `ecdsa-sd-2023` makes a base proof, from which the holder discloses.
                For 2.0 `jws`, the default of an RSA key, or `hosted`, the default of all others.
            version: the version of Open Badges. 2.0 needs files on the web, see `hosted_files`.
            contexts: further contexts for members that Open Badges does not define.
            now: the moment of signing.
            rng: the source of randomness.

        Raises:
            IssuingError: the options contradict each other.
            CanonicalizationError: a member is defined by no context, so it would not be signed.
        """
        award = Award(
            achievement=achievement, recipient=recipient, id=id, awarded_date=awarded_date,
            evidence=evidence, results=results, endorsements=endorsements,
            valid_from=valid_from, valid_until=valid_until,
            status=status, proof=proof, version=version, contexts=contexts,
        )  # fmt: skip
        return self.issue_award(award, now=now, rng=rng)

    def issue_award(
        self, award: Award, *, now: datetime | None = None, rng: RandomBytes | None = None
    ) -> SignedBadge:
        """Build, check and sign one badge that is given as an `Award`; see `issue`."""
        moment = whole_second(now or time.time())
        random = Randomness(rng or os.urandom)
        badge = issue_by_template(self, award, moment=moment, rng=random)
        return badge or self.issue_plainly(award, now=moment, rng=random)

    def issue_plainly(self, award: Award, *, now: datetime, rng: RandomBytes) -> SignedBadge:
        """Do what `issue_award` does without a template, which is slower and gives the same badge."""
        made = self.prepare(award, now=now, rng=rng)
        return self.signed(made, now=now, contexts=award.contexts)

    def signed(self, made: UnsignedBadge, *, now: datetime, contexts: Contexts = ()) -> SignedBadge:
        """Sign what `prepare` built; raises as `sign`."""
        data = self.sign(made.document, made.proof, now=now, contexts=contexts)
        return SignedBadge(data, made.credential, made.warnings, made.badge_class)

    def prepare(self, award: Award, *, now: datetime, rng: RandomBytes) -> UnsignedBadge:
        """Build and check one badge, finished but for its signature.

        Whoever must be able to sign the very same badge again keeps what this returns, and signs it with
        `sign`; raises as `issue` does.
        """
        moment = whole_second(now)
        if award.version == "2.0":
            # Local: most badges are of 3.0, and need none of the models of 2.0.
            from openbadge_issuer.issuing.open_badges_2 import unsigned_open_badges_2  # noqa: PLC0415

            return unsigned_open_badges_2(
                self.profile, self.signer, self.addresses, award, moment=moment, rng=rng
            )
        if award.version != "3.0":
            raise IssuingError("ISSUE-VERSION", version=award.version)
        proof = proof_format_of(award.proof, self.signer)
        credential = unsigned_credential(self.profile, award, proof, moment=moment, rng=rng)
        document = credential.to_json()
        return UnsignedBadge(credential, document, proof, unstable_members(document, proof))

    def sign(self, document: JsonObject, proof: Proof, *, now: datetime, contexts: Contexts = ()) -> bytes:
        """Sign a document that `prepare` built: exactly what is published, or handed to the holder.

        Args:
            document: the credential of 3.0, or the assertion of 2.0.
            proof: how it is secured, as `prepare` chose it.
            now: the moment of signing.
            contexts: further contexts, as in the award.

        Raises:
            CanonicalizationError: a member is defined by no context, so it would not be signed.
            OpenBadgeError: the document cannot be signed with this key.
        """
        if proof == "hosted" or proof == "jws":  # noqa: PLR1714  # a type checker follows this form only
            from openbadge_issuer.issuing.open_badges_2 import signed_open_badges_2  # noqa: PLC0415  # above

            return signed_open_badges_2(document, self.signer, proof, self.addresses)
        return self._seal(document, proof, now, _loader(contexts))

    def endorse(
        self,
        endorsed: str,
        comment: str,
        *,
        name: str = "Endorsement",
        id: str | None = None,  # noqa: A002  # the specification's own name
        valid_from: datetime | None = None,
        valid_until: datetime | None = None,
        status: StatusEntry | Sequence[StatusEntry] | None = None,
        proof: ProofFormat | None = None,
        now: datetime | None = None,
        rng: RandomBytes | None = None,
    ) -> SignedEndorsement:
        """Vouch for somebody else's badge, achievement or profile.

        Args:
            endorsed: the identifier of what is endorsed.
            comment: what is said of it; Markdown is allowed.
            name: what wallets call the endorsement.
            id: the endorsement's identifier; a fresh `urn:uuid:` by default.
            valid_from: from when it counts; now by default.
            valid_until: until when; without end by default.
            status: its place in a status list, so that it can be taken back.
            proof: as for `issue`.
            now: the moment of signing.
            rng: the source of randomness.

        Raises:
            IssuingError: the options contradict each other.
        """
        moment = whole_second(now or time.time())
        chosen = proof_format(proof, self.signer)
        begin = validity_period(moment, valid_from=valid_from, valid_until=valid_until)
        credential = EndorsementCredential(
            context=(CREDENTIALS_V2, OPEN_BADGES_CONTEXT, *contexts_for(chosen)),
            id=id or fresh_id(rng or os.urandom),
            name=name,
            issuer=self.profile,
            valid_from=begin,
            valid_until=valid_until,
            credential_subject=EndorsementSubject(id=endorsed, endorsement_comment=comment),
            credential_status=status_entries(status),
        )
        return SignedEndorsement(self._seal(credential.to_json(), chosen, moment, PINNED), credential)

    def issue_clr(
        self,
        credentials: Sequence[SignedBadge | SignedClr | bytes | str],
        *,
        name: str,
        recipient: Recipient | None = None,
        id: str | None = None,  # noqa: A002  # the specification's own name
        partial: bool | None = None,
        valid_from: datetime | None = None,
        valid_until: datetime | None = None,
        proof: ProofFormat | None = None,
        now: datetime | None = None,
        rng: RandomBytes | None = None,
    ) -> SignedClr:
        """Put badges that exist into one learner record, and sign it (CLR 2.0).

        Args:
            credentials: signed badges of any issuer, as they were received.
            name: the title of the record.
            recipient: the learner; the badges' own subject by default, if all name the same one.
            id: the record's identifier; a fresh `urn:uuid:` by default.
            partial: whether the issuer knows of further achievements of this person.
            valid_from: from when it counts; now by default.
            valid_until: until when; without end by default.
            proof: as for `issue`.
            now: the moment of signing.
            rng: the source of randomness.

        Raises:
            IssuingError: the options contradict each other.
            DocumentError: a credential cannot be read.
            ModelError: a credential is none, or the learner is not named.
        """
        moment = whole_second(now or time.time())
        random = rng or os.urandom
        chosen = proof_format(proof, self.signer)
        record = clr_of(
            [as_received(one) for one in credentials],
            clr_id=id or fresh_id(random),
            name=name,
            issuer=self.profile,
            valid_from=validity_period(moment, valid_from=valid_from, valid_until=valid_until),
            valid_until=valid_until,
            partial=partial,
            subject_id=recipient.id if recipient else None,
            identifier=recipient.identity_objects(random) if recipient else (),
        )
        return SignedClr(self._seal(record.to_json(), chosen, moment, PINNED), record)

    def _seal(
        self, document: JsonObject, proof: ProofFormat, moment: datetime, loader: ContextLoader
    ) -> bytes:
        return seal(
            document,
            self.signer,
            verification_method=self.verification_method,
            proof=proof,
            moment=moment,
            loader=loader,
        )

    def issue_many(
        self,
        awards: Iterable[Award],
        *,
        executor: Executor | None = None,
        on_error: Literal["report", "raise"] = "report",
        progress: Callable[[int], None] | None = None,
        now: datetime | None = None,
    ) -> Iterator[SignedBadge | IssueFailure]:
        """Issue a stream of awards: one result per award, in order, in bounded memory.

        Args:
            awards: what is to be issued.
            executor: runs awards beside each other, in chunks. For one of processes or machines the signer
                must be a `KeyByUri`: private keys do not travel.
            on_error: `report` yields an `IssueFailure` and goes on, `raise` stops at the first failure.
            progress: is called with the number of results so far, each time one is given.
            now: the moment of signing, for all of them; the machine's clock at each one by default.

        An award whose worker died is an `IssueFailure` with the code `ISSUE-WORKER-LOST`: it was not issued.
        """
        # Local: issuing one badge needs none of it.
        from openbadge_issuer.issuing.many import issue_all  # noqa: PLC0415

        for count, result in enumerate(issue_all(self, awards, executor, now=now), start=1):
            if on_error == "raise" and isinstance(result, IssueFailure):
                raise result.error
            yield result
            if progress is not None:
                progress(count)


def _loader(contexts: Contexts) -> ContextLoader:
    return ContextLoader(contexts) if isinstance(contexts, Mapping) and contexts else PINNED
