"""Which fields hold personal data: declared field by field, so that nothing personal is kept by accident."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Personal:
    """What is said of a model's fields: `fields` name -> why it is kept; `none` says why no field is personal."""

    fields: dict[str, str]
    none: str = ""


def personal(**why: str) -> Personal:
    """The fields of a model that tell about a person, each with the reason for keeping it."""
    return Personal(why)


def nothing_personal(reason: str = "describes organisations and plans, not people") -> Personal:
    return Personal({}, reason)


def personal_fields(model: type[models.Model]) -> Personal | None:
    """The declaration of a model (attribute `personal_data`), None where it is missing."""
    declared: Personal | None = getattr(model, "personal_data", None)
    return declared
