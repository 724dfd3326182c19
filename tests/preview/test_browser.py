"""The preview as a person meets it: in a real browser, over files that are saved, broken and mended."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from reports.cli import main
from reports.diagnostics.problems import Where
from reports.document.nodes import Document, Fact, FactSource, Text
from reports.document.profiles import PROFILES
from reports.model.periods import Period
from reports.pipeline.read import Folders
from reports.preview import app, server, state
from reports.preview.page import Extra, Frame, extra_page
from reports.writers.html import write
from tests.conftest import need
from tests.writers.test_html import PAYLOADS
from tests.writers.test_markdown import p

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page
ROOT = Path(__file__).parent.parent.parent
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
EVENTS, METRICS = "data/ccicc/events.yaml", "data/ccicc/metrics.yaml"
STATEMENTS, TEMPLATE = "data/ccicc/statements.yaml", "templates/ccicc-briefing/report.zh.md.j2"


@dataclass(frozen=True)
class House:
    """A copy of data and templates that a preview shows, and where."""

    folder: Path
    url: str
    process: subprocess.Popen[str]

    def edit(self, file: str, old: str, new: str) -> None:
        """Save a change as an editor does."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def mend(self) -> None:
        """Put back every file that was changed."""
        for name in ("data", "templates"):
            for path in (ROOT / name).rglob("*"):
                copy = self.folder / path.relative_to(ROOT)
                if path.is_file() and copy.read_bytes() != path.read_bytes():
                    copy.write_bytes(path.read_bytes())


def start(folder: Path, *arguments: str, lang: str = "en") -> House:
    command = [sys.executable, str(ROOT / "run.py"), "preview", *arguments, "--port", "0"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "REPORTS_LANG": lang}
    process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return House(folder, process.stdout.readline().strip(), process)


def stop(house: House) -> int:
    house.process.send_signal(signal.SIGINT)
    try:
        return house.process.wait(10)
    finally:
        house.process.kill()
        assert house.process.stdout
        house.process.stdout.close()


def copied(folder: Path) -> Path:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = start(copied(tmp_path_factory.mktemp("house")), "ccicc-briefing", "--lang", "zh")
    yield house
    assert stop(house) == 0


@pytest.fixture
def house(running: House) -> Iterator[House]:
    yield running
    running.mend()


@dataclass(frozen=True)
class Watched:
    """A page, and what happened on it that should not."""

    page: Page
    dialogs: list[str]
    requests: list[str]
    errors: list[str]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    opened = []

    def visit(url: str, width: int = 1280, height: int = 800) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height})
        opened.append(context)
        seen = Watched(context.new_page(), [], [], [])

        def dismiss(dialog: Dialog) -> None:
            seen.dialogs.append(dialog.message)
            dialog.dismiss()

        seen.page.on("dialog", dismiss)
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
        seen.page.goto(url, timeout=60_000)
        return seen

    yield visit
    for context in opened:
        context.close()


Visit = Callable[..., Watched]

# --- what is seen -----------------------------------------------------------------------------------------


def test_the_page_is_the_report(house: House, visit: Visit) -> None:
    """Title, numbered headings, figures, tables, notes; nothing is refused by the policy."""
    seen = visit(house.url)
    expect(seen.page.locator("h1")).to_have_text("中国与CERN合作机构联盟进展汇报")
    expect(seen.page.locator("h2").first).to_have_text("一、背景")
    expect(seen.page.locator("figure.table table")).to_have_count(4)
    assert seen.page.evaluate("[...document.images].every(image => image.naturalWidth > 100)")
    expect(seen.page.locator(".notes li").first).to_be_visible()
    expect(seen.page.locator(".problems")).to_have_count(0)
    assert seen.errors == []


def test_the_list_leads_to_every_report(house: House, visit: Visit) -> None:
    root = house.url.partition("/report")[0]
    seen = visit(root + "/")
    expect(seen.page.locator("section", has_text="quarterly-progress").get_by_role("link")).to_have_count(8)
    seen.page.locator("section", has_text="ccicc-briefing").get_by_role("link", name="English").click()
    expect(seen.page.locator("h1")).to_contain_text("progress of the CCICC alliance")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (1440, 900)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_as_wide_as_the_screen(
    house: House, visit: Visit, width: int, height: int, lang: str
) -> None:
    """Wide tables move sideways by themselves; the page does not."""
    page = visit(house.url.replace("/zh", f"/{lang}"), width, height).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        "[...document.querySelectorAll('.wide')].filter(w => w.scrollWidth > w.clientWidth).length"
    )
    assert (wide > 0) == (width < 400)
    tallest = page.locator("article > p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    assert tallest >= 16


def test_the_outline_is_open_beside_the_text_on_a_desk_and_folded_on_a_phone(
    house: House, visit: Visit
) -> None:
    link = ".outline li >> nth=0"
    expect(visit(house.url, 1440).page.locator(link)).to_be_visible()
    phone = visit(house.url, 390).page
    expect(phone.locator(link)).to_be_hidden()
    phone.locator(".outline summary").click()
    expect(phone.locator(link)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1400])
def test_the_board_shows_all_that_is_owed_without_scrolling_aside(
    house: House, visit: Visit, width: int
) -> None:
    page = visit(f"{house.url.partition('/report')[0]}/page/board", width).page
    owed = page.locator(".extra tbody td:last-child").first
    expect(owed).to_be_visible()
    box = owed.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.querySelector('.extra .wide').scrollWidth") <= page.evaluate(
        "document.querySelector('.extra .wide').clientWidth"
    )


@pytest.mark.parametrize("by", ["pointing", "tapping"])
def test_a_fact_shows_its_file_and_line(house: House, visit: Visit, by: str) -> None:
    page = visit(house.url).page
    fact = page.locator("article .fact", has_text="110余").first
    fact.hover() if by == "pointing" else fact.focus()
    shown = fact.evaluate("fact => getComputedStyle(fact, '::after').content")
    place, line = re.search(r'"(data/ccicc/events.yaml):(\d+)', shown).groups()  # type: ignore[union-attr]
    assert "job-fair-2022.attendance" in shown
    assert "110余" in (house.folder / place).read_text("utf-8").splitlines()[int(line) - 1]
    assert fact.evaluate("fact => getComputedStyle(fact, '::after').position") == "fixed"


# --- what is saved ----------------------------------------------------------------------------------------


def test_a_saved_record_is_seen_soon_and_marked(house: House, visit: Visit) -> None:
    page = visit(house.url).page
    page.wait_for_timeout(300)  # the line for news is open
    house.edit(EVENTS, "attendance: 110余", "attendance: 130余")
    expect(page.locator(".changed").first).to_be_attached(timeout=30_000)
    assert "130余" in page.locator("article").inner_text()
    marked = page.locator(".changed").all_inner_texts()
    assert all("130余" in text for text in marked if text)
    assert len(marked) <= 4
    expect(page.locator(".bar button")).to_have_text(f"{len(marked)} changed")


def test_a_saved_template_is_seen(house: House, visit: Visit) -> None:
    page = visit(house.url).page
    page.wait_for_timeout(300)
    house.edit(TEMPLATE, "**进展要点**", "**进展的要点**")
    expect(page.locator(".summary .changed")).to_have_text("进展的要点", timeout=30_000)
    expect(page.locator(".changed")).to_have_count(1)


def test_what_was_taken_out_is_marked_at_the_line_before(house: House, visit: Visit) -> None:
    page = visit(house.url).page
    page.wait_for_timeout(300)
    second = page.locator("article > p").nth(1).inner_text()
    house.edit(TEMPLATE, "后者为上限，并非测得的数值。", "")
    expect(page.locator(".changed")).to_have_count(1, timeout=30_000)
    house.edit(TEMPLATE, "# 联盟及其任务 {#sec-alliance}", "# 联盟及其任务 {#sec-alliance}\n\n新的一段。")
    expect(page.locator(".changed")).to_have_text("新的一段。", timeout=30_000)
    house.edit(TEMPLATE, "新的一段。", "")
    expect(page.locator(".cut")).to_have_text(re.compile("联盟及其任务"), timeout=30_000)
    assert second not in page.locator("article").inner_text()


def test_the_place_of_reading_is_kept(house: House, visit: Visit) -> None:
    """A paragraph put in far above moves nothing under the reader's eyes."""
    page = visit(house.url).page
    page.wait_for_timeout(300)
    page.locator("h2", has_text="合作协议").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    heading = "document.querySelector('#sec-agreements, h2:nth-of-type(5)').getBoundingClientRect().top"
    before, height = page.evaluate(heading), page.evaluate("document.documentElement.scrollHeight")
    house.edit(
        TEMPLATE, "# 背景 {#sec-background}", "# 背景 {#sec-background}\n\n" + "\n\n".join(["新的一段。"] * 9)
    )
    expect(page.locator(".changed").first).to_be_attached(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollHeight") > height + 200
    assert abs(page.evaluate(heading) - before) < 3


def test_a_mistake_is_shown_above_the_last_good_page_until_it_is_mended(house: House, visit: Visit) -> None:
    page = visit(house.url).page
    page.wait_for_timeout(300)
    page.evaluate("scrollTo(0, 1500)")
    house.edit(METRICS, "ratio: about 3:7", "ratio: about 3;7")
    problem = page.locator(".problems li")
    expect(problem).to_be_in_viewport(timeout=30_000)
    line = next(
        n
        for n, text in enumerate((house.folder / METRICS).read_text("utf-8").splitlines(), 1)
        if "3;7" in text
    )
    assert re.match(rf"data/ccicc/metrics.yaml:{line}:\d+$", problem.locator(".place").inner_text())
    expect(problem.locator("b")).to_have_text("'about 3;7' is not a ratio")
    expect(problem.locator("mark")).to_have_text("about 3;7")
    expect(problem.locator(".hint")).to_have_text("Hint: Write for example: 3:7, about 3:7, far below 1:9.")
    expect(page.locator("article")).to_contain_text("约3:7")
    assert page.evaluate("scrollY") == pytest.approx(1500, abs=400)
    house.edit(METRICS, "ratio: about 3;7", "ratio: about 3:8")
    expect(page.locator(".problems")).to_have_count(0, timeout=30_000)
    expect(page.locator("article")).to_contain_text("约3:8")


def test_a_page_opened_on_broken_data_appears_when_it_is_mended(house: House, visit: Visit) -> None:
    house.edit(TEMPLATE, "{{ office.founded }}", "{{ office.fonded }}")
    page = visit(house.url.replace("2023", "2022")).page
    expect(page.locator(".problems b")).to_contain_text("'fonded' is not known here")
    expect(page.locator(".problems .place")).to_contain_text(TEMPLATE)
    house.edit(TEMPLATE, "{{ office.fonded }}", "{{ office.founded }}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)


# --- what cannot be done ----------------------------------------------------------------------------------


def test_no_payload_in_data_runs_or_fetches(house: House, visit: Visit) -> None:
    """In a title, in a text, in what a problem quotes: 0 dialogs, 0 requests elsewhere, 0 nodes of data's making."""
    hostile = json.dumps(" ".join(p for p in PAYLOADS if p.isprintable()), ensure_ascii=False)
    house.edit(STATEMENTS, "zh: 前沿粒子物理实验以国际合作为主要方式", f"zh: {hostile}")
    seen = visit(house.url)
    expect(seen.page.locator("article")).to_contain_text("<script>alert(1)</script>")
    assert_inert(seen, house)
    house.edit(EVENTS, "type: job fair", f"type: {hostile}")
    expect(seen.page.locator(".problems")).to_contain_text("<script>alert(1)</script>", timeout=30_000)
    seen.page.wait_for_timeout(300)
    assert_inert(seen, house)


def assert_inert(seen: Watched, house: House) -> None:
    own = house.url.partition("/report")[0]
    assert seen.dialogs == []
    assert [url for url in seen.requests if not url.startswith((own, "data:image/"))] == []
    nodes = "script:not([src='/static/preview.js']), iframe, object, embed, form, base, meta[http-equiv=refresh], style, svg, math"
    assert seen.page.locator(nodes).count() == 0
    assert seen.page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on')).length"
    ) == 0  # fmt: skip


def answer(house: House, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection(urlsplit(house.url).netloc, timeout=30)) as connection:
        connection.request(method, path, headers=headers)
        got = connection.getresponse()
        got.read()
    return got


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1", 200), ("127.0.0.1", 200), ("[::1]:80", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:80", 421), ("", 421), ("evil.example:80", 421),
    ],
)  # fmt: skip
def test_only_names_of_this_machine_are_answered(house: House, host: str, status: int) -> None:
    assert answer(house, "/static/report.css", Host=host).status == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 405), ("DELETE", "/events", 405), ("GET", "/static/", 404), ("GET", "/static/..%2fpreview.py", 404),
        ("GET", "/static/../main.py", 404), ("GET", "/data/ccicc/events.yaml", 404), ("GET", "/report/none/2023/zh", 404),
        ("GET", "/report/ccicc-briefing/2023/fr", 404), ("GET", "/report/ccicc-briefing/2023Q1/zh", 404),
        ("GET", "/report/ccicc-briefing/never/zh", 404), ("GET", "/page/none", 404), ("GET", "/%00", 404),
    ],
)  # fmt: skip
def test_nothing_else_is_served(house: House, method: str, path: str, status: int) -> None:
    got = answer(house, path, method)
    assert got.status == status
    assert got.getheader("Content-Security-Policy") == app.POLICY


def test_every_answer_forbids_what_is_not_needed(house: House) -> None:
    for path in ("/", urlsplit(house.url).path, "/static/preview.js", "/none"):
        got = answer(house, path)
        assert {name: got.getheader(name) for name in app.HEADERS} == dict(app.HEADERS)
        assert got.getheader("Server") is None
    assert "unsafe" not in app.POLICY


# --- beginning and end ------------------------------------------------------------------------------------


def test_it_ends_cleanly_while_somebody_looks(tmp_path: Path, visit: Visit) -> None:
    """Ctrl+C: within three seconds, status 0, no traceback."""
    house = start(copied(tmp_path))
    seen = visit(house.url)
    seen.page.wait_for_timeout(300)
    started = time.monotonic()
    assert stop(house) == 0
    assert time.monotonic() - started < 4
    expect(seen.page.locator(".away")).to_be_visible()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ccicc-briefng"], "Did you mean 'ccicc-briefing'?"),
        (["ccicc-briefing", "--lang", "fr"], "is not made in 'fr'"),
        (["ccicc-briefing", "--period", "2023Q1"], "is not a year period"),
        (["--data", "nowhere"], "there is no such folder"),
        (["--port", "99999"], "cannot listen at 127.0.0.1:99999"),
    ],
)
def test_what_cannot_be_shown_is_a_problem(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REPORTS_LANG", "en")
    assert main.main(["preview", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_a_port_that_is_taken_is_named_and_the_usual_one_gives_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main.main(["preview", "--port", str(port)]) == 1
        assert f"127.0.0.1:{port}" in capsys.readouterr().err
        monkeypatch.setattr(server, "PORT", port)
        with server._listener(server.PreviewRequest()) as other:
            assert other.getsockname()[1] != port


def test_without_the_extra_the_command_that_installs_it_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "zh")
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    assert main.main(["preview"]) == 1
    said = capsys.readouterr().err
    assert "没有安装" in said
    assert "-m pip install --require-hashes -r requirements/preview.lock" in said


@pytest.mark.parametrize(
    ("host", "open_"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),  # noqa: S104 - nothing listens there
        ("::", True),
        ("host.lan", True),
    ],
)
def test_whom_an_address_lets_in(host: str, open_: bool) -> None:
    assert server.is_open(host) == open_


# --- the desk ---------------------------------------------------------------------------------------------


def test_what_nobody_foresaw_keeps_the_page_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    folders = Folders(folder / "data", folder / "templates", folder / "output")
    desk = state.PageMaker(folders, lambda: date(2023, 7, 1))
    asked = state.Asked("nica-agreement", Period.parse("2020-08"), "zh")
    good = desk.look(asked)
    assert desk.look(asked) is good

    def fail(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("reports.preview.rendering.show", fail)
    (folder / "data/new.yaml").write_text("", "utf-8")
    sight = desk.look(asked)
    assert (sight.body, sight.stale, sight.problems) == (good.body, True, ())
    assert re.fullmatch(r"ZeroDivisionError \(test_browser.py:\d+\): boom", sight.fault)


def test_every_save_is_another_state_and_files_of_editors_are_none(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path)
    states = [state.version(folders)]
    folders.data.mkdir()
    for name, other in (("a.yaml", True), (".a.yaml.swp", False), ("~$a.docx", False), ("b/c.yaml", True)):
        (folders.data / name).parent.mkdir(exist_ok=True)
        (folders.data / name).write_text(name)
        states.append(state.version(folders))
        assert (states[-1] != states[-2]) == other


def test_pages_of_others_stand_in_the_bar_and_are_made_when_asked_for(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)
    extra = Extra("board", {"zh": "看板", "en": "Board & more"}, lambda folders, lang: f"<h1>{lang}</h1>")
    html = extra_page(Frame("en", folders, (extra,)), extra, "1")
    assert '<a href="/page/board">Board &amp; more</a>' in html
    assert '<main class="extra" data-live><h1>en</h1></main>' in html


# --- the file for itself ----------------------------------------------------------------------------------


def test_the_file_for_itself_asks_for_nothing_and_shows_its_facts(tmp_path: Path, visit: Visit) -> None:
    """From file://, with every payload in it."""
    sources = tuple(FactSource(text, text, Where(text, 1), text) for text in PAYLOADS)
    blocks = tuple(p(Fact(n, (Text(text),))) for n, text in enumerate(PAYLOADS))
    file = tmp_path / "report.html"
    file.write_bytes(write(Document("zh", (), blocks, sources), PROFILES["briefing", "zh"], {}))
    seen = visit(file.as_uri(), 390)
    assert seen.requests == [file.as_uri()]
    assert (seen.dialogs, seen.errors) == ([], [])
    assert seen.page.locator("script, iframe, img, svg, object").count() == 0
    first = seen.page.locator(".fact").first
    first.hover()
    assert PAYLOADS[0].replace('"', '\\"') in first.evaluate(
        "fact => getComputedStyle(fact, '::after').content"
    )
