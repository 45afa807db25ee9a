"""The phone's modules as a browser asks for them: each is there, is JavaScript, names only modules of the house, and is
small enough for a slow network.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from omsorg.savings.pages.modules import in_order, joined

JS = Path(settings.ROOT) / "static" / "js"
MODULES = sorted((JS / "savings").rglob("*.js"))
ASKED_FOR = re.compile(r'^(?:import|export) .*? from "([^"]+)";$|^} from "([^"]+)";$', re.MULTILINE)
LONGEST = 350
MOST_TRANSFERRED = 75_000


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


def test_joined_they_are_one_module_that_asks_for_no_other() -> None:
    first = JS / "savings" / "phone" / "app.js"
    order = in_order(first)
    assert order[-1] == first
    assert {module.relative_to(JS / "savings").parts[0] for module in order} >= {"rules", "phone", "store.js"}
    text = joined(first)
    assert not re.search(r"^(import|export|\s*//)", text, re.MULTILINE)
    for module in order[:-1]:
        for name in re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", module.read_text(), re.MULTILINE):
            assert re.search(rf"^return {{.*\b{name}\b.*}};$", text, re.MULTILINE)
    assert len(gzip.compress(text.encode())) < 50_000


def test_each_keeps_its_own_names_and_two_that_need_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text('import { two as other } from "./two.js";\nconst own = 1;\nother(own);\n')
    (tmp_path / "two.js").write_text("// A remark.\nconst own = 2;\nexport const two = (many) => many * own;\n")
    assert joined(tmp_path / "one.js") == (
        "const $_0 = (() => {\nconst own = 2;\nconst two = (many) => many * own;\nreturn { two };\n})();\n"
        "const { two: other } = $_0;\nconst own = 1;\nother(own);\n"
    )
    (tmp_path / "two.js").write_text('import { one } from "./one.js";\n')
    with pytest.raises(ValueError, match="needs itself"):
        joined(tmp_path / "one.js")
