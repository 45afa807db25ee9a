"""The tables are as the models say, and every step to them has a name that somebody chose."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = sorted((ROOT / "src" / "omsorg").glob("*/migrations/0*.py"))
NAMED_BY_NOBODY = re.compile(r"^\d+_(auto|initial|alter_|remove_|rename_|delete_|add_field)|_and_more$")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name} {path.stem}")
def test_every_migration_was_named_by_somebody(migration: Path) -> None:
    assert not NAMED_BY_NOBODY.search(migration.stem)


def test_no_two_migrations_of_a_system_have_one_number() -> None:
    numbers = [(path.parent.parent.name, path.stem[:4]) for path in MIGRATIONS]
    assert len(numbers) == len(set(numbers))
