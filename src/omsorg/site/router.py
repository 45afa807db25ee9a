"""Which database a table lies in: the house's own, unless its system has one of its own (`kernel.apart`)."""

from typing import Any

from django.conf import settings
from django.db import models

from omsorg.kernel.apart import GROUND, database_of, owner_of


class EachToItsOwn:
    """Django's router. A database of a system's own carries its tables and the trail, and nothing of the others."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        label = model._meta.app_label
        return database_of(label) if label in settings.APART else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        apart: dict[str, str] = settings.APART
        of_its_own = {alias: label for label, alias in apart.items()}
        of_its_own |= {owner_of(alias): label for alias, label in of_its_own.items()}
        if db in of_its_own:
            return app_label in (GROUND, of_its_own[db])
        return False if app_label in apart else None
