"""The gallery shows every component, and every component says what it is and what dresses it."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template, render_to_string

from omsorg.site.environment import ROOT
from omsorg.site.gallery import SampleForm, WithoutHead, _exhibit, component_files, exhibits

SHEETS = {sheet.stem for sheet in (ROOT / "static" / "css" / "components").glob("*.css")}
COMPONENTS = [file.stem for file in component_files()]


@pytest.fixture
def page(client, db):
    answer = client.get("/ui/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_gallery_shows_every_component(page):
    assert re.findall(r'<section class="exhibit flow" id="(\w+)"', page) == COMPONENTS


@pytest.mark.parametrize("prefix", ["", "/da", "/nb", "/sv"])
def test_the_gallery_is_shown_in_every_language(client, db, prefix):
    answer = client.get(f"{prefix}/ui/")
    assert answer.status_code == 200
    assert f'<html lang="{prefix.strip("/") or "en"}" dir="ltr">' in answer.content.decode()


@pytest.mark.parametrize("exhibit", exhibits(), ids=lambda exhibit: exhibit.name)
def test_a_component_says_what_it_is_for_and_which_sheet_dresses_it(exhibit):
    assert exhibit.promise
    assert set(re.findall(r"\w+", exhibit.sheets.split("(")[0])) <= SHEETS
    assert get_template(exhibit.samples)


def test_a_component_without_a_head_is_refused(tmp_path):
    silent = tmp_path / "silent.html"
    silent.write_text("<p>{{ text }}</p>")
    with pytest.raises(WithoutHead):
        _exhibit(silent)


def test_every_sheet_dresses_a_component_or_the_frame():
    named = {name for exhibit in exhibits() for name in re.findall(r"\w+", exhibit.sheets)}
    assert SHEETS - named == {"entrance", "exhibit", "frame"}


def test_no_component_shows_what_it_was_not_given(strict_templates, client, db):
    assert client.get("/ui/").status_code == 200


def test_no_page_carries_style_or_script_of_its_own(page):
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert [script for script in re.findall(r"<script[^>]*>", page) if "src=" not in script] == []


def test_no_two_things_in_the_gallery_share_an_id(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_whatever_is_named_by_a_label_is_there(page):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        named = {name for value in re.findall(rf'\s{attribute}="([^"]+)"', page) for name in value.split()}
        assert named - ids == set(), attribute


def test_a_django_form_gets_the_look_of_the_house():
    form = str(SampleForm({"due_on": "soon"}))
    assert form.index("error-summary") < form.index('class="field field--wrong"')
    assert '<a href="#id_title">What the action is called: This field is required.</a>' in form
    assert '<ul class="field-errors" id="id_due_on_error">' in form
    assert 'aria-describedby="id_due_on_error"' in form
    assert "(optional)" in form


def test_a_form_without_faults_has_no_summary():
    assert "error-summary" not in str(SampleForm())


def test_a_component_around_a_piece_of_page_sees_nothing_else_of_it():
    source = '{% load ui %}{% ui "card" title="Seen" %}<p>{{ secret }}</p>{% endui %}'
    shown = engines["django"].from_string(source).render({"secret": "inside", "over": "outside"})
    assert "<p>inside</p>" in shown
    assert "outside" not in shown


def test_what_people_write_stays_text_inside_a_component():
    source = '{% load ui %}{% ui "details" summary=words %}{{ words }}{% endui %}'
    shown = engines["django"].from_string(source).render({"words": "<b>bold</b>"})
    assert "<b>" not in shown
    assert shown.count("&lt;b&gt;") == 2


@pytest.mark.parametrize("code", [400, 403, "403_csrf", 404, 429, 500])
def test_an_error_page_stands_without_the_database_and_without_context(code):
    shown = render_to_string(f"{code}.html")
    assert "<h1>" in shown
    assert 'href="/"' in shown


def test_every_script_is_small():
    sizes = {script.name: script.stat().st_size for script in (ROOT / "static" / "js").glob("*.js")}
    assert {name: size for name, size in sizes.items() if size > 4000} == {}
    assert settings.STATICFILES_DIRS == [ROOT / "static"]
