"""Forms about what those affected need, and what became of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.safeguarding.actions.needs import answer_need, name_need
from omsorg.safeguarding.forms.fields import Day, Long, Stamp, WordedForm, choice
from omsorg.safeguarding.forms.people import MOST
from omsorg.safeguarding.models import Need, Support
from omsorg.safeguarding.pages.words import NEED_ANSWERS, SAID_BY, SUPPORTS, day
from omsorg.safeguarding.queries.needs import needs_of
from omsorg.safeguarding.rules.codes import NeedAnswered, SaidBy, SupportKind


class NeedForm(WordedForm):
    title = _("Write down a need")
    button = _("Keep the need")
    lead = _(
        "What those affected need, also where nobody knows yet how it is met. It stays open until it is met, or it is"
        " said why not. No names."
    )

    kind = choice({code: word for code, word in SUPPORTS.items() if code != SupportKind.NONE}, label=_("Kind of help"))
    persons = forms.IntegerField(label=_("For how many"), min_value=1, max_value=MOST)
    said_by = choice(SAID_BY, label=_("Who says so"))
    since_on = Day(label=_("Since which day"))
    needed_by_on = Day(label=_("Needed by"))
    note = Long(label=_("What is needed"), rows=3)

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return name_need(
            **stamp,
            kind=SupportKind(said["kind"]),
            persons=said["persons"],
            said_by=SaidBy(said["said_by"]),
            since_on=said["since_on"],
            needed_by_on=said["needed_by_on"],
            note=said["note"],
        )


class NeedAnswerForm(WordedForm):
    title = _("Say what became of a need")
    button = _("Keep it")
    lead = _("Where some are helped and others are not, say it twice. Whoever leaves a need unmet does not close.")

    of = forms.ChoiceField(label=_("Need"))
    answer = choice(NEED_ANSWERS, label=_("What became of it"))
    persons = forms.IntegerField(
        label=_("For how many"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Empty: for all who still have it."),
    )
    support = forms.ChoiceField(
        label=_("The help that meets it"), required=False, help_text=_("Write the help down first.")
    )
    on = Day(label=_("On which day"))
    next_on = Day(label=_("Looked at again on"), required=False, help_text=_("Where it is not met yet."))
    note = Long(label=_("Why, or how"), rows=3, required=False, help_text=_("Must be said unless it is met by help."))

    def prepare(self) -> None:
        self.needs = dict(enumerate(needs_of([self.incident.pk]), start=1))
        words = _("%(number)s: %(kind)s, open for %(open)s of %(persons)s")
        offered = [
            (
                str(number),
                words
                % {
                    "number": number,
                    "kind": SUPPORTS[each.need.kind],
                    "open": each.persons,
                    "persons": each.need.persons,
                },
            )
            for number, each in sorted(self.needs.items(), key=lambda item: not item[1].persons)
        ]
        self.offer("of", offered)
        given = [
            (str(number), f"{number}: {SUPPORTS[each.kind]}, {day(each.given_on)}")
            for number, each in self.parts(Support).items()
            if each.kind != SupportKind.NONE
        ]
        self.offer("support", [("", "–"), *given])

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return answer_need(
            **stamp,
            need=self.chosen(Need),
            answer=NeedAnswered(said["answer"]),
            persons=said["persons"],
            support=self.parts(Support).get(int(said["support"])) if said["support"] else None,
            on=said["on"],
            next_on=said["next_on"],
            note=said["note"],
        )
