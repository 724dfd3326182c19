"""`run.py preview`: the reports as pages that follow what is saved.

A way in: it reads the clock, and talks to nobody but this machine unless told otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
import webbrowser
from collections.abc import Callable
from datetime import date, datetime
from importlib.util import find_spec

from msgspec import Struct

from reports.diagnostics.problems import Lang, Problem, ReportError, Where, near
from reports.invocation import adding
from reports.model.periods import Period
from reports.pipeline.read import Folders, read
from reports.preview import rendering
from reports.preview.page import Extra, Frame, address
from reports.preview.state import Asked, PageMaker
from reports.volumes import volume_of

#: Tried first, so that a page in the browser stays what it is from one day to the next.
PORT = 8765


class PreviewRequest(Struct, frozen=True):
    """What a person asks to see, and where: no report, period or language named means the first there is;
    port 0: whichever is free. *in_browser*: it is opened there; *polling*: folders are looked through, as they are
    anyway where the system knows them to be another machine's."""

    report: str = ""
    period: Period | None = None
    lang: str = ""
    host: str = "127.0.0.1"
    port: int | None = None
    in_browser: bool = False
    polling: bool = False


def serve(
    folders: Folders,
    wish: PreviewRequest,
    lang: Lang,
    say: Callable[[str], None],
    warn: Callable[[Problem], None],
    *,
    extra: tuple[Extra, ...] = (),
) -> None:
    """Serve until Ctrl+C; *say* is given the address, *warn* what to think of. *extra* are pages beside the
    reports, in the order of the bar; each makes its own HTML and escapes what it shows. Raises ReportError where
    it cannot begin."""
    _require_packages()
    for folder in (folders.data, folders.templates):
        if not folder.is_dir():
            raise ReportError(Problem(Where(str(folder)), "preview/no-folder"))
    path = _first_page(folders, wish)
    if is_open(wish.host):
        warn(Problem(Where("preview"), "preview/open", {}, "warning"))
    from reports.preview import app  # noqa: PLC0415 - what it needs is an extra, which may not be installed

    with _listener(wish) as listener:
        place = f"http://{_shown(wish.host)}:{listener.getsockname()[1]}{path}"
        say(place)
        if wish.in_browser:
            webbrowser.open(place)  # who comes before there are pages is kept waiting, not turned away
        frame = Frame(lang, folders, extra)
        polling = wish.polling or _is_remote(folders)
        app.run(PageMaker(folders, _today), frame, listener, {wish.host.lower()}, polling=polling)


def _is_remote(folders: Folders) -> bool:
    """Whether the system would tell of what is saved there late or never."""
    return "network" in map(volume_of, (folders.data, folders.templates))


#: What the extra `preview` installs; other packages come with these.
PACKAGES = ("starlette", "uvicorn", "watchfiles")


def _require_packages() -> None:
    for name in PACKAGES:
        if find_spec(name) is None:
            args = {"name": name, "command": adding("preview")}
            raise ReportError(Problem(Where("preview"), "preview/not-installed", args))


def is_open(host: str) -> bool:
    """Whether others than this machine can reach *host*."""
    if host.lower() == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def _today() -> date:
    return datetime.now().astimezone().date()


def _listener(wish: PreviewRequest) -> socket.socket:
    """The port asked for; where none is, the usual one or, while that is taken, any."""
    ports = (PORT, 0) if wish.port is None else (wish.port,)
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    detail = "0–65535"
    for port in ports:
        if 0 <= port <= 65535:
            try:
                return socket.create_server((wish.host, port), family=family)
            except OSError as error:
                detail = error.strerror or str(error)
    place = f"{wish.host}:{ports[-1]}"
    raise ReportError(Problem(Where("preview"), "preview/port", {"place": place, "detail": detail}))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _first_page(folders: Folders, wish: PreviewRequest) -> str:
    """The address of the page to begin with: the report asked for, else the list of all."""
    if not wish.report:
        return "/"
    known = read(folders.data).reports.reports
    report = known.get(wish.report)
    if report is None:
        args = {"name": wish.report, "near": near(wish.report, known), "known": ", ".join(known)}
        raise ReportError(Problem(Where("reports.yaml"), "job/unknown-report", args))
    period = wish.period or next((job.period for job in rendering.jobs_of(report, _today())), None)
    if period is None or period.kind != report.period:
        args = {"value": str(period or ""), "kind": report.period}
        raise ReportError(Problem(Where("reports.yaml"), "job/period-kind", args))
    lang = wish.lang or report.languages[0]
    if lang not in report.languages:
        args = {"name": report.id, "value": lang, "known": ", ".join(report.languages)}
        raise ReportError(Problem(Where("reports.yaml"), "job/language", args))
    return address(Asked(report.id, period, lang))
