"""The reference of the HTTP API as a page of the docs."""

from collections.abc import Iterator, Sequence

from omsorg.site.api_reference import Field, Kind, Operation, Shape, reference


def api_in_markdown() -> Iterator[str]:
    """The lines of the page: the table of all operations, each operation, each shape."""
    told = reference()
    yield from (told.text, "")
    yield "How to begin: [use the API](../howto/use-the-api.md). What keys can be made for: [scopes](scopes.md)."
    yield "The same for programs: `/api/openapi.json`; for reading on the site itself: `/api/`."
    yield from ("", "| Operation | What it does | Key with |", "|---|---|---|")
    for chapter in told.chapters:
        for operation in chapter.operations:
            called = f"[`{operation.method} {operation.address}`](#{operation.name})"
            yield f"| {called} | {operation.summary} | {_scopes(operation)} |"
    for chapter in told.chapters:
        yield from ("", f"## {chapter.title}")
        for operation in chapter.operations:
            yield from _operation(operation)
    yield from ("", "## What is handed in and given out")
    for shape in told.shapes:
        yield from _shape(shape)


def _operation(operation: Operation) -> Iterator[str]:
    yield from ("", f"### {operation.name}", "", f"`{operation.method} {operation.address}`", "")
    yield f"{operation.summary} {operation.text}".strip()
    yield from ("", f"- Key with: {_scopes(operation)}")
    if operation.body:
        yield f"- Handed in: {_kind(operation.body)}"
    yield f"- Given out: {_kind(operation.answer)}"
    yield f"- Other answers: {', '.join(operation.refusals)}"
    yield from _fields(operation.parameters)
    yield from ("", "```sh", operation.example, "```")


def _shape(shape: Shape) -> Iterator[str]:
    yield from ("", f"### {shape.name}", "")
    yield shape.text
    if shape.words:
        yield from ("", ", ".join(f"`{word}`" for word in shape.words))
    yield from _fields(shape.fields)


def _fields(fields: Sequence[Field]) -> Iterator[str]:
    if not fields:
        return
    yield from ("", "| Name | What it holds | What it means |", "|---|---|---|")
    for each in fields:
        notes = ", ".join(note for note in (each.where, "needed" if each.needed else "") if note)
        name = f"`{each.name}`" + (f" ({notes})" if notes else "")
        text = each.text + (f" Where nothing is said: `{each.otherwise}`." if each.otherwise else "")
        yield f"| {name} | {_kind(each.kind)} | {_cell(text.strip())} |"


def _kind(kind: Kind) -> str:
    """What a field holds, with a link to its shape."""
    shape = f"[{kind.shape}](#{kind.shape.lower()})" if kind.shape else ""
    return _cell(f"{kind.before}{shape}{kind.after}")


def _scopes(operation: Operation) -> str:
    return " or ".join(f"`{scope}`" for scope in operation.scopes) or "none needed"


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("<", "&lt;")
