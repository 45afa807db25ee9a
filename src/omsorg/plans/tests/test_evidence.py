"""A document behind a figure: looked at, kept outside what is served, withdrawn with a reason."""

from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.uploads import TooLarge, TypeDiffers, TypeNotAllowed
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.evidence import AttachedAlready, WithdrawnAlready, attach_evidence, withdraw_evidence
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Evidence
from omsorg.plans.rules.answers import AnswerIsLocked, ReasonMissing
from omsorg.plans.tests.answering import AT, H1, acting, record_all
from world import World


@pytest.fixture
def kept_in(tmp_path: Path, settings: Any) -> Path:
    """Where files are kept in this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


PDF = b"%PDF-1.7\nA list of trained staff\n%%EOF\n"


def attach(world: World, *, who: str = "officer", name: str = "list.pdf", content: bytes = PDF, **more):
    with acting(world, who) as by:
        return attach_evidence(
            indicator=world.indicator["trained"], organisation=world.org["tanzania"], period=H1, name=name,
            content=content, limit=1000, by=by, at=AT, **more,
        )  # fmt: skip


def withdraw(world: World, evidence: Evidence, reason: str, who: str = "officer") -> None:
    with acting(world, who) as by, TestCase.captureOnCommitCallbacks(execute=True):
        withdraw_evidence(evidence=evidence, reason=reason, by=by, at=AT)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_document_is_kept_under_a_random_name(world: World, kept_in: Path) -> None:
    kept = attach(world, note="Signed by the director")
    (file,) = files(kept_in)
    assert file.read_bytes() == PDF
    assert "list" not in file.name
    assert file.stat().st_mode & 0o777 == 0o600
    assert (kept.filename, kept.media_type, kept.size) == ("list.pdf", "application/pdf", len(PDF))
    with as_house():
        trace = Trace.objects.get()
    assert trace.verb == "attach_evidence"
    assert kept.fingerprint in trace.details


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("list.exe", b"MZ", TypeNotAllowed),
        ("list.pdf", b"MZ program", TypeDiffers),
        ("list.pdf", PDF + b"x" * 1000, TooLarge),
    ],
    ids=["a program", "a program with another name", "too large"],
)
def test_what_is_not_taken_leaves_nothing_behind(world: World, kept_in: Path, name, content, refusal) -> None:
    with pytest.raises(refusal):
        attach(world, name=name, content=content)
    assert files(kept_in) == []
    with as_house():
        assert not Evidence.objects.exists()


def test_the_same_document_is_attached_once(world: World, kept_in: Path) -> None:
    attach(world)
    with pytest.raises(AttachedAlready):
        attach(world, name="again.pdf")
    assert len(files(kept_in)) == 1


def test_only_whoever_reports_attaches(world: World, kept_in: Path) -> None:
    for who in ("verifier", "reviewer", "officer_kenya"):
        with pytest.raises(NotAllowed):
            attach(world, who=who)


def test_a_withdrawn_document_is_deleted_and_the_reason_stays(world: World, kept_in: Path) -> None:
    kept = attach(world)
    with pytest.raises(ReasonMissing):
        withdraw(world, kept, " ")
    withdraw(world, kept, "It holds names of children")
    assert files(kept_in) == []
    with as_house():
        kept.refresh_from_db()
        assert (kept.withdrawn_at, kept.withdrawn_reason) == (AT, "It holds names of children")
        assert Trace.objects.filter(verb="withdraw_evidence").count() == 1
    with pytest.raises(WithdrawnAlready):
        withdraw(world, kept, "again")


def test_what_has_been_handed_in_keeps_its_documents(world: World, kept_in: Path) -> None:
    record_all(world)
    kept = attach(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    with pytest.raises(AnswerIsLocked):
        withdraw(world, kept, "too late")
    with pytest.raises(AnswerIsLocked):
        attach(world, name="late.pdf", content=PDF + b"late")
