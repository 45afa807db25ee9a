"""The page of the API tells every operation and every shape, needs no script, and leads nowhere that is not there."""

import re

import pytest
from django.conf import settings
from django.test import Client

from omsorg.site.api import api
from omsorg.site.api_in_markdown import api_in_markdown
from omsorg.site.api_reference import Kind, kind_of, reference
from omsorg.site.templatetags.codes import with_code


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/da"])
def test_every_operation_and_every_shape_it_names_stands_on_the_page(client: Client, language: str) -> None:
    page = client.get(f"{language}/api/").content.decode()
    anchors = set(re.findall(r' id="([^"]+)"', page))
    for methods in api.get_openapi_schema()["paths"].values():
        assert {told["operationId"] for told in methods.values()} <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
    assert len(anchors) == len(re.findall(r' id="([^"]+)"', page))
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=\"", page)


@pytest.mark.django_db
def test_what_stands_under_the_address_of_the_api_and_is_nothing_says_so(client: Client) -> None:
    assert client.get("/api/nothing").json()["refusal"] == "NothingThere"
    assert client.get("/api").status_code == 301


def test_each_operation_tells_what_opens_it_and_how_to_try_it() -> None:
    told = {operation.name: operation for chapter in reference().chapters for operation in chapter.operations}
    assert told["list_plans"].scopes == []
    assert told["record_answer_figures"].scopes == ["plans:report"]
    assert "Authorization" in told["record_answer_figures"].example
    assert '"indicator": "I1"' in told["record_answer_figures"].example
    assert "-F 'file=@FILE'" in told["attach_document"].example
    assert "409 Conflict" in told["revise_one_action"].refusals


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"$ref": "#/components/schemas/Share"}, Kind("", "Share")),
        ({"anyOf": [{"$ref": "#/components/schemas/Share"}, {"type": "null"}]}, Kind("", "Share", " or null")),
        ({"$ref": "#/components/schemas/Page_Share_"}, Kind("page of ", "Share")),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Share"}}, Kind("list of ", "Share")),
        ({"type": "object", "additionalProperties": {"type": "string"}}, Kind("by name: text")),
        ({"type": "object", "additionalProperties": True}, Kind("by name: anything")),
        ({"type": "integer", "minimum": 1, "maximum": 200}, Kind("whole number, 1 to 200")),
        ({"type": "string", "format": "date"}, Kind("day")),
        ({"enum": ["yes", "no"]}, Kind('"yes" or "no"')),
    ],
)
def test_what_a_field_holds_is_said_in_words(schema: dict, said: Kind) -> None:
    assert kind_of(schema) == said


def test_the_page_of_the_docs_names_every_operation() -> None:
    text = "\n".join(api_in_markdown())
    for address in api.get_openapi_schema(path_prefix="/api/")["paths"]:
        assert address in text


def test_the_systems_that_are_on_are_the_ones_told() -> None:
    assert "plans" in settings.SYSTEMS
    assert {"Federation", "Plans", "Answers"} <= {chapter.title for chapter in reference().chapters}


def test_what_stands_between_backticks_is_code_and_nothing_else_is_markup() -> None:
    assert with_code("send `a <b>` & wait") == "send <code>a &lt;b&gt;</code> &amp; wait"
