"""The HTTP API: the federation and every system that is on, under /api/, with one way of saying no.

Each system brings its operations as `omsorg.<system>.api.router`, and beside them `CONFLICTS`: its refusals that mean
"what stands there is not what you thought" (409). Every other refusal is 422, and nothing handed in leads to a 5xx.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern, path
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from omsorg.federation.access import NotAllowed, NothingHere
from omsorg.federation.api_door import NAMESPACE, Key, KeyNeeded, OtherScopeNeeded, scopes_that_open
from omsorg.federation.refusals import SecondFactorFirst
from omsorg.federation.roles import codes_that_may, role_called
from omsorg.kernel.api.faults import fault_said
from omsorg.kernel.api.given import digits, plain, refused_as
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

VERSION = "1"
DESCRIPTION = """\
Everything that the public pages show can be read without a key. Writing, and reading what is not public yet, takes a
personal key with a scope, sent as `Authorization: Bearer <key>`: it acts in its person's name, within that person's
roles. A sign-in by cookie opens nothing here. Sentences come in the language of `Accept-Language`; texts of the plan
come in every language that they were written in. A list comes in pages: `count` is how many rows there are in all,
`rows` are those that `limit` and `offset` ask for. Exact numbers are text, money is a whole number of minor units, days
are written 2024-03-31. Missing is never zero: it has a state with a name."""


class NothingThere(Refusal):
    sentence = _("There is nothing here.")


class RoleNeeded(Refusal):
    sentence = _("None of your roles may do that here. It takes one of: %(roles)s.")


class NotUnderstood(Refusal):
    sentence = _("This was not understood. Beside each fault stands where it is.")


class UnreadableRequest(Refusal):
    sentence = _("The request cannot be read. Look whether the body is what its Content-Type says.")


class NotAskedThatWay(Refusal):
    sentence = _("Nothing is done here in that way. It can be asked by: %(ways)s.")


class TakenMeanwhile(Refusal):
    sentence = _("Somebody else has written here at the same moment. Look again, then decide.")


class Exactly(NinjaJSONEncoder):
    """JSON in which an exact number is text with all its digits."""

    def default(self, o: Any) -> Any:
        return digits(o) if hasattr(o, "as_tuple") else super().default(o)


class ExactRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=Exactly, ensure_ascii=False)


class TwoSchemasOfOneName(Exception):
    """Two different things in the API are called the same: one would be described as the other."""


class Document(OpenAPISchema):
    """The OpenAPI document, with the scopes that open each operation, and each schema under a name of its own."""

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """The operation as its docstring tells it: the first line is the summary."""
        told: dict[str, Any] = super().operation_details(operation)
        told["summary"] = str(operation.description).partition("\n\n")[0].replace("\n", " ").rstrip(".")
        return told

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        found = super().operation_security(operation)
        for key in operation.auth_callbacks:
            if isinstance(key, Key):
                found = [{Key.__name__: scopes_that_open(key.verb)}]
        return found

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, definition in definitions.items():
            if self.schemas.setdefault(name, definition) != definition:
                raise TwoSchemasOfOneName(name)


class Api(NinjaAPI):
    """The API with its operations called by their verbs. Its document is the same for everybody and made once."""

    def __init__(self, **settled: Any) -> None:
        super().__init__(**settled)
        self._documents: dict[str, Document] = {}

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = path_prefix if path_prefix is not None else self.get_root_path(path_params or {})
        if prefix not in self._documents:
            self._documents[prefix] = Document(self, prefix)
        return self._documents[prefix]


def _systems() -> dict[str, Any]:
    """The API modules of the federation and of every system that is on and has one."""
    names = ["federation", *settings.SYSTEMS]
    return {name: import_module(f"omsorg.{name}.api") for name in names if find_spec(f"omsorg.{name}.api")}


def _assemble() -> Api:
    assembled = Api(
        title=settings.ENVIRONMENT.site_name,
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace=NAMESPACE,
        docs_url=None,
        renderer=ExactRenderer(),
        openapi_extra={"info": {"license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}}},
    )
    for module in _systems().values():
        router: Router = module.router
        assembled.add_router("", router)
    answer_refusals(assembled)
    return assembled


def conflicts() -> tuple[type[Refusal], ...]:
    """The refusals that mean that what stands there is not what the writer thought."""
    return (TakenMeanwhile, *(each for module in _systems().values() for each in getattr(module, "CONFLICTS", ())))


def answer_refusals(assembled: NinjaAPI) -> None:
    """Say no in one way: a name, a sentence, what there is to know; and whatever was begun is undone."""
    at_odds = conflicts()

    def said(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            transaction.set_rollback(True)
        return assembled.create_response(request, plain(refused_as(refusal)), status=status)

    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, OtherScopeNeeded | SecondFactorFirst):
            return said(request, refusal, 403)
        return said(request, refusal, 409 if isinstance(refusal, at_odds) else 422)

    def not_allowed(request: HttpRequest, refused: NotAllowed) -> HttpResponse:
        titles = [str(role_called(code).title) for code in codes_that_may(refused.verb)]
        return said(request, RoleNeeded(roles=", ".join(titles)), 403)

    def nothing_here(request: HttpRequest, nothing: Exception) -> HttpResponse:
        return said(request, NothingThere(), 404)

    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [
            {"where": ".".join(str(step) for step in fault["loc"]), "what": str(fault_said(fault))}
            for fault in error.errors
        ]
        return said(request, NotUnderstood(faults=faults), 422)

    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 401:
            answer = said(request, KeyNeeded(), 401)
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        return said(request, UnreadableRequest(why=str(error)), error.status_code)

    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        return said(request, UnreadableRequest(why=str(error)), 400)

    def taken(request: HttpRequest, error: IntegrityError) -> HttpResponse:
        return said(request, TakenMeanwhile(), 409)

    answers: Mapping[type[Exception], Callable[..., HttpResponse]] = {
        Refusal: refused,
        NotAllowed: not_allowed,
        NothingHere: nothing_here,
        Http404: nothing_here,
        ValidationError: not_understood,
        HttpError: http_error,
        MultiPartParserError: unreadable,
        IntegrityError: taken,
    }
    for situation, answer in answers.items():
        assembled.add_exception_handler(situation, answer)


def nothing_there(request: HttpRequest, rest: str) -> HttpResponse:
    """Every address under /api/ that leads nowhere says so as the API does."""
    return api.create_response(request, plain(refused_as(NothingThere())), status=404)


def _asked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An operation as it is asked: HEAD is GET without its body, and what cannot be asked is refused like all else."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        only_head = request.method == "HEAD"
        if only_head:
            request.method = "GET"
        try:
            answer = view(request, *args, **given)
        finally:
            if only_head:
                request.method = "HEAD"
        if answer.status_code != 405:
            return answer
        allowed = sorted({each.strip() for each in answer["Allow"].split(",")})
        ways = ", ".join([*allowed, *(["HEAD"] if "GET" in allowed else [])])
        refused = api.create_response(request, plain(refused_as(NotAskedThatWay(ways=ways))), status=405)
        refused["Allow"] = ways
        return refused

    return asked


api = _assemble()
addresses, app_name, namespace = api.urls
addresses = [
    *(
        URLPattern(each.pattern, _asked(each.callback), each.default_args, each.name)
        for each in addresses
        if isinstance(each, URLPattern)
    ),
    path("<path:rest>", nothing_there),
]
