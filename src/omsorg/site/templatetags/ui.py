"""`{% ui "card" title=… %} … {% endui %}`: a component of templates/ui around a piece of page.

Components without an inside are used with `{% include "ui/x.html" with … only %}`. Those with one
get it as `body`, and see nothing else of the page: the same closed door as `only`.
"""

import re
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from omsorg.kernel.pictures import Mark
from omsorg.kernel.pictures.marks import shape

register = template.Library()

MARKS = {
    "completed": Mark.CHECK_DISC,
    "on_track": Mark.DISC,
    "at_risk": Mark.TRIANGLE,
    "off_track": Mark.CROSS,
    "not_started": Mark.RING,
    "not_due": Mark.RING,
    "not_rated": Mark.DASH,
    "no_data": Mark.DASH,
    "on_hold": Mark.PAUSE,
    "superseded": Mark.STRUCK_RING,
    "dropped": Mark.STRUCK_RING,
}


@register.simple_tag
def mark_shape(code: str) -> SafeString:
    """The shape of a rating or an activity, the same as in every picture."""
    return mark_safe(shape(MARKS[code]))  # noqa: S308 - our own drawing


BLANK_CELL = re.compile(r"(<td\b[^>]*>)\s+(?=</td>)")


class CellsNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return mark_safe(BLANK_CELL.sub(r"\1", self.nodelist.render(context)))  # noqa: S308 - only blanks are taken out


@register.tag
def cells(parser: Parser, token: Token) -> CellsNode:
    """Around rows that become cards on a phone: a cell without a value is empty, so its label does not stand alone."""
    nodelist = parser.parse(("endcells",))
    parser.delete_first_token()
    return CellsNode(nodelist)


class ComponentNode(Node):
    def __init__(self, name: FilterExpression, slots: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.slots = slots
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots: dict[str, Any] = {name: value.resolve(context) for name, value in self.slots.items()}
        slots["body"] = self.nodelist.render(context)
        found = context.template.engine.get_template(f"ui/{self.name.resolve(context)}.html")  # type: ignore[union-attr]
        return found.render(context.new(slots))


@register.tag
def ui(parser: Parser, token: Token) -> ComponentNode:
    """Around a piece of page: the name of the component, then its slots by name."""
    _, name, *bits = token.split_contents()
    slots = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"ui takes the slots by name: {' '.join(bits)!r} is none")
    nodelist = parser.parse(("endui",))
    parser.delete_first_token()
    return ComponentNode(parser.compile_filter(name), slots, nodelist)
