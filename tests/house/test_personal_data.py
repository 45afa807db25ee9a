"""Every field of every table says whether it tells about a person, so that nothing personal is kept by accident."""

import pytest
from django.db import models

from omsorg.federation.models import Account, Person
from omsorg.kernel.checks import models_of_ours
from omsorg.kernel.fields import personal_fields

TELLING_NAMES = {
    "actor",
    "address",
    "born",
    "email",
    "family_name",
    "given_name",
    "ip",
    "password",
    "person",
    "phone",
    "to_address",
    "to_person",
    "user",
    "user_agent",
}


def tells_of_a_person(field: models.Field) -> bool:
    """What must be declared: whatever leads to a person, or is called like something that a person has."""
    return (
        (field.is_relation and field.related_model in (Person, Account))
        or isinstance(field, models.EmailField | models.GenericIPAddressField)
        or field.name in TELLING_NAMES
    )


@pytest.mark.parametrize("model", models_of_ours(), ids=lambda model: model.__name__)
def test_every_field_is_declared_personal_or_not(model: type[models.Model]) -> None:
    declared = personal_fields(model)
    assert declared is not None, "says neither which fields are personal nor that none is"
    assert bool(declared.fields) != bool(declared.none), "says both, or gives no reason"
    assert all(declared.fields.values()), "gives no reason for a field"
    fields = {field.name: field for field in model._meta.concrete_fields}
    assert set(declared.fields) <= set(fields), "declares a field that is not there"
    undeclared = {name for name, field in fields.items() if tells_of_a_person(field)} - set(declared.fields)
    assert undeclared == set(), "tells of a person and is not declared"
