"""The forms of an incident by the word that stands in their address, in the order of the work."""

from omsorg.safeguarding.forms import first, last, people, work
from omsorg.safeguarding.forms.fields import ActForm

ACTS: dict[str, type[ActForm]] = {
    "take-up": first.TakeUpForm,
    "triage": first.TriageForm,
    "acknowledge": first.AcknowledgeForm,
    "shut-out": first.ShutOutForm,
    "let-in": first.LetInForm,
    "team": first.TeamForm,
    "leave": first.LeaveForm,
    "plan": work.PlanForm,
    "allegation": work.AllegationForm,
    "finding": work.FindingForm,
    "count": people.CountForm,
    "employment": people.EmploymentForm,
    "support": people.SupportForm,
    "follow-up": people.FollowUpForm,
    "owe": people.OweForm,
    "duty": people.DecideDutyForm,
    "agree": people.AgreeDutyForm,
    "told": people.DutyDoneForm,
    "measure": work.MeasureForm,
    "measure-done": work.MeasureDoneForm,
    "document": work.DocumentForm,
    "name": people.NameForm,
    "wipe": people.WipeForm,
    "note": work.NoteForm,
    "pause": work.PauseForm,
    "resume": work.ResumeForm,
    "close": last.CloseForm,
    "reopen": last.ReopenForm,
    "lesson": last.LessonForm,
    "check-lesson": last.CheckLessonForm,
    "offer-lesson": last.OfferLessonForm,
    "publication": last.PublicationForm,
}
