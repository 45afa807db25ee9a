"""Opening the house after a migration: the application's role gets what it needs, and no more."""

from django.apps import apps
from django.conf import settings
from django.db import connections, router

from omsorg.kernel.apart import databases, owner_of
from omsorg.kernel.wall import open_the_house_to


def open_to_the_application(application_role: str | None = None) -> None:
    """Grant the application's role its rights on all tables of each database, asked for by the owner of each."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("omsorg.")]
    for alias in databases():
        role = application_role if application_role and alias == "default" else settings.DATABASES[alias]["USER"]
        here = [model for model in ours if router.allow_migrate_model(owner_of(alias), model)]
        open_the_house_to(role, connections[owner_of(alias)], here)
