"""What would stand in public: the document, and every word of it that the check before release reads."""

from typing import Any

from omsorg.openness.models import Publication, Redaction, Revision, Step
from omsorg.openness.queries.drafts import draft_of, newest_revision, newest_step, step_now
from omsorg.openness.rules import deciding
from omsorg.openness.rules.cases import Draft, Proposal
from omsorg.openness.rules.redactions import marks_in

RULES = "1"


def proposal_of(publication: Publication, revision: Revision) -> Proposal:
    """All that a release of this text would show to the public."""
    handed_in = handed_in_with(publication)
    return Proposal(
        revision.number,
        document_of(publication, revision),
        what=handed_in.what if handed_in else {},
        why=handed_in.why if handed_in else {},
    )


def handed_in_with(publication: Publication) -> Step | None:
    """The step by which the newest text was handed in, while it lies with the releaser."""
    return newest_step(publication) if step_now(publication) is deciding.Step.HANDED_IN else None


def nobody_because(publication: Publication, revision: Revision | None) -> str:
    """Why nobody is told of this text, where that was decided; the public reads it."""
    made = publication.rounds.filter(revision=revision).order_by("-number").first() if revision else None
    return made.nobody_because if made is not None else ""


def public_words(publication: Publication, draft: Draft) -> dict[str, dict[str, str]]:
    """Every word that would become public, by where it stands and language: the text is only the longest of them."""
    found = {heading: dict(said) for heading, said in draft.texts.items()}
    if draft.repaid:
        found["repaid"] = {draft.original: "\n".join(f"{each.to_whom}, {each.money.currency}" for each in draft.repaid)}
    shown = marks_in(draft.texts)
    for row in publication.redactions.filter(number__in=shown).exclude(words="").order_by("number"):
        said = found.setdefault("left_out", {})
        said[row.language] = f"{said[row.language]}\n{row.words}" if row.language in said else row.words
    handed_in = handed_in_with(publication)
    if handed_in is not None:
        found |= {"what": dict(handed_in.what), "why": dict(handed_in.why)}
    if because := nobody_because(publication, newest_revision(publication)):
        found["nobody"] = {draft.original: because}
    return found


def document_of(publication: Publication, revision: Revision) -> dict[str, Any]:
    """Everything that the public reads of a case, and nothing else.

    The association is named where the country is: where a region stands in its place it would give the country away.
    """
    draft = draft_of(revision)
    organisation = publication.organisation
    return {
        "rules": RULES,
        "code": publication.code,
        "texts": draft.texts,
        "original": draft.original,
        "country": draft.country,
        "region": draft.region,
        "organisation": organisation.name if draft.country else "",
        "closed_in": draft.closed_in.strftime("%Y-%m"),
        "closed_as": str(draft.closed_as),
        "subject": str(draft.subject),
        "repaid": [
            {"minor": each.money.minor, "currency": each.money.currency, "to_whom": each.to_whom}
            for each in draft.repaid
        ],
        "left_out": _left_out(publication, draft),
        "nobody_because": nobody_because(publication, revision),
        "is_example": publication.is_example,
    }


def _left_out(publication: Publication, draft: Draft) -> list[dict[str, Any]]:
    shown = marks_in(draft.texts)
    rows = Redaction.objects.filter(publication=publication, number__in=shown).order_by("number")
    return [{"number": row.number, "why": row.why, "words": row.words} for row in rows]
