"""The preview as a web application: what is served at which address, and to whom.

Only names of this machine are answered (a page elsewhere cannot have its own name lead here), only reading is
possible, and every answer says that nothing may run but the one script of this product.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from watchfiles import awatch

from reports.model.formatting import TAGS
from reports.model.periods import Period
from reports.preview import rendering
from reports.preview.page import Frame, extra_page, index_page, lost_page, report_page
from reports.preview.state import Asked, PageMaker, UnknownPageError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)
#: Milliseconds: an editor that saves in several steps is waited for; what is looked at may lag by so much.
_SETTLE, _STEP = 200, 50
#: Seconds after which a silent line is written to, so that one nobody listens to is noticed.
_SILENCE = 15


class Hub:
    """Who is to be told of changes; telling None ends every line."""

    def __init__(self) -> None:
        self._lines: set[asyncio.Queue[str | None]] = set()

    def tell(self, version: str | None) -> None:
        """Tell everybody who listens."""
        for line in self._lines:
            line.put_nowait(version)

    async def listen(self) -> AsyncIterator[str]:
        """Yield the versions told from now on, "" after a while of silence."""
        line: asyncio.Queue[str | None] = asyncio.Queue()
        self._lines.add(line)
        try:
            while True:
                told: str | None = ""
                with suppress(TimeoutError):
                    told = await asyncio.wait_for(line.get(), _SILENCE)
                if told is None:
                    return
                yield told
        finally:
            self._lines.discard(line)


def run(
    desk: PageMaker, frame: Frame, listener: socket.socket, names: Iterable[str], *, polling: bool = False
) -> None:
    """Serve at *listener* until Ctrl+C; *polling*: look for changes, as nobody tells of them."""
    hub = Hub()
    app = make_app(desk, frame, hub, names, polling=polling)
    config = uvicorn.Config(
        app, log_config=None, server_header=False, date_header=False, timeout_graceful_shutdown=2, ws="none"
    )
    with suppress(KeyboardInterrupt):  # how a preview ends
        _Server(config, hub).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Ends the lines that would otherwise be waited for."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.tell(None)
        await super().shutdown(sockets)


def make_app(
    desk: PageMaker, frame: Frame, hub: Hub, names: Iterable[str] = (), *, polling: bool = False
) -> ASGIApp:
    """Return the application; *names* are host names it answers to beside localhost and bare addresses."""
    site = _Site(desk, frame, hub)
    routes = [
        Route("/", site.index),
        Route("/report/{report}/{period}/{lang}", site.report),
        Route("/page/{name}", site.extra),
        Route("/events", site.events),
        Route("/static/{name}", site.static),
    ]

    @asynccontextmanager
    async def watching(_app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        watcher = asyncio.create_task(_watch(desk, hub, stop, polling=polling))
        yield
        stop.set()
        await watcher

    return _Guard(Starlette(routes=routes, lifespan=watching), frozenset(names))


async def _watch(desk: PageMaker, hub: Hub, stop: asyncio.Event, *, polling: bool) -> None:
    folders = (desk.folders.data, desk.folders.templates)
    async for _ in awatch(
        *folders, stop_event=stop, debounce=_SETTLE, step=_STEP, ignore_permission_denied=True,
        force_polling=polling or None,
    ):  # fmt: skip
        hub.tell(await run_in_threadpool(desk.version))


# --- pages ------------------------------------------------------------------------------------------------


class _Site:
    """One method an address; pages are made in a thread, so that the others stay served."""

    def __init__(self, desk: PageMaker, frame: Frame, hub: Hub) -> None:
        self._desk, self._frame, self._hub = desk, frame, hub
        here = Path(__file__)
        self._static: Mapping[str, tuple[str, str]] = {
            "report.css": (rendering.style_sheet(), "text/css"),
            "preview.css": (here.with_name("preview.css").read_text(encoding="utf-8"), "text/css"),
            "preview.js": (here.with_name("preview.js").read_text(encoding="utf-8"), "text/javascript"),
        }

    async def index(self, _request: Request) -> Response:
        sight, jobs = await run_in_threadpool(self._desk.overview)
        return HTMLResponse(index_page(self._frame, sight, jobs))

    async def report(self, request: Request) -> Response:
        parts = request.path_params
        try:
            asked = Asked(parts["report"], Period.parse(parts["period"]), parts["lang"])
            page = await run_in_threadpool(self._report, asked)
        except (ValueError, UnknownPageError):
            return self._lost()
        return HTMLResponse(page)

    def _report(self, asked: Asked) -> str:
        if asked.lang not in TAGS:
            raise UnknownPageError
        sight = self._desk.look(asked)
        return report_page(self._frame, asked, sight, self._desk.languages(asked))

    async def extra(self, request: Request) -> Response:
        for extra in self._frame.extra:
            if extra.name == request.path_params["name"]:
                version = self._desk.version()
                return HTMLResponse(await run_in_threadpool(extra_page, self._frame, extra, version))
        return self._lost()

    async def static(self, request: Request) -> Response:
        found = self._static.get(request.path_params["name"])
        return Response(found[0], media_type=found[1]) if found else self._lost()

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._told(), media_type="text/event-stream")

    async def _told(self) -> AsyncIterator[str]:
        """Server-sent events: the state of the folders now, then each new one."""
        listening = self._hub.listen()
        yield f"retry: 700\ndata: {await run_in_threadpool(self._desk.version)}\n\n"
        async for version in listening:
            yield f"data: {version}\n\n" if version else ": still here\n\n"

    def _lost(self) -> Response:
        return HTMLResponse(lost_page(self._frame), status_code=404)


# --- to whom ----------------------------------------------------------------------------------------------


class _Guard:
    """Refuses requests in another's name and puts the same headers on every answer."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app if self._is_ours(Headers(scope=scope).get("host", "")) else _REFUSAL
        await app(scope, receive, send_guarded)

    def _is_ours(self, host: str) -> bool:
        """A bare address can only be typed; a name can be made to lead anywhere."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        name = name.strip("[]").lower()
        if name == "localhost" or name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


_REFUSAL = PlainTextResponse("421: not the name of this preview\n", status_code=421)
