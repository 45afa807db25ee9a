"""The door for the web server: what is sent is gathered first, and a thread is taken when it is here whole.

A slow sender and a slow reader cost a thread nothing. What is larger than may be sent is not gathered at all: the site
refuses it by its length, in its own words (`site.middleware.Measured`).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from django.apps import apps
from django.conf import settings

from omsorg.site.front.answers import Answer, Send, carry
from omsorg.site.front.calls import Scope, environ_of, header, length_of, line_of
from omsorg.site.front.gathering import Gathering, GaveUp, Gone, Patience, Receive
from omsorg.site.front.turns import Turns
from omsorg.site.middleware import most_of
from omsorg.site.wsgi import application as site

THREADS = 4
TOO_SLOW = b"This came too slowly, or many were sending at once. Nothing of it was kept. Please send it again."

patience = Patience(
    pause=settings.ENVIRONMENT.sending_seconds,
    most=max(settings.ENVIRONMENT.sending_mb << 20, 2 * settings.LARGEST_BODY, 2 * settings.LARGEST_FROM_CHILD),
)
gathering = Gathering(patience)
turns = Turns(THREADS)
threads = ThreadPoolExecutor(THREADS, thread_name_prefix="site")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One request, answered."""
    line = line_of(scope, settings.ENVIRONMENT.proxies)
    length = length_of(scope)
    answer = Answer()

    async def in_thread(work: Callable[[], bytes]) -> bytes:
        async with turns.turn(line):
            return await asyncio.get_running_loop().run_in_executor(threads, work)

    async def first_piece(body: BytesIO) -> bytes:
        environ = environ_of(scope, body)
        return await in_thread(lambda: answer.opened(site(environ, answer.start)))

    try:
        if not length or length > _most(scope):
            first = await first_piece(BytesIO())
        else:
            with gathering.place_for(line, length) as sending:
                first = await first_piece(await gathering.gather(sending, receive))
    except GaveUp:
        await _say_too_slow(scope, send)
    except Gone:
        return
    else:
        await carry(answer, first, send, in_thread, patience.pause)


def _most(scope: Scope) -> int:
    cookies = header(scope, b"cookie")
    is_known = settings.SESSION_COOKIE_NAME in cookies or bool(header(scope, b"authorization"))
    return most_of(scope["path"], is_known=is_known)


async def _say_too_slow(scope: Scope, send: Send) -> None:
    told, said = _too_slow(scope["path"]) or ({"Content-Type": "text/plain"}, TOO_SLOW)
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]
    headers += [(b"content-length", b"%d" % len(said)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 408, "headers": headers})
    await send({"type": "http.response.body", "body": said, "more_body": False})


def _too_slow(path: str) -> tuple[dict[str, str], bytes] | None:
    """The child's own page, where its channel is on."""
    if not apps.is_installed("omsorg.ombuds"):
        return None
    from omsorg.ombuds.views.child.too_slow import too_slow

    return too_slow(path)
