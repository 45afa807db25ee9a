"""The reference: pages of the docs that are written from the code, so that they cannot say anything else.

`python -m omsorg.site reference` writes them, a house test holds them against the code.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, DjangoHelpFormatter
from django.utils import translation

from omsorg.federation.models import Organisation
from omsorg.federation.roles import EVERY_KIND, all_roles
from omsorg.federation.scopes import all_scopes
from omsorg.kernel.checks import models_of_ours
from omsorg.kernel.fields import personal_fields
from omsorg.kernel.wall import wall_of
from omsorg.site.api_in_markdown import api_in_markdown
from omsorg.site.environment import ROOT, Environment

FOLDER = ROOT / "docs" / "reference"
WRITTEN = "<!-- Written by `./omsorg manage reference` from the code. -->"
OF_THE_LAUNCHER = {
    "DATABASE_URL": "A database of your own, for the site's role; then `OMSORG_OWNER_DATABASE_URL` is needed as well.",
    "OMSORG_BACKUP_DATABASE_URL": "For backups: a role that reads everything. The owner's, where it is not given.",
    "OMSORG_BIND": "The address on which the site listens; 127.0.0.1 where it is not given.",
    "OMSORG_PORT": "The port on which the site listens; from 8000 on the first that is free where it is not given.",
    "OMSORG_WORKER": "`0` serves without the worker, where that runs by itself (`./omsorg worker`).",
}


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def settings_page() -> str:
    """Every setting that an operator may make, with what stands where none is made."""
    rows: list[tuple[str, ...]] = []
    for name, field in Environment.model_fields.items():
        default = field.default
        if isinstance(default, Path):
            default = f"{default.relative_to(ROOT)} in the checkout"
        rows.append((f"`OMSORG_{name.upper()}`", f"`{default}`" if default != "" else "", str(field.description)))
    lines = [
        "# Settings",
        "",
        WRITTEN,
        "",
        "All are environment variables, all optional. Everything else is decided in `src/omsorg/site/settings.py`.",
        "",
        *_table(("Variable", "Where it is not given", "What it does"), rows),
        "",
        "## Read by `./omsorg` alone",
        "",
        *_table(("Variable", "What it does"), [(f"`{name}`", what) for name, what in OF_THE_LAUNCHER.items()]),
    ]
    return "\n".join(lines) + "\n"


def own_commands() -> dict[str, BaseCommand]:
    """The management commands of ours, by name."""
    ours = {config.name for config in apps.get_app_configs() if config.name.startswith("omsorg.")}
    found = {name: app for name, app in get_commands().items() if app in ours}
    return {name: load_command_class(str(found[name]), name) for name in sorted(found)}


def _arguments(command: BaseCommand, name: str) -> list[tuple[str, ...]]:
    """The command's own arguments; those that Django gives to every command are left out."""
    parser = command.create_parser("omsorg", name)
    usual = {*DjangoHelpFormatter.show_last, "--help"}
    return [
        (f"`{', '.join(action.option_strings) or action.dest}`", str(action.help or ""))
        for action in parser._actions
        if not usual & set(action.option_strings) and action.help is not argparse.SUPPRESS
    ]


def commands_page() -> str:
    """Every command of ours with its own arguments."""
    lines = ["# Commands", "", WRITTEN, "", "Each is run as `./omsorg manage COMMAND`."]
    for name, command in own_commands().items():
        lines += ["", f"## {name}", "", str(command.help)]
        arguments = _arguments(command, name)
        if arguments:
            lines += ["", *_table(("Argument", "What it does"), arguments)]
    return "\n".join(lines) + "\n"


def roles_page() -> str:
    """Every role of the systems that are on: what it is called, what it lets a person do, where it is held."""
    kinds = [str(kind) for kind in Organisation.Kind.values]
    with translation.override("en"):
        rows: list[tuple[str, ...]] = [
            (
                f"`{role.code}`",
                str(role.title),
                str(role.sentence),
                ", ".join(f"`{verb}`" for verb in sorted(role.may)),
                "any" if role.held_at == EVERY_KIND else ", ".join(kind for kind in kinds if kind in role.held_at),
            )
            for role in all_roles()
        ]
    lines = [
        "# Roles",
        "",
        WRITTEN,
        "",
        "A mandate is a role held by a person at an organisation from a day until a day. It opens that organisation and"
        " all below it to what the role may. Nobody may do anything without one.",
        "",
        *_table(("Code", "Title", "What it lets a person do", "May", "Held at"), rows),
    ]
    return "\n".join(lines) + "\n"


def scopes_page() -> str:
    """Every scope that a personal key to the HTTP API may have."""
    with translation.override("en"):
        rows: list[tuple[str, ...]] = [
            (f"`{scope.code}`", str(scope.sentence), ", ".join(f"`{verb}`" for verb in sorted(scope.may)))
            for scope in all_scopes()
        ]
    lines = [
        "# Scopes",
        "",
        WRITTEN,
        "",
        "A scope is what a personal key to the HTTP API may be used for. A key acts in its person's name and never"
        " opens more than that person's roles do.",
        "",
        *_table(("Code", "What the key may do", "Lets through"), rows),
    ]
    return "\n".join(lines) + "\n"


def api_page() -> str:
    """Every operation of the HTTP API with its scope, its fields and an example, and every shape."""
    return "\n".join(["# The HTTP API", "", WRITTEN, "", *api_in_markdown()]) + "\n"


def personal_data_page() -> str:
    """Every field that tells about a person, with the reason for keeping it, and every table that holds none."""
    kept: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for model in models_of_ours():
        declared, table = personal_fields(model), f"`{model._meta.db_table}`"
        if declared is None:
            continue
        kept += [(table, f"`{name}`", why) for name, why in declared.fields.items()]
        without += [(table, declared.none)] if not declared.fields else []
    lines = [
        "# Personal data",
        "",
        WRITTEN,
        "",
        "Every field of our own tables that tells about a person. Each table declares its own beside its columns, and a"
        " test refuses one that leads to a person and is not declared. What is done with them, and for how long they"
        " are kept: [privacy](../architecture/privacy.md).",
        "",
        *_table(("Table", "Field", "Why it is kept"), kept),
        "",
        "## Tables without personal data",
        "",
        *_table(("Table", "Why"), without),
    ]
    return "\n".join(lines) + "\n"


def walls_page() -> str:
    """Every table of ours, how the database guards it, and why."""
    rows: list[tuple[str, ...]] = []
    for model in models_of_ours():
        wall = wall_of(model)
        if wall is not None:
            guard = "row level security" if wall.protected else "open" if wall.written_by_all else "open to read"
            grows = "only grows" if wall.append_only else "may be changed"
            rows.append((f"`{model._meta.db_table}`", guard, grows, wall.reason))
    lines = [
        "# Walls",
        "",
        WRITTEN,
        "",
        "How the database itself guards each of our tables, whatever a page asks of it. *Open*: the"
        " database puts nothing before it, and the doors and actions of the application alone decide who reads and"
        " writes. *Open to read*: everybody reads every row; who writes is asked as below."
        " *Row level security*: the database asks again in whose name it is read, and by which role it is written."
        " *Only grows*: changing, deleting and emptying are refused by triggers, for every role. `./omsorg check` holds"
        " this against the database as it stands.",
        "",
        *_table(("Table", "Guard", "Rows", "Why"), rows),
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every page of the reference as it should stand."""
    return {
        FOLDER / "settings.md": settings_page(),
        FOLDER / "commands.md": commands_page(),
        FOLDER / "roles.md": roles_page(),
        FOLDER / "scopes.md": scopes_page(),
        FOLDER / "api.md": api_page(),
        FOLDER / "personal-data.md": personal_data_page(),
        FOLDER / "walls.md": walls_page(),
    }
