"""What was corrected of a group."""

from django.db.models import QuerySet

from omsorg.savings.models import Group, GroupCorrection


def corrections_of(group: Group) -> QuerySet[GroupCorrection]:
    """The newest first, with who and from where to where."""
    return GroupCorrection.objects.filter(group=group).select_related("by", "unit", "unit_was").order_by("-pk")


def last_correction(group: Group) -> int:
    """The id of the newest correction, 0 where there is none."""
    newest = GroupCorrection.objects.filter(group=group).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
