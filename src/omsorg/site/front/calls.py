"""What an ASGI server tells of a request, as a WSGI application reads it (PEP 3333), and who sent it."""

import sys
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from omsorg.kernel.floods import NETWORK_OF_ONE_LINE, caller_named

Scope = dict[str, Any]
ONCE = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


def environ_of(scope: Scope, body: BytesIO) -> dict[str, Any]:
    """The environment of one request. A header whose name has an underscore is dropped: it would pass for another."""
    host, port = scope.get("server") or ("", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": address_of(scope),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            _add(environ, name, value.decode("latin-1"))
    return environ


def _add(environ: dict[str, Any], name: bytes, value: str) -> None:
    key = ONCE.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
    if key in environ:
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value


def header(scope: Scope, name: bytes) -> str:
    """All values of a header, as one; empty for none."""
    return ",".join(value.decode("latin-1") for found, value in scope["headers"] if found == name)


def address_of(scope: Scope) -> str:
    """The network address at the other end: a child's, or a proxy's."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def line_of(scope: Scope, proxies: int) -> str:
    """Whose line this is, as far as the operator's own proxies are believed. Asked to share out, and forgotten."""
    told = [each.strip() for each in header(scope, b"x-forwarded-for").split(",") if each.strip()]
    address = told[-proxies] if 0 < proxies <= len(told) else address_of(scope)
    return caller_named(address, network=NETWORK_OF_ONE_LINE)


def length_of(scope: Scope) -> int | None:
    """How many bytes of body are said to come; None where that is not said, or is no number."""
    told = header(scope, b"content-length")
    if not told:
        return None if header(scope, b"transfer-encoding") else 0
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None
