"""Forms of the work: plan, allegations, findings, measures, notes, documents, clocks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from omsorg.kernel import clock
from omsorg.kernel.uploads import ALLOWED
from omsorg.safeguarding.actions.documents import keep_document, withdraw_document
from omsorg.safeguarding.actions.measures import let_measure_live_on, measure_done, say_no_measure, set_measure
from omsorg.safeguarding.actions.pausing import pause_clock, resume_clock
from omsorg.safeguarding.actions.working import find, set_plan, write_allegation, write_note
from omsorg.safeguarding.forms.fields import ActForm, Day, Long, Stamp, WordedForm, choice
from omsorg.safeguarding.models import Allegation, Document, Measure, Pause
from omsorg.safeguarding.pages.words import CLOCKS, FINDINGS
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.queries.measures import unsettled_measures, without_measure
from omsorg.safeguarding.rules.clocks import STOPPABLE
from omsorg.safeguarding.rules.codes import Clock, Finding

MEGABYTE = 1_000_000


def named(allegations: Iterable[Allegation]) -> list[tuple[str, str]]:
    """Allegations as they are offered: the number, and how each begins."""
    return [(str(each.number), f"{each.number}: {each.text[:120]}") for each in allegations]


class PlanForm(WordedForm):
    title = _("Plan how it is looked into")
    button = _("Keep the plan")

    note = Long(label=_("What is done, in which order, by whom, with which care for those affected"), rows=8)

    def act(self, stamp: Stamp) -> object:
        return set_plan(**stamp, note=self.cleaned_data["note"])


class AllegationForm(ActForm):
    title = _("Write down an allegation")
    button = _("Keep it")
    lead = _("One sentence for one thing that is alleged, without names. Several things are several allegations.")

    text = Long(label=_("What is alleged"), rows=2, max_length=1000)

    def act(self, stamp: Stamp) -> object:
        return write_allegation(**stamp, text=self.cleaned_data["text"])


class FindingForm(WordedForm):
    title = _("Say what was found")
    button = _("Keep the finding")
    lead = _("An earlier finding stays beside this one; the newest holds.")
    said_in = ("reasons",)

    of = forms.ChoiceField(label=_("Allegation"))
    finding = choice(FINDINGS, label=_("Finding"))
    reasons = Long(label=_("Reasons"), rows=6)

    def prepare(self) -> None:
        rows = Allegation.objects.filter(incident=self.incident).order_by("number")
        self.offer("of", named(rows))
        first_open = rows.filter(findings=None).first()
        if first_open:
            self.fields["of"].initial = str(first_open.number)

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        allegation = Allegation.objects.get(incident=self.incident, number=said["of"])
        return find(**stamp, allegation=allegation, finding=Finding(said["finding"]), reasons=said["reasons"])


class MeasureForm(WordedForm):
    title = _("Decide on a measure")
    button = _("Keep the measure")
    said_in = ("text",)

    text = Long(label=_("What is done so that it does not happen again"), rows=3)
    about = forms.ChoiceField(label=_("About which allegation"), required=False)
    due_on = Day(label=_("By which day"))

    def prepare(self) -> None:
        rows = Allegation.objects.filter(incident=self.incident).order_by("number")
        self.offer("about", [("", str(_("the incident as a whole"))), *named(rows)])
        lacking = without_measure(self.incident)
        self.fields["about"].initial = str(lacking[0]) if lacking else ""

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        about = Allegation.objects.get(incident=self.incident, number=said["about"]) if said["about"] else None
        return set_measure(**stamp, text=said["text"], due_on=said["due_on"], allegation=about)


class NoMeasureForm(WordedForm):
    title = _("Say why nothing is done")
    button = _("Keep the reason")
    lead = _("Of an allegation that is substantiated. Whoever says it does not close the incident.")
    said_in = ("reason",)

    of = forms.ChoiceField(label=_("Allegation"))
    reason = Long(label=_("Reason"), rows=3)

    def prepare(self) -> None:
        lacking = without_measure(self.incident)
        rows = Allegation.objects.filter(incident=self.incident, number__in=lacking).order_by("number")
        self.offer("of", named(rows))

    def act(self, stamp: Stamp) -> object:
        allegation = Allegation.objects.get(incident=self.incident, number=self.cleaned_data["of"])
        return say_no_measure(**stamp, allegation=allegation, reason=self.cleaned_data["reason"])


class LiveOnForm(WordedForm):
    title = _("A measure lives on after closing")
    button = _("Let it live on")
    said_in = ("reason",)
    lead = _("Only what cannot be done before. Its clock runs on, and one level up it is seen when it is late.")
    decides = True

    of = forms.ChoiceField(label=_("Measure"))
    reason = Long(label=_("Reason"), rows=3)

    def prepare(self) -> None:
        open_ones = unsettled_measures(self.incident)
        rows = [(number, each) for number, each in self.parts(Measure).items() if number in open_ones]
        self.offer("of", [(str(number), each.text[:120]) for number, each in rows])

    def act(self, stamp: Stamp) -> object:
        return let_measure_live_on(**stamp, measure=self.chosen(Measure), reason=self.cleaned_data["reason"])


class MeasureDoneForm(ActForm):
    title = _("A measure was done")
    button = _("Keep it")

    of = forms.ChoiceField(label=_("Measure"))
    on = Day(label=_("On which day"))

    def prepare(self) -> None:
        rows = [(number, each) for number, each in self.parts(Measure).items() if each.done_on is None]
        rows.sort(key=lambda part: (part[1].due_on, part[0]))
        self.offer("of", [(str(number), each.text[:120]) for number, each in rows])

    def act(self, stamp: Stamp) -> object:
        return measure_done(**stamp, measure=self.chosen(Measure), on=self.cleaned_data["on"])


class NoteForm(WordedForm):
    title = _("Note something, or correct what was said")
    button = _("Keep the note")
    lead = _("Nothing that was kept is changed: a correction stands beside it.")

    note = Long(label=_("Note"))

    def act(self, stamp: Stamp) -> object:
        return write_note(**stamp, note=self.cleaned_data["note"])


class DocumentForm(WordedForm):
    title = _("Keep a document")
    button = _("Keep it")
    said_in = ("note", "why")

    file = forms.FileField(label=_("File"))
    note = forms.CharField(label=_("What it shows"), required=False, max_length=500)
    is_evidence = forms.BooleanField(
        label=_("Keep it as it came, it is evidence"),
        help_text=_("Then a photograph keeps where and when it was taken. Whoever opens the file can read it."),
        required=False,
    )
    why = forms.CharField(label=_("Why it must stay as it came"), required=False, max_length=500)
    lead = _(
        "Out of a photograph (JPEG, PNG, WebP) we take where, when and with which device it was taken. Other files are"
        " kept byte for byte: they may name who wrote them."
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.asked:
            self.fields["file"].help_text = _("Choose the file once more: nothing is kept before you have answered.")

    def prepare(self) -> None:
        self.fields["file"].help_text = _("%(kinds)s, at most %(limit)s MB") % {
            "kinds": ", ".join(ALLOWED),
            "limit": settings.ENVIRONMENT.evidence_max_mb,
        }

    def act(self, stamp: Stamp) -> object:
        file = self.cleaned_data["file"]
        limit = settings.ENVIRONMENT.evidence_max_mb * MEGABYTE
        said = self.cleaned_data
        why = said["why"] if said["is_evidence"] else None
        return keep_document(**stamp, name=file.name, content=file, note=said["note"], as_it_came=why, limit=limit)


class WithdrawDocumentForm(WordedForm):
    title = _("Withdraw a document")
    button = _("Withdraw it")
    said_in = ("reason",)

    reason = Long(label=_("Reason"), rows=2, max_length=500)

    def __init__(self, *args: Any, document: Document, **more: Any) -> None:
        super().__init__(*args, **more)
        self.document = document

    def act(self, stamp: Stamp) -> object:
        said = {"said_of": stamp["said_of"], "by": stamp["by"], "at": stamp["at"]}
        withdraw_document(document=self.document, reason=self.cleaned_data["reason"], **said)
        return None


class PauseForm(WordedForm):
    title = _("Stop a clock")
    button = _("Stop it")
    said_in = ("reason",)
    lead = _(
        "Only for what cannot be helped, and before its time is over. It goes on by itself on the day that you say, or"
        " earlier if you let it. Whoever is one level up sees that it stands still, why, and until when."
    )
    decides = True

    of = forms.ChoiceField(label=_("Clock"))
    reason = Long(label=_("Reason"), rows=2)
    until_on = Day(label=_("Until which day"))

    def prepare(self) -> None:
        now = clock.now()
        running = clocks_of([self.incident], now=now)[self.incident.pk]
        open_ones = [
            each for each in running if each.done_at is None and not each.is_overdue(now) and each.clock in STOPPABLE
        ]
        self.offer("of", list({str(each.clock): str(CLOCKS[each.clock]) for each in open_ones}.items()))
        days = settings.ENVIRONMENT.safeguarding_longest_pause_days
        self.fields["until_on"].help_text = _(
            "A clock stands still for %(days)s days at most, all its stops together."
        ) % {"days": days}

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        until: date = said["until_on"]
        at_most = settings.ENVIRONMENT.safeguarding_longest_pause_days
        return pause_clock(**stamp, clock=Clock(said["of"]), reason=said["reason"], until_on=until, at_most=at_most)


class ResumeForm(ActForm):
    title = _("Let a clock go on")
    button = _("Let it go on")
    decides = True

    of = forms.ChoiceField(label=_("Clock"))

    def prepare(self) -> None:
        rows = [
            (number, each)
            for number, each in self.parts(Pause).items()
            if each.resumed_at is None and each.until_on > self.acting.day
        ]
        self.offer("of", [(str(number), str(CLOCKS[each.clock])) for number, each in rows])

    def act(self, stamp: Stamp) -> object:
        return resume_clock(**stamp, pause=self.chosen(Pause))
