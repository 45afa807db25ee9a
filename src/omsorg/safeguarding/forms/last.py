"""Forms of the end: closing, opening again, the lesson, and whether the public is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omsorg.safeguarding.actions.closing import close, decide_on_publication, reopen
from omsorg.safeguarding.actions.lessons import check_lesson, offer_lesson_to_plan, plans_to_offer_to, write_lesson
from omsorg.safeguarding.forms.fields import ActForm, Day, Long, Stamp, WordedForm, choice
from omsorg.safeguarding.models import Lesson
from omsorg.safeguarding.pages.words import HOLD_REASONS, PUBLICATIONS
from omsorg.safeguarding.rules.codes import HoldReason, Publication


class CloseForm(WordedForm):
    title = _("Close the incident")
    button = _("Close it")
    decides = True

    note = Long(label=_("What was found and done, in a few sentences"), rows=5)

    def act(self, stamp: Stamp) -> object:
        return close(**stamp, note=self.cleaned_data["note"])


class ReopenForm(WordedForm):
    title = _("Open it again")
    button = _("Open it again")
    said_in = ("reason",)
    is_grave = True
    decides = True

    reason = Long(label=_("Reason"), rows=3)

    def act(self, stamp: Stamp) -> object:
        return reopen(**stamp, reason=self.cleaned_data["reason"])


class PublicationForm(WordedForm):
    title = _("Decide whether the public is told")
    button = _("Keep the decision")
    said_in = ("reason",)
    lead = _(
        "How many are held back, and for which class of reason, is counted in public. The reason itself is not shown."
    )
    decides = True

    decision = choice(PUBLICATIONS, none="–", label=_("Decision"))
    reason_class = choice(HOLD_REASONS, none="–", label=_("Class of reason"), required=False)
    reason = Long(label=_("Reason"), rows=3, required=False)
    review_on = Day(label=_("Looked at again on"), required=False)

    def act(self, stamp: Stamp) -> object:
        said: dict[str, Any] = self.cleaned_data
        return decide_on_publication(
            **stamp,
            decision=Publication(said["decision"]),
            reason_class=HoldReason(said["reason_class"]) if said["reason_class"] else None,
            reason=said["reason"],
            review_on=said["review_on"],
        )


class LessonForm(WordedForm):
    title = _("Write down what was learned")
    button = _("Keep the lesson")
    said_in = ("area", "text")
    lead = _(
        "Write it anew, so that nobody who knows the place could tell whom it is about: no names, no places,"
        " no figures, no days. A second person checks it."
    )

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    area = forms.CharField(label=_("What it is about, in a few words"), max_length=120)
    text = Long(label=_("What should be done everywhere"), rows=4, max_length=2000)

    def prepare(self) -> None:
        self.fields["language"].initial = get_language()

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return write_lesson(**stamp, area=said["area"], text=said["text"], language=said["language"])


class LessonAct(ActForm):
    """What all forms about one lesson share."""

    of = forms.ChoiceField(label=_("Lesson"))

    def waiting(self) -> Any:
        """The lessons for which this is the next thing."""
        return Lesson.objects.filter(incident=self.incident)

    def prepare(self) -> None:
        self.offer("of", [(each.code, each.text[:200]) for each in self.waiting().order_by("pk")])

    def told(self, stamp: Stamp) -> dict[str, Any]:
        lesson = Lesson.objects.select_related("incident").get(incident=self.incident, code=self.cleaned_data["of"])
        return {"lesson": lesson, **{name: value for name, value in stamp.items() if name != "incident"}}


class CheckLessonForm(LessonAct):
    title = _("Check a lesson")
    button = _("It gives nobody away")
    lead = _("Read it as somebody would who knows the place. Whoever wrote it does not check it.")

    def waiting(self) -> Any:
        return super().waiting().filter(checked_at=None)

    def act(self, stamp: Stamp) -> object:
        return check_lesson(**self.told(stamp))


class OfferLessonForm(LessonAct):
    title = _("Offer a lesson to a plan")
    button = _("Offer it")
    lead = _("Its owner sees the lesson and nothing of the incident, and takes it in or says why not.")
    decides = True

    plan = forms.ChoiceField(label=_("Plan"))

    def waiting(self) -> Any:
        return super().waiting().filter(checked_at__isnull=False, offered_at=None)

    def prepare(self) -> None:
        super().prepare()
        self.offer("plan", plans_to_offer_to())

    def act(self, stamp: Stamp) -> object:
        return offer_lesson_to_plan(**self.told(stamp), plan=self.cleaned_data["plan"])
