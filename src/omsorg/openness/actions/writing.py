"""Writing a case: begun, written, a passage left out, a finding justified and accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction

from omsorg.federation.access import Acting, require, require_answering
from omsorg.federation.models import Lineage, Organisation
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.zones import latest_day
from omsorg.openness.access import ANSWERS, RELEASE, WRITE
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.models import (
    Acceptance,
    Concern,
    Justification,
    Publication,
    Redaction,
    Repayment,
    Revision,
)
from omsorg.openness.models.publications import new_code
from omsorg.openness.queries.checking import checked
from omsorg.openness.queries.drafts import draft_of, newest_revision, step_now
from omsorg.openness.queries.incidents import programme_of
from omsorg.openness.rules.cases import Draft, check_draft, tidied
from omsorg.openness.rules.deciding import (
    JustifiedBySamePerson,
    NothingFound,
    ReasonMissing,
    may_be_written,
)
from omsorg.openness.rules.redactions import Why, check_marks, leave_out

LENGTH = 10


class NotWrittenYet(Refusal):
    sentence = _("Nothing is written here yet.")


class WrittenMeanwhile(Refusal):
    sentence = _("Somebody else has written here since you opened the page. Look at their text first.")


class NobodyAnswersForIt(Refusal):
    sentence = _("An association, a region or the international office answers for a case, not %(organisation)s.")


class ProgrammeElsewhere(Refusal):
    sentence = _("%(programme)s does not stand below %(organisation)s.")


class BegunAlready(Refusal):
    sentence = _("This incident is being written up already.")


@transaction.atomic
def begin_case(
    *,
    organisation: Organisation,
    programmes: Sequence[Organisation],
    incident: int | None,
    once: str = "",
    by: Acting,
    at: datetime,
    is_example: bool = False,
) -> Publication:
    """Begin to write up a closed case, of an incident or by hand. `programmes`: those whose givers must be told.

    The programme that the incident is about is always one of them.
    `once` is what a form was given by chance: sent twice by the same person it is one case.

    Refused: an organisation that does not answer in public, a programme elsewhere, an incident that is begun.
    """
    require(by, WRITE, organisation.pk)
    if organisation.kind not in ANSWERS:
        raise NobodyAnswersForIt(organisation=organisation.name)
    if incident is not None:
        own = Organisation.objects.filter(code=programme_of(incident, by)).first()
        programmes = [*programmes, *([own] if own is not None and own not in programmes else [])]
    _must_be_below(organisation, programmes, by)
    code = sha256(f"{by.person_id} {once}".encode()).hexdigest()[:LENGTH] if once else new_code()
    hold("beginning", code)
    begun = Publication.objects.filter(code=code).first()
    if begun is not None:
        return begun
    if incident is not None:
        hold("incident", incident)
        if Publication.objects.filter(incident=incident).exists():
            raise BegunAlready
    publication = Publication.objects.create(
        code=code,
        organisation=organisation,
        incident=incident,
        opened_by_id=by.person_id,
        opened_at=at,
        is_example=is_example,
    )
    Concern.objects.bulk_create(Concern(publication=publication, programme=each) for each in programmes)
    trace_case("begin_case", publication, by=by, at=at, details={"programmes": [each.code for each in programmes]})
    return publication


def _must_be_below(organisation: Organisation, programmes: Sequence[Organisation], by: Acting) -> None:
    below = Lineage.objects.filter(Lineage.standing(by.day), ancestor=organisation)
    inside = set(below.values_list("descendant_id", flat=True))
    for programme in programmes:
        if programme.pk not in inside:
            raise ProgrammeElsewhere(programme=programme.name, organisation=organisation.name)


@transaction.atomic
def add_programmes(*, publication: Publication, programmes: Sequence[Organisation], by: Acting, at: datetime) -> int:
    """Say that a case concerns further programmes: those who give to them are told too. Says how many are new.

    The text becomes a further text, word for word the same: a list that was made before does not hold for it, so that
    all are listed anew. Refused while it is handed in or held.
    """
    require(by, WRITE, publication.organisation_id)
    hold("case", publication.pk)
    may_be_written(step_now(publication))
    _must_be_below(publication.organisation, programmes, by)
    known = set(publication.concerns.values_list("programme_id", flat=True))
    fresh = [each for each in programmes if each.pk not in known]
    if not fresh:
        return 0
    Concern.objects.bulk_create(Concern(publication=publication, programme=each) for each in fresh)
    details = {"programmes": [each.code for each in fresh]}
    before = newest_revision(publication)
    if before is None:
        trace_case("add_programmes", publication, by=by, at=at, details=details)
    else:
        _keep(publication, draft_of(before), before.number + 1, by, at, "add_programmes", details)
    return len(fresh)


@transaction.atomic
def write_case(*, publication: Publication, draft: Draft, expected: int, by: Acting, at: datetime) -> Revision:
    """Keep a further text of a case. `expected` is the number of the text that the writer had before them (0: none).

    The same text again is the one that stands already. Refused while it is handed in or held, and where somebody else
    has written meanwhile.
    """
    require_answering(by, WRITE, publication.organisation_id)
    hold("case", publication.pk)
    may_be_written(step_now(publication))
    draft = replace(draft, texts=tidied(draft.texts))
    check_draft(draft, on=latest_day(at))
    check_marks(draft.texts, publication.redactions.values_list("number", flat=True))
    before = newest_revision(publication)
    if (before.number if before else 0) != expected:
        raise WrittenMeanwhile
    if before is not None and draft_of(before) == draft:
        return before
    return _keep(publication, draft, expected + 1, by, at, "write_case", {})


def _keep(
    publication: Publication, draft: Draft, number: int, by: Acting, at: datetime, verb: str, details: dict[str, Any]
) -> Revision:
    revision = Revision.objects.create(
        publication=publication,
        number=number,
        texts=draft.texts,
        original=draft.original,
        country=draft.country,
        region=draft.region,
        closed_in=draft.closed_in,
        closed_as=draft.closed_as,
        subject=draft.subject,
        tell=draft.tell,
        by_id=by.person_id,
        at=at,
    )
    Repayment.objects.bulk_create(
        Repayment(revision=revision, minor=each.money.minor, currency=each.money.currency, to_whom=each.to_whom)
        for each in draft.repaid
    )
    trace_case(verb, publication, by=by, at=at, details={"revision": number, **details})
    return revision


@transaction.atomic
def leave_passage_out(
    *,
    publication: Publication,
    heading: str,
    language: str,
    passage: str,
    why: Why,
    words: str,
    by: Acting,
    at: datetime,
) -> Redaction:
    """Leave a passage out of the text: it goes, a numbered mark stays, and the reader is told why.

    A further text like any other: whoever leaves something out has written on the case. With `OTHER` it is said why.
    """
    require_answering(by, WRITE, publication.organisation_id)
    hold("case", publication.pk)
    may_be_written(step_now(publication))
    before = newest_revision(publication)
    if before is None:
        raise NotWrittenYet
    if why is Why.OTHER and not words.strip():
        raise ReasonMissing
    draft, number = draft_of(before), publication.redactions.count() + 1
    texts = {name: dict(said) for name, said in draft.texts.items()}
    texts.setdefault(heading, {})
    texts[heading][language] = leave_out(texts[heading].get(language, ""), passage, number)
    found = Redaction.objects.create(
        publication=publication,
        number=number,
        heading=heading,
        language=language,
        why=why,
        words=words.strip(),
        by_id=by.person_id,
        at=at,
    )
    changed = replace(draft, texts=texts)
    _keep(publication, changed, before.number + 1, by, at, "leave_passage_out", {"redaction": number, "why": str(why)})
    return found


@transaction.atomic
def justify_finding(*, publication: Publication, key: str, words: str, by: Acting, at: datetime) -> Justification:
    """Say why something that the check found may stand all the same. Refused for what it does not find any more."""
    require_answering(by, WRITE, publication.organisation_id)
    hold("case", publication.pk)
    if not words.strip():
        raise ReasonMissing
    _must_be_found(publication, key)
    found = Justification.objects.create(
        publication=publication, key=key, words=words.strip(), by_id=by.person_id, at=at
    )
    trace_case("justify_finding", publication, by=by, at=at, details={"finding": key})
    return found


@transaction.atomic
def accept_justification(*, publication: Publication, key: str, by: Acting, at: datetime) -> Acceptance:
    """Accept, as the one who releases, the newest justification of a finding. Nobody accepts their own."""
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    _must_be_found(publication, key)
    said = publication.justifications.filter(key=key).select_related("acceptance").order_by("-id").first()
    if said is None:
        raise NothingFound
    if said.by_id == by.person_id:
        raise JustifiedBySamePerson
    if hasattr(said, "acceptance"):
        return said.acceptance
    accepted = Acceptance.objects.create(justification=said, by_id=by.person_id, at=at)
    trace_case("accept_justification", publication, by=by, at=at, details={"finding": key})
    return accepted


def _must_be_found(publication: Publication, key: str) -> None:
    revision = newest_revision(publication)
    if revision is None:
        raise NotWrittenYet
    smallest = settings.ENVIRONMENT.small_cell
    if key not in {each.finding.key for each in checked(publication, draft_of(revision), smallest_shown=smallest)}:
        raise NothingFound
