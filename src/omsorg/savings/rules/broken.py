"""A rule that a meeting breaks."""

from typing import Any


class Broken(Exception):
    """What stands in the way of posting a meeting.

    `rule` is the code, the same on the phone; `line` the number of the line, None where the meeting as a whole
    breaks it; `facts` the numbers and names its sentence tells, ready for JSON (amounts as strings of digits).
    """

    def __init__(self, rule: str, line: int | None = None, **facts: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.line = line
        self.facts = {
            name: str(fact) if type(fact) is int and name in AMOUNTS else fact for name, fact in facts.items()
        }

    def at(self, line: int) -> "Broken":
        """The same, at this line, where no line was named."""
        if self.line is None:
            self.line = line
        return self

    def to_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "line": self.line, "facts": self.facts}


AMOUNTS = frozenset({"amount", "expected", "balance", "limit", "step"})
