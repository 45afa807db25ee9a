"""Why something is changed, as every revising act over the HTTP API is told it."""

from typing import Annotated

from pydantic import Field

from omsorg.kernel.api.types import Prose, Proses

Reason = Annotated[Prose, Field(description="Why, in the language of the request; it stands in public.")]
ReasonIn = Annotated[
    Proses,
    Field(
        default_factory=dict,
        description='The same reason in other languages, where you have it: {"da": "Undervisere mangler"}. Who reads in'
        " one of these reads it so; everybody else reads `reason`, marked with its language.",
    ),
]
