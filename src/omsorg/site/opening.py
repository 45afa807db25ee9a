"""Opening the house: not where children's cases would be lost from sight; and after a migration the application's role
gets what it needs, and no more."""

from django.apps import apps
from django.conf import settings
from django.db import connections, router

from omsorg.kernel import apart
from omsorg.kernel.apart import Astray
from omsorg.kernel.wall import open_the_house_to

LEFT_BEHIND = (
    "omsorg: the ombuds system is set to a database of its own, and children's cases lie in the house's own: there"
    " nobody would look after them, and no code would open. Take OMSORG_OMBUDS_DATABASE_URL out again."
)
LOST = {
    Astray.NOT_SET: (
        "omsorg: the children's cases of this house lie in a database of their own, and OMSORG_OMBUDS_DATABASE_URL is"
        " not set: started so, no code would open and nobody would look after them. Set it again, as it was (see"
        " docs/howto/run.md)."
    ),
    Astray.ANOTHER: (
        "omsorg: OMSORG_OMBUDS_DATABASE_URL names another database than the one in which the children's cases of this"
        " house lie: started so, no code would open and nobody would look after them. Name the right one again (see"
        " docs/howto/run.md)."
    ),
}


def refuse_to_lose_cases() -> None:
    """Raises SystemExit where the ombuds system would look for its cases where they do not lie: it was given a database
    of its own after children had written, or that database was lost from the settings, or is another one. Opened so,
    the house would know none of their cases, and none of their codes."""
    if "ombuds" not in settings.SYSTEMS:
        return
    from omsorg.ombuds.queries.left_behind import cases_left_behind

    if astray := apart.looked_for_astray("ombuds", as_owner=True):
        raise SystemExit(LOST[astray])
    if len(apart.databases()) > 1 and cases_left_behind("owner"):
        raise SystemExit(LEFT_BEHIND)


def open_to_the_application(application_role: str | None = None) -> None:
    """Grant the application's role its rights on all tables of each database, asked for by the owner of each."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("omsorg.")]
    for alias in apart.databases():
        role = application_role if application_role and alias == "default" else settings.DATABASES[alias]["USER"]
        here = [model for model in ours if router.allow_migrate_model(apart.owner_of(alias), model)]
        open_the_house_to(role, connections[apart.owner_of(alias)], here)
