"""Lessons that were offered to a plan: its owner takes them in, or says why not. Nothing of the incident is here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.safeguarding.access import offered_lesson_for
from omsorg.safeguarding.actions.lessons import leave_lesson, take_lesson
from omsorg.safeguarding.forms.first import LessonAnswerForm
from omsorg.safeguarding.models import Lesson
from omsorg.safeguarding.pages.words import day
from omsorg.safeguarding.views.frame import columns, crumbs, reader

REVISE = "plans.revise"
COLUMNS = columns(_("Lesson"), _("Plan"), _("Offered"), _("Answer"))
ANSWERS = {"": _("not answered yet"), "taken": _("taken in"), "left": _("not taken in")}


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    acting = reader(request, REVISE)
    units = acting.units_for(REVISE)
    found = Lesson.objects.filter(offered_at__isnull=False, offered_owner_id__in=units).order_by("answer", "code")
    rows = [
        {
            "code": each.code,
            "area": each.area,
            "text": each.text,
            "plan": each.offered_to,
            "offered": day(each.offered_at),
            "answer": ANSWERS[each.answer],
            "is_open": not each.answer,
        }
        for each in found
    ]
    return render(request, "safeguarding/lessons.html", {"rows": rows, "columns": COLUMNS, "crumbs": crumbs()})


def lesson(request: HttpRequest, code: str) -> HttpResponse:
    acting = reader(request, REVISE)
    found = offered_lesson_for(acting, code)
    form = LessonAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = take_lesson if form.cleaned_data["answer"] == "taken" else leave_lesson
        try:
            act(lesson=found, reason=form.cleaned_data["reason"], by=acting, at=clock.now())
            messages.success(request, __("The lesson has been answered."))
            return redirect("safeguarding:lessons")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "safeguarding/lesson.html", {"form": form, "lesson": found, "crumbs": crumbs()})
