"""Forms of the first days: taking up, the personal word, triage, shutting out, the team."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation, Person
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out
from omsorg.safeguarding.actions.triage import Triage, acknowledge, say_who_is_safe, take_up, triage
from omsorg.safeguarding.actions.working import leave_team, name_to_team
from omsorg.safeguarding.forms.fields import ActForm, Long, Stamp, WordedForm, choice, radio
from omsorg.safeguarding.models import Shutout, TeamMember
from omsorg.safeguarding.pages.words import ANSWERS, LEVELS, NATURES, PARTS
from omsorg.safeguarding.queries.candidates import candidates_for, people_in_sight, units_in_sight
from omsorg.safeguarding.queries.people import people_named
from omsorg.safeguarding.rules.codes import Answer, Level, Nature, TeamPart


class TakeUpForm(ActForm):
    title = _("Take it up")
    button = _("I have it")
    lead = _("From now on everybody above sees that somebody answers for it.")
    decides = True

    def act(self, stamp: Stamp) -> object:
        return take_up(**stamp)


class AcknowledgeForm(WordedForm):
    title = _("A personal word was given")
    button = _("Keep it")
    lead = _("Say this once you have spoken or written to whoever raised the concern.")
    decides = True

    note = Long(label=_("How, and what was said"), required=False, rows=3)

    def act(self, stamp: Stamp) -> object:
        return acknowledge(**stamp, note=self.cleaned_data["note"])


class TriageForm(WordedForm):
    title = _("Look at the concern (triage)")
    button = _("Keep the first look")
    lead = _("Three questions first. Then the level, which says which team it takes.")
    decides = True

    safe_now = radio(ANSWERS, label=_("Is everybody safe now?"))
    crime = radio(
        ANSWERS,
        label=_("Could it be a crime?"),
        help_text=_("If it is not a clear no, telling the police is written down as owed."),
    )
    conflict = radio(
        ANSWERS,
        label=_("Is there a conflict of interest?"),
        help_text=_("If so, first shut out whoever has it: a person, or a unit with everybody in it."),
    )
    level = choice(LEVELS, label=_("Level"))
    nature = choice(NATURES, label=_("What it is about"))
    is_ours = forms.ChoiceField(
        label=_("Is it a matter of safeguarding?"),
        choices=[("yes", _("yes")), ("no", _("no, for the reason below: somebody else reads it and closes it"))],
    )
    note = Long(label=_("What was done at once, and why so"), required=False)

    def prepare(self) -> None:
        if self.incident.level:
            self.fields["level"].initial = self.incident.level
        self.fields["nature"].initial = self.incident.nature

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        seen = Triage(
            safe_now=Answer(said["safe_now"]),
            crime=Answer(said["crime"]),
            conflict=Answer(said["conflict"]),
            level=Level(said["level"]),
            nature=Nature(said["nature"]),
            is_ours=said["is_ours"] == "yes",
            note=said["note"],
        )
        return triage(**stamp, seen=seen, duty_days=settings.ENVIRONMENT.safeguarding_duty_days)


class SafeForm(WordedForm):
    title = _("Say whether everybody is safe now")
    button = _("Keep it")
    lead = _("The last word holds. Nothing is closed while somebody is not safe.")

    safe_now = radio(ANSWERS, label=_("Is everybody safe now?"))
    note = Long(label=_("How you know, or what was done"), rows=3)

    def act(self, stamp: Stamp) -> object:
        return say_who_is_safe(**stamp, safe_now=Answer(self.cleaned_data["safe_now"]), note=self.cleaned_data["note"])


class ShutOutForm(WordedForm):
    title = _("Shut somebody out")
    button = _("Shut them out")
    said_in = ("reason",)
    lead = _(
        "They find nothing of this incident from now on: no page, no list, no count, no letter. A unit hands it to the"
        " level above. Whoever has a conflict of interest may shut out themselves."
    )
    is_grave = True
    decides = True

    person = forms.ChoiceField(label=_("A person"), required=False)
    named = forms.CharField(
        label=_("Or by name or e-mail address"),
        required=False,
        max_length=300,
        help_text=_("Also somebody above you or elsewhere whom you do not see here. Everybody called so is shut out."),
    )
    unit = forms.ChoiceField(label=_("Or everybody of"), required=False)
    reason = Long(label=_("Reason"), rows=2)

    def prepare(self) -> None:
        self.offer("person", [("", "–"), *people_in_sight(self.acting)])
        self.offer("unit", [("", "–"), *units_in_sight(self.incident, self.acting.day)])

    def besides(self) -> Collection[int]:
        person, named = str(self.data.get("person", "")), str(self.data.get("named", ""))
        chosen = Person.objects.filter(code=person).values_list("pk", flat=True)
        called_so = people_named(named, "", place=self.incident.organisation_id, told_by=self.acting.person_id)
        return [*chosen, *called_so]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if sum(bool(said.get(name)) for name in ("person", "named", "unit")) != 1:
            raise forms.ValidationError(_("Choose a person, a name or a unit, one of them."))
        return said

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        person = Person.objects.get(code=said["person"]) if said["person"] else None
        unit = Organisation.objects.get(code=said["unit"]) if said["unit"] else None
        shut_out(**stamp, person=person, organisation=unit, named=said["named"], reason=said["reason"])
        return None


class LetInForm(WordedForm):
    title = _("Lift a shutting out")
    button = _("Lift it")
    said_in = ("reason",)
    lead = _(
        "Only where it was a mistake, and never of whom the concern itself complains. It takes two, one of them of a"
        " level above: the first asks, the second lifts it. Both reasons stay on record."
    )
    is_grave = True
    decides = True

    of = forms.ChoiceField(label=_("Who"))
    reason = Long(label=_("Reason"), rows=2)

    def prepare(self) -> None:
        shut = {
            number: each
            for number, each in self.parts(Shutout, "person", "organisation").items()
            if each.lifted_at is None
        }
        self.offer("of", [(str(number), _called(each)) for number, each in shut.items()])

    def act(self, stamp: Stamp) -> object:
        return let_in(**stamp, shutout=self.chosen(Shutout), reason=self.cleaned_data["reason"])


def _called(shutout: Shutout) -> str:
    """Who is shut out, and whether somebody has asked to lift it."""
    who = str(shutout.person or shutout.organisation or __("somebody elsewhere"))
    if not shutout.lifting_asked_by_id:
        return who
    return __("%(who)s (somebody has asked to lift it: %(reason)s)") % {"who": who, "reason": shutout.lifting_reason}


class TeamForm(ActForm):
    title = _("Name somebody to the team")
    button = _("Ask them")
    lead = _("They are told by letter that something waits, and see this incident from now on.")
    decides = True

    person = forms.ChoiceField(label=_("Who"))
    part = choice(PARTS, label=_("What they do"))

    def prepare(self) -> None:
        self.offer("person", candidates_for(self.incident, self.acting.day))

    def act(self, stamp: Stamp) -> object:
        person = Person.objects.get(code=self.cleaned_data["person"])
        return name_to_team(**stamp, person=person, part=TeamPart(self.cleaned_data["part"]))


class LeaveForm(ActForm):
    title = _("End somebody's work on it")
    button = _("End it")
    lead = _("They see nothing of this incident from then on.")
    decides = True

    of = forms.ChoiceField(label=_("Who"))

    def prepare(self) -> None:
        team = {number: each for number, each in self.parts(TeamMember, "person").items() if each.left_at is None}
        self.offer("of", [(str(number), each.person.name) for number, each in team.items()])

    def act(self, stamp: Stamp) -> object:
        return leave_team(**stamp, member=self.chosen(TeamMember))


class LessonAnswerForm(forms.Form):
    """What a plan's owner says to a lesson."""

    answer = forms.ChoiceField(
        label=_("Is it taken into the plan?"),
        choices=[("taken", _("yes, as a recommendation")), ("left", _("no"))],
    )
    reason = Long(label=_("Reason"), rows=2, help_text=_("The public reads it beside the recommendation."))
