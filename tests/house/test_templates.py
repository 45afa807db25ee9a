"""Every template of ours can be read, and is used by somebody."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "templates", *sorted((ROOT / "src" / "omsorg").glob("*/templates"))]
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.suffix in (".html", ".txt")
)
ASKED_FOR_BY_PACKAGES = re.compile(
    r"^(400|403|404|429|500)\.html$|^403_csrf\.html$|^(allauth|account|mfa|usersessions|django)/"
)
ASKED_FOR_BY_THE_FIRST_PAGE = "/first_page.html"
SAYS_A_NAME = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
BEGINS_A_NAME = re.compile(r"""["']([\w/-]+/)\{""")


def is_named(name: str, sources: str) -> bool:
    """Whether a source names the template, or one half of its name with the other filled in."""
    folder, _, file = name.rpartition("/")
    if name in SAYS_A_NAME.findall(sources) or f'}}/{file}"' in sources:
        return True
    return f"{folder}/" in BEGINS_A_NAME.findall(sources) and f'"{file.partition(".")[0]}"' in sources


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name: str) -> None:
    get_template(name)


def test_every_template_is_used() -> None:
    """Components stand in the gallery, which goes by their file names, and are put around pages by their short name."""
    places = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.html"), *(ROOT / "templates").rglob("*.html")]
    sources = "\n".join(place.read_text() for place in places)
    shown = ("ui/", "site/gallery/")
    ours = [name for name in TEMPLATES if not name.startswith(shown) and not ASKED_FOR_BY_PACKAGES.search(name)]
    ours = [name for name in ours if not name.endswith(ASKED_FOR_BY_THE_FIRST_PAGE)]
    assert [name for name in ours if not is_named(name, sources)] == []


HANDED = re.compile(r"""\{%-?\s*(?:ui|include)\s+"(?:ui/)?([a-z_]+)(?:\.html)?"\s+(?:with\s+)?([^%]*?)%\}""", re.DOTALL)
NAMED = re.compile(r"""(?:^|\s)([a-z_]+)=""")


def slots_of(component: str) -> set[str]:
    """The names that stand at the head of a component, at the beginning of a line, several with commas between."""
    head = (ROOT / "templates" / "ui" / f"{component}.html").read_text().partition("{% endcomment %}")[0]
    rows = re.findall(r"^  ([a-z_]+(?:, [a-z_]+)*)  +\S", head, re.MULTILINE)
    return {name for row in rows for name in row.split(", ")}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_component_is_handed_what_it_says_it_takes(name: str) -> None:
    """What is handed to a block and not named at its head is not known inside it: a loop over it would be empty."""
    source = get_template(name).template.source
    handed = [
        (component, given)
        for component, names in HANDED.findall(source)
        if (ROOT / "templates" / "ui" / f"{component}.html").exists()
        for given in NAMED.findall(names)
    ]
    assert [(component, given) for component, given in handed if given not in slots_of(component)] == []
