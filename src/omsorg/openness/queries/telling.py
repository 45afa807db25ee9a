"""Who is on the lists of the programmes, and the notices of a case: for the tellers of that branch alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from omsorg.federation.access import Acting
from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.kernel.models import Letter
from omsorg.openness.access import TELL
from omsorg.openness.models import AudienceList, Notice, Publication, Recipient, Reply, Round
from omsorg.openness.queries.drafts import may_be_told
from omsorg.openness.queries.form_letters import form_for, newest_templates
from omsorg.openness.queries.mail import mail_in_trouble, name_of_notice
from omsorg.openness.rules.cases import Draft
from omsorg.openness.rules.notice_words import house_language
from omsorg.openness.rules.telling import (
    Addressee,
    Channel,
    EasyLook,
    Giver,
    Proof,
    Reading,
    easy_look,
    who_is_told,
)
from omsorg.openness.rules.telling import Recipient as Line


@dataclass(frozen=True, slots=True)
class ProgrammeList:
    """How many sponsors and donors of one programme are on its list, and how many of them ask for easy words."""

    organisation: Organisation
    sponsors: int = 0
    donors: int = 0
    easy: int = 0
    looked_through_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice with its newest proof. `doubtful` is its e-mail, where nobody knows whether it arrived."""

    notice: Notice
    proof: Proof | None
    on: date | None
    source: str
    doubtful: Letter | None = None


def programme_lists(acting: Acting) -> list[ProgrammeList]:
    """The programmes where this person tells, with the length of their lists."""
    programmes = Organisation.objects.filter(
        pk__in=acting.units_for(TELL), kind=Organisation.Kind.PROGRAMME, exists_until=None
    ).order_by("name")
    counted: dict[int, tuple[int, int, int]] = {
        row["programme"]: (row["sponsors"], row["donors"], row["easy"])
        for row in Recipient.objects.filter(ended_on=None)
        .values("programme")
        .annotate(
            sponsors=Count("id", filter=Q(giver="sponsor")),
            donors=Count("id", filter=Q(giver="donor")),
            easy=Count("id", filter=Q(reading=Reading.EASY)),
        )
    }
    days = dict(AudienceList.objects.values_list("programme", "looked_through_on"))
    return [
        ProgrammeList(each, *counted.get(each.pk, (0, 0, 0)), looked_through_on=days.get(each.pk))
        for each in programmes
    ]


def lists_too_old(publication: Publication, *, today: date, days: int) -> list[str]:
    """The names of the programmes of a case whose list of today nobody has looked through for so many days."""
    concerned = publication.concerns.values("programme")
    listed = Organisation.objects.filter(
        pk__in=Recipient.objects.filter(programme__in=concerned, ended_on=None).values("programme")
    )
    fresh = AudienceList.objects.filter(looked_through_on__gte=today - timedelta(days=days)).values("programme")
    return list(listed.exclude(pk__in=fresh).order_by("name").values_list("name", flat=True))


def who_gives_to(publication: Publication) -> list[Addressee]:
    """Everybody who gives to a programme that a case concerns, as the lists stand now, each once."""
    concerned = {each.programme_id: each.programme.code for each in publication.concerns.select_related("programme")}
    rows = Recipient.objects.filter(programme__in=concerned, ended_on=None)
    lines = [
        Line(
            concerned[row.programme_id],
            row.reference,
            row.name,
            Giver(row.giver),
            row.language,
            Channel(row.channel),
            row.address,
            Reading(row.reading),
        )
        for row in rows
    ]
    return who_is_told(lines, set(concerned.values()))


def easy_words_for(publication: Publication, made: Round | None) -> EasyLook:
    """Who of the list asks for easy words and gets the standard ones; where none is made yet, of the list of today."""
    if made is not None:
        return easy_look(made.notices.values_list("channel", "language", "asked_reading", "reading"))
    forms = newest_templates(example=publication.organisation.is_example)
    told = []
    for each in who_gives_to(publication):
        one = each.recipient
        form = form_for(forms, one.channel, one.language, one.reading)
        told.append((str(one.channel), form.language, str(one.reading), str(form.reading)))
    return easy_look(told)


def languages_missing(publication: Publication, made: Round | None, draft: Draft) -> list[str]:
    """The languages in which somebody is told, or would be today, and in which the text is not written to its end."""
    if made is not None:
        spoken = set(made.notices.values_list("language", flat=True))
    else:
        spoken = {house_language(each.recipient.language) for each in who_gives_to(publication)}
    return sorted(language for language in spoken if not draft.is_whole_in(language))


def newest_round(publication: Publication) -> Round | None:
    """The newest decision who is told of a case."""
    return publication.rounds.select_related("publication__organisation", "revision", "by").order_by("-number").first()


def notice_rows(made: Round) -> list[NoticeRow]:
    """Everybody on the list of a round, with what became of their notice."""
    rows = []
    notices = list(made.notices.prefetch_related("proofs").order_by("channel", "reference"))
    troubled = mail_in_trouble([name_of_notice(each.pk) for each in notices if each.channel == Channel.EMAIL])
    for notice in notices:
        proofs = sorted(notice.proofs.all(), key=lambda each: each.pk)
        last = proofs[-1] if proofs else None
        rows.append(
            NoticeRow(
                notice,
                Proof(last.proof) if last else None,
                last.on if last else None,
                last.source if last else "",
                None if last else troubled.get(name_of_notice(notice.pk)),
            )
        )
    return rows


def notices_by(made: Round, channel: Channel) -> Sequence[Notice]:
    """The notices of a round that go one way."""
    return list(made.notices.filter(channel=channel).order_by("reference"))


def tellers_of(reply: Reply, acting: Acting) -> list[Person]:
    """Who may be given a reply to answer: those who tell there and may find the case, as far as this person sees them,
    and themselves."""
    held = Mandate.objects.filter(role="openness_teller", valid_until=None).values("person")
    found = Person.objects.filter(Q(pk__in=held) | Q(pk=acting.person_id), left_on=None).order_by("name")
    return [each for each in found if may_be_told(reply.publication_id, each.pk, "openness_teller")]
