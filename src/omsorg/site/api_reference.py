"""The HTTP API as it is told to people: every operation and every shape, read out of the OpenAPI document.

The page at /api/ and docs/reference/api.md are made from this, so that neither can say anything that is not so.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from omsorg.site.api import api

REFUSED = "Refused"
PLACES = {
    "plan": "safeguarding-example",
    "report": "example-2024-03",
    "organisation": "norway",
    "period": "2023-H2",
    "source": "R1",
}
CODES = {"/actions/": "A1", "/indicators/": "I1", "/recommendations/": "1.1", "/organisations/": "norway"}
"""What stands in the addresses of the examples: the plan of the example federation."""
FORMATS = {"date": "day", "date-time": "instant", "uuid": "UUID", "binary": "file"}
TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false", "null": "null", "string": "text"}
OF_ROWS = re.compile(r"Page_(\w+)_")
SAMPLES = {"integer": 1, "number": 1, "boolean": True, "string": "…"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field holds, in words around the name of a shape; without a shape it is all in `before`."""

    before: str
    shape: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.shape}{self.after}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape, or one parameter of an operation. `where`: address, query, body or form."""

    name: str
    kind: Kind
    needed: bool
    text: str = ""
    otherwise: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is handed in or given out under one name: its fields, or the words that it may be."""

    name: str
    text: str
    fields: Sequence[Field] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with everything that a program must know to ask for it, and an example to try."""

    name: str
    method: str
    address: str
    summary: str
    text: str
    scopes: Sequence[str]
    needs_key: bool
    parameters: Sequence[Field]
    body: Kind | None
    answer: Kind
    refusals: Sequence[str]
    example: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations about one matter."""

    title: str
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole of it, the shapes in the order of their names."""

    text: str
    chapters: Sequence[Chapter]
    shapes: Sequence[Shape]


def reference() -> Reference:
    """The API as this site offers it, with the systems that are on."""
    document = api.get_openapi_schema(path_prefix="/api/")
    shapes: Mapping[str, Any] = document["components"]["schemas"]
    chapters: dict[str, Chapter] = {}
    for address, methods in document["paths"].items():
        for method, told in methods.items():
            chapter = chapters.setdefault(told["tags"][0], Chapter(told["tags"][0]))
            chapter.operations.append(_operation(method, address, told, shapes))
    named = _named_in([op for chapter in chapters.values() for op in chapter.operations], shapes)
    return Reference(
        text=str(document["info"]["description"]),
        chapters=tuple(chapters.values()),
        shapes=tuple(_shape(name, shapes[name]) for name in sorted(named)),
    )


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """What a value of this schema is, in words."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        row = OF_ROWS.fullmatch(name)
        return Kind("page of ", row[1]) if row else Kind("", name)
    if "allOf" in schema:
        return kind_of(schema["allOf"][0])
    if "anyOf" in schema:
        kinds = [kind_of(each) for each in schema["anyOf"]]
        return _any_of(kinds)
    if "enum" in schema:
        return Kind(" or ".join(json.dumps(word) for word in schema["enum"]))
    if schema.get("type") == "array":
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.before}", inner.shape, inner.after)
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        inner = kind_of(values) if isinstance(values, Mapping) else Kind("anything")
        return Kind(f"by name: {inner.before}", inner.shape, inner.after)
    if schema.get("format") in FORMATS:
        return Kind(FORMATS[schema["format"]])
    return Kind(f"{TYPES.get(str(schema.get('type')), 'anything')}{_bounds(schema)}")


def _any_of(kinds: Sequence[Kind]) -> Kind:
    with_shape = next((kind for kind in kinds if kind.shape), None)
    others = [str(kind) for kind in kinds if kind is not with_shape]
    if with_shape is None:
        return Kind(" or ".join(others))
    return Kind(with_shape.before, with_shape.shape, "".join([with_shape.after, *(f" or {each}" for each in others)]))


def _bounds(schema: Mapping[str, Any]) -> str:
    low, high, longest = schema.get("minimum"), schema.get("maximum"), schema.get("maxLength")
    if low is not None and high is not None and high < 10**9:
        return f", {low} to {high}"
    return f", at most {longest} characters" if longest else ""


def _operation(method: str, address: str, told: Mapping[str, Any], shapes: Mapping[str, Any]) -> Operation:
    summary, _gap, text = str(told["description"]).partition("\n\n")
    security = told.get("security", ())
    content = told.get("requestBody", {}).get("content", {})
    media, body = next(((media, each["schema"]) for media, each in content.items()), ("", None))
    is_form = media == "multipart/form-data"
    answer = told["responses"].get(200) or told["responses"]["200"]
    given: Mapping[str, Any] = next((each["schema"] for each in answer.get("content", {}).values()), {})
    parameters = [
        Field(
            name=each["name"],
            kind=kind_of(each["schema"]),
            needed=bool(each["required"]),
            text=str(each["schema"].get("description", "")),
            otherwise=_otherwise(each["schema"]),
            where="address" if each["in"] == "path" else each["in"],
        )
        for each in told["parameters"]
    ]
    if is_form and body is not None:
        parameters += [_field(name, each, body, where="form") for name, each in body["properties"].items()]
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        address=address,
        summary=summary.replace("\n", " "),
        text=text.replace("\n", " "),
        scopes=[scope for door in security for scopes in door.values() for scope in scopes],
        needs_key=bool(security),
        parameters=parameters,
        body=kind_of(body) if body is not None and not is_form else None,
        answer=kind_of(given),
        refusals=[f"{code} {responses[int(code)]}" for code in sorted(told["responses"], key=int) if int(code) >= 300],
        example=_example(method, address, bool(security), media, body, shapes),
    )


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    return Shape(
        name=name,
        text=str(schema.get("description", "")).replace("\n", " "),
        fields=tuple(_field(each, told, schema) for each, told in schema.get("properties", {}).items()),
        words=tuple(str(word) for word in schema.get("enum", ())),
    )


def _field(name: str, told: Mapping[str, Any], schema: Mapping[str, Any], *, where: str = "") -> Field:
    return Field(
        name=name,
        kind=kind_of(told),
        needed=name in schema.get("required", ()),
        text=str(told.get("description", "")),
        otherwise=_otherwise(told),
        where=where,
    )


def _otherwise(schema: Mapping[str, Any]) -> str:
    """What counts where nothing is said."""
    return json.dumps(schema["default"]) if schema.get("default") not in (None, "") else ""


def _named_in(operations: Sequence[Operation], shapes: Mapping[str, Any]) -> set[str]:
    """Every shape that an operation takes or gives, and those within them."""
    found: set[str] = {REFUSED}
    waiting = [kind.shape for op in operations for kind in (op.body, op.answer) if kind and kind.shape]
    waiting += [each.kind.shape for op in operations for each in op.parameters if each.kind.shape]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += list(_references(shapes[name]))
    return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            yield str(schema["$ref"]).rpartition("/")[2]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _example(
    method: str, address: str, needs_key: bool, media: str, body: Mapping[str, Any] | None, shapes: Mapping[str, Any]
) -> str:
    """A command that asks for it, to be tried on a house with the example in it."""
    code = next((code for part, code in CODES.items() if part in address), "CODE")
    lines = ["curl"]
    if needs_key:
        lines.append('-H "Authorization: Bearer $KEY"')
    if media == "application/json" and body is not None:
        said = json.dumps(_sample(body, shapes), ensure_ascii=False)
        lines += ["-H 'Content-Type: application/json'", f"-d '{said}'"]
    elif body is not None:
        lines += [f"-F '{name}={_form_sample(each)}'" for name, each in body["properties"].items()]
    elif method == "post":
        lines.append("-X POST")
    lines.append(f"http://localhost:8000{address.format_map(_Places(code=code))}")
    return " \\\n  ".join([" ".join(lines[:2]), *lines[2:]] if len(lines) > 2 else [" ".join(lines)])


class _Places(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return PLACES.get(name, name.upper())


def _sample(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
    """The example that the shape gives; else the least that may be handed in, with something in each field."""
    if "example" in schema:
        return schema["example"]
    if "$ref" in schema:
        return _sample(shapes[str(schema["$ref"]).rpartition("/")[2]], shapes)
    if "allOf" in schema or "anyOf" in schema:
        return _sample((schema.get("allOf") or schema["anyOf"])[0], shapes)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_sample(schema["items"], shapes)]
    if "properties" in schema:
        wanted = schema.get("required") or list(schema["properties"])[:1]
        return {name: _named_sample(name, schema["properties"][name], shapes) for name in wanted}
    if schema.get("type") == "object":
        return {"en": "…"}
    return "2024-05-01" if schema.get("format") == "date" else SAMPLES.get(str(schema.get("type")), "…")


def _named_sample(name: str, schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
    named = {**PLACES, "indicator": "I1", "recommendation": "1.1", "currency": "EUR", "code": "may-2024"}
    return named.get(name) or _sample(schema, shapes)


def _form_sample(schema: Mapping[str, Any]) -> str:
    kind = str(kind_of(schema))
    return "@FILE" if kind.endswith("file") else "…"
