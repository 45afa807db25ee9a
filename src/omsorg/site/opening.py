"""Opening the house after a migration: the application's role gets what it needs, and no more."""

from django.apps import apps
from django.db import connections

from omsorg.kernel.wall import open_the_house_to


def open_to_the_application(application_role: str) -> None:
    """Grant `application_role` its rights on all tables, asked for by the owner (database alias "owner")."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("omsorg.")]
    open_the_house_to(application_role, connections["owner"], ours)
