"""Forms of the work: plan, allegations, findings, measures, notes, documents, clocks."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from omsorg.kernel import clock
from omsorg.kernel.uploads import ALLOWED
from omsorg.safeguarding.actions.documents import keep_document
from omsorg.safeguarding.actions.pausing import pause_clock, resume_clock
from omsorg.safeguarding.actions.working import find, measure_done, set_measure, set_plan, write_allegation, write_note
from omsorg.safeguarding.forms.fields import ActForm, Day, Long, Stamp, choice
from omsorg.safeguarding.models import Allegation, Measure, Pause
from omsorg.safeguarding.pages.words import CLOCKS, FINDINGS
from omsorg.safeguarding.queries.incident import clocks_of
from omsorg.safeguarding.rules.clocks import BEGINS_WITH
from omsorg.safeguarding.rules.codes import Clock, Finding

MEGABYTE = 1_000_000


class PlanForm(ActForm):
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


class FindingForm(ActForm):
    title = _("Say what was found")
    button = _("Keep the finding")
    lead = _("An earlier finding stays beside this one; the newest holds.")

    of = forms.ChoiceField(label=_("Allegation"))
    finding = choice(FINDINGS, label=_("Finding"))
    reasons = Long(label=_("Reasons"), rows=6)

    def prepare(self) -> None:
        rows = Allegation.objects.filter(incident=self.incident).order_by("number")
        self.offer("of", [(str(each.number), f"{each.number}: {each.text[:120]}") for each in rows])
        first_open = rows.filter(findings=None).first()
        if first_open:
            self.fields["of"].initial = str(first_open.number)

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        allegation = Allegation.objects.get(incident=self.incident, number=said["of"])
        return find(**stamp, allegation=allegation, finding=Finding(said["finding"]), reasons=said["reasons"])


class MeasureForm(ActForm):
    title = _("Decide on a measure")
    button = _("Keep the measure")

    text = Long(label=_("What is done so that it does not happen again"), rows=3)
    due_on = Day(label=_("By which day"))

    def act(self, stamp: Stamp) -> object:
        return set_measure(**stamp, text=self.cleaned_data["text"], due_on=self.cleaned_data["due_on"])


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


class NoteForm(ActForm):
    title = _("Note something, or correct what was said")
    button = _("Keep the note")
    lead = _("Nothing that was kept is changed: a correction stands beside it.")

    note = Long(label=_("Note"))

    def act(self, stamp: Stamp) -> object:
        return write_note(**stamp, note=self.cleaned_data["note"])


class DocumentForm(ActForm):
    title = _("Keep a document")
    button = _("Keep it")

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


class PauseForm(ActForm):
    title = _("Stop a clock")
    button = _("Stop it")
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
            each for each in running if each.done_at is None and not each.is_overdue(now) and each.clock in BEGINS_WITH
        ]
        self.offer("of", [(str(each.clock), str(CLOCKS[each.clock])) for each in open_ones])
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
