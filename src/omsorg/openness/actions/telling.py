"""Telling those who pay: listed as of the day, told each in their language, with a proof for each one."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.federation.access import Acting, require_answering
from omsorg.kernel.letters import write_letter
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.zones import earliest_day, latest_day
from omsorg.openness.access import TELL
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.models import Notice, Proof, Publication, Revision, Round
from omsorg.openness.pages.words import language_name, money, month, place_name, public_address
from omsorg.openness.queries.drafts import draft_of, newest_revision, step_now
from omsorg.openness.queries.form_letters import form_for, newest_templates
from omsorg.openness.queries.mail import may_leave, name_of_notice
from omsorg.openness.queries.telling import lists_too_old, who_gives_to
from omsorg.openness.rules import telling
from omsorg.openness.rules.cases import Draft, Heading, Tell, told_in
from omsorg.openness.rules.deciding import NotHandedIn, Step
from omsorg.openness.rules.redactions import MARK
from omsorg.openness.rules.telling import Addressee, Channel, NobodyToTell


class ListedAlready(Refusal):
    sentence = _("Those who must be told of this text are listed already.")


class ListTooOld(Refusal):
    sentence = _(
        "These lists of sponsors and donors were looked through longer ago than %(days)s days: %(programmes)s. Look"
        " them through, or bring them in anew."
    )


class TextMayNotLeave(Refusal):
    sentence = _("These words go to nobody: the text is held, taken back, or written anew since.")


class ToldTogether(Refusal):
    sentence = _("E-mail about this case leaves together with the public page, when it is released.")


@transaction.atomic
def list_those_told(*, publication: Publication, nobody_because: str, by: Acting, at: datetime) -> Round:
    """Decide who is told of the text that is handed in: the list as it stands now, each person once, and their words.

    Whoever gives to two programmes is told once. Where nobody is on the lists it must be said why. A text that is
    changed afterwards is a new text: its list is made anew. Refused where a list was looked through longer ago than
    OMSORG_OPENNESS_LIST_DAYS.
    """
    require_answering(by, TELL, publication.organisation_id)
    hold("case", publication.pk)
    revision = newest_revision(publication)
    if revision is None or step_now(publication) is not Step.HANDED_IN:
        raise NotHandedIn
    if publication.rounds.filter(revision=revision).exists():
        raise ListedAlready
    people = who_gives_to(publication)
    if not people and not nobody_because.strip():
        raise NobodyToTell
    days = settings.ENVIRONMENT.openness_list_days
    if old := lists_too_old(publication, today=at.date(), days=days):
        raise ListTooOld(days=days, programmes=", ".join(old))
    made = Round.objects.create(
        publication=publication,
        number=publication.rounds.count() + 1,
        revision=revision,
        nobody_because="" if people else nobody_because.strip(),
        listed=len(people),
        by_id=by.person_id,
        at=at,
    )
    Notice.objects.bulk_create(_notices(made, people, publication, revision))
    trace_case(
        "list_those_told",
        publication,
        by=by,
        at=at,
        details={"round": made.number, "listed": len(people), "revision": revision.number},
    )
    return made


def _notices(made: Round, people: Sequence[Addressee], publication: Publication, revision: Revision) -> list[Notice]:
    forms = newest_templates(example=publication.organisation.is_example)
    draft = draft_of(revision)
    found = []
    for each in people:
        one = each.recipient
        form = form_for(forms, one.channel, one.language, one.reading)
        places = {**places_of(publication, draft, form.language), "name": one.name}
        body = telling.filled(form.body, places)
        telling.check_length(body, one.channel)
        found.append(
            Notice(
                round=made,
                reference=one.reference,
                name=one.name,
                giver=one.giver,
                language=form.language,
                channel=one.channel,
                address=one.address,
                programmes=list(each.programmes),
                template=form.number,
                reading=form.reading,
                asked_reading=one.reading,
                subject=telling.filled(form.subject, places),
                body=body,
            )
        )
    return found


def places_of(publication: Publication, draft: Draft, language: str) -> dict[str, str]:
    """What fills the places of a form letter, out of the text that will stand in public."""

    def said(heading: Heading) -> str:
        told = told_in(draft.texts.get(heading, {}), language, draft.original)
        text = MARK.sub("[…]", told.text)
        if not told.is_missing:
            return text
        name = language_name(told.language)
        if heading in (Heading.DID, Heading.LEARNED):
            return f"({name}) {text}"
        return (
            __("We do not have the text in your language yet. Here it is as it was written (%(language)s):")
            % {"language": name}
            + f" {text}"
        )

    with override(language):
        texts = {str(heading): said(heading) for heading in Heading}
        repaid = [
            __("Repaid: %(money)s, to %(whom)s.")
            % {"money": money(each.money.minor, each.money.currency, language), "whom": each.to_whom}
            for each in draft.repaid
        ]
    return {
        "place": place_name(draft.country, draft.region, language),
        "month": month(draft.closed_in, language),
        **texts,
        "repaid": " ".join(repaid),
        "link": public_address(publication.code, language),
        "house": house_of(publication, draft),
    }


def house_of(publication: Publication, draft: Draft) -> str:
    """Who writes: the association, or the house where its name would give the country away."""
    return publication.organisation.name if draft.country else settings.ENVIRONMENT.site_name


@transaction.atomic
def hand_over_mail(*, made: Round, by: Acting, at: datetime) -> int:
    """Write the e-mails of a round to the outbox; the worker sends them, and the proof is written once they are sent.

    Each is written once, however often this is asked for. Refused before the release where all are told together.
    """
    require_answering(by, TELL, made.publication.organisation_id)
    if made.revision.tell == Tell.TOGETHER and not made.publication.editions.filter(revision=made.revision).exists():
        raise ToldTogether
    if not may_leave(made):
        raise TextMayNotLeave
    written = write_mail(made, at=at)
    trace_case(
        "hand_over_mail",
        made.publication,
        by=by,
        at=at,
        details={"round": made.number, "letters": written},
    )
    return written


def write_mail(made: Round, *, at: datetime) -> int:
    """Write every e-mail of the round that has no proof yet, each under its own name: never twice.

    Nothing is written whose text was held, taken back or changed meanwhile: asked once more, with hold of the case.
    """
    hold("case", made.publication_id)
    if not may_leave(made):
        return 0
    waiting = made.notices.filter(channel=Channel.EMAIL, proofs=None).order_by("id")
    return sum(
        write_letter(
            once=name_of_notice(notice.pk),
            to_address=notice.address,
            to_person=None,
            language=notice.language,
            subject=notice.subject,
            body=notice.body,
            at=at,
        )
        for notice in waiting
    )


@transaction.atomic
def prove_notices(
    *, made: Round, channel: Channel, proof: telling.Proof, on: date, source: str, by: Acting, at: datetime
) -> int:
    """Say of all letters, or all messages, of a round that have no proof yet what became of them on that day."""
    require_answering(by, TELL, made.publication.organisation_id)
    hold("round", made.pk)
    telling.check_proof(
        None,
        proof,
        on=on,
        listed_on=earliest_day(made.at),
        today=latest_day(at),
        reference=channel,
        channel=channel,
        source=source,
    )
    waiting = list(made.notices.filter(channel=channel, proofs=None))
    Proof.objects.bulk_create(
        Proof(notice=notice, proof=proof, on=on, source=source.strip(), by_id=by.person_id, at=at) for notice in waiting
    )
    _trace_proofs(made, len(waiting), f"{channel} {proof}", by, at)
    return len(waiting)


@transaction.atomic
def prove_each(
    *, made: Round, told: Sequence[tuple[str, telling.Proof, date]], source: str, by: Acting, at: datetime
) -> int:
    """Enter what became of single notices, by reference: a provider's answer file. The same again changes nothing."""
    require_answering(by, TELL, made.publication.organisation_id)
    hold("round", made.pk)
    notices = {each.reference: each for each in made.notices.prefetch_related("proofs")}
    fresh: list[Proof] = []
    earlier: dict[str, telling.Proof] = {}
    for reference, proof, on in told:
        notice = notices[reference]
        known = [(each.proof, each.on) for each in notice.proofs.all()]
        if (proof, on) in known:
            continue
        check_new_proof(notice, proof, on=on, source=source, at=at, before=earlier.get(reference))
        earlier[reference] = proof
        fresh.append(Proof(notice=notice, proof=proof, on=on, source=source.strip(), by_id=by.person_id, at=at))
    Proof.objects.bulk_create(fresh)
    _trace_proofs(made, len(fresh), source, by, at)
    return len(fresh)


def check_new_proof(
    notice: Notice,
    proof: telling.Proof,
    *,
    on: date,
    source: str,
    at: datetime,
    before: telling.Proof | None = None,
) -> None:
    """Pass, or refuse this proof of a notice; `before` is one that stands earlier in the same file."""
    known = sorted(notice.proofs.all(), key=lambda each: each.pk)
    telling.check_proof(
        before or (telling.Proof(known[-1].proof) if known else None),
        proof,
        on=on,
        listed_on=earliest_day(notice.round.at),
        today=latest_day(at),
        reference=notice.reference,
        channel=Channel(notice.channel),
        source=source,
    )


def _trace_proofs(made: Round, number: int, what: str, by: Acting, at: datetime) -> None:
    trace_case(
        "prove_notices",
        made.publication,
        by=by,
        at=at,
        details={"round": made.number, "proofs": number, "what": what[:100]},
    )
