"""The phone's modules as a browser asks for them: each is there, is JavaScript, names only modules of the house, and is
small enough for a slow network.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

JS = Path(settings.ROOT) / "static" / "js"
MODULES = sorted((JS / "savings").rglob("*.js"))
ASKED_FOR = re.compile(r'^(?:import|export) .*? from "([^"]+)";$|^} from "([^"]+)";$', re.MULTILINE)
LONGEST = 350
MOST_TRANSFERRED = 60_000


@pytest.mark.django_db
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_is_served_as_javascript_and_finds_its_own(module: Path, client: Client) -> None:
    answer = client.get(f"/static/js/{module.relative_to(JS)}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    text = b"".join(answer.streaming_content).decode()
    answer.close()
    assert text == module.read_text()
    assert len(text.splitlines()) <= LONGEST
    asked_for = [one or other for one, other in ASKED_FOR.findall(text)]
    assert len(asked_for) == text.count(' from "')
    for name in asked_for:
        assert name.startswith(("./", "../"))
        assert (module.parent / name).is_file()


def test_all_of_them_come_over_a_slow_network() -> None:
    assert sum(len(gzip.compress(module.read_bytes())) for module in MODULES) < MOST_TRANSFERRED
