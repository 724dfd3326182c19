"""How far long work has come: on a terminal, in a log, and counted as the work itself counts."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from reports.cli import chart_gallery
from reports.cli.main import main
from reports.cli.progress import Progress, ProgressBar, ProgressLines, progress
from reports.diagnostics.problems import Problem, ReportError, Where
from tests.support.workplace import small_house

NOW = "--now=2023-07-11T09:00+08:00"


class Terminal(io.StringIO):
    """What a person sees, with all its movements."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """Each state of the bar and each line between, without colours and movements."""
        return [
            line.strip()
            for line in re.split(r"[\r\n]", re.sub(r"\x1b\[[^A-Za-z]*[A-Za-z]", "", self.getvalue()))
        ]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 60 columns, on which every step is seen, however short."""
    update = ProgressBar._update

    def seen(bar: ProgressBar, name: str) -> None:
        update(bar, name)
        bar._shown.refresh()

    monkeypatch.setattr(ProgressBar, "_update", seen)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


@contextmanager
def shown(terminal: Terminal, *, lines: bool = False) -> Iterator[Progress]:
    """Progress with both streams on a terminal."""
    with redirect_stdout(terminal), redirect_stderr(terminal), progress(lines=lines) as bar:
        yield bar


def typed(terminal: Terminal, *arguments: str) -> int:
    """Run a command there."""
    with redirect_stdout(terminal), redirect_stderr(terminal):
        return main(arguments)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small reports, with English messages."""
    small_house(tmp_path / "house")
    monkeypatch.chdir(tmp_path / "house")
    monkeypatch.setenv("REPORTS_LANG", "en")
    return tmp_path / "house"


# --- where nobody looks -----------------------------------------------------------------------------------


def asked() -> list[str]:
    pytest.fail("nobody sees what this would tell")


def test_in_a_log_a_line_tells_what_begins(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(lines=True) as bar:
        bar.expect(asked)
        bar.begin("one")
        bar.aside(print)("said")
        bar.begin("two")
        bar.end()

    assert capsys.readouterr() == ("said\n", "one\ntwo\n")


def test_without_lines_a_log_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as bar:
        bar.expect(asked)
        bar.begin("one")

    assert capsys.readouterr() == ("", "")


def test_a_terminal_that_cannot_move_its_cursor_is_a_log(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with shown(terminal, lines=True) as bar:
        bar.begin("one")

    assert type(bar) is ProgressLines
    assert terminal.getvalue() == "one\n"


# --- on a terminal ----------------------------------------------------------------------------------------


def test_the_bar_counts_what_is_done_and_names_what_is_made(terminal: Terminal) -> None:
    with shown(terminal) as bar:
        bar.expect(lambda: ["one", "two", "three"])
        states = [state(bar, terminal)]
        bar.end()
        states.append(state(bar, terminal))
        bar.begin("2")
        states.append(state(bar, terminal))
        bar.begin("3")
        states.append(state(bar, terminal))
        bar.end()
        states.append(state(bar, terminal))

    assert states == ["0/3 one", "1/3 two", "1/3 2", "2/3 3", "3/3"]


def state(bar: object, terminal: Terminal) -> str:
    """What the bar says now, without its line and its clock."""
    assert isinstance(bar, ProgressBar)
    last = [line for line in terminal.lines() if line][-1]
    return re.sub(r"^[━╸╺ ]*|\d:\d\d:\d\d ?", "", last).strip()


def test_the_bar_is_gone_when_the_work_is_done(terminal: Terminal) -> None:
    with shown(terminal) as bar:
        bar.begin("one")

    assert re.search(r"\x1b\[1A\x1b\[2K$", terminal.getvalue())
    assert terminal.getvalue().count("\x1b[?25h") == terminal.getvalue().count("\x1b[?25l")


def test_what_is_printed_between_stands_on_a_line_of_its_own(terminal: Terminal) -> None:
    with shown(terminal) as bar:
        bar.begin("one")
        bar.aside(print)("said", file=sys.stdout)

    assert "\x1b[1A\x1b[2Ksaid\n" in terminal.getvalue()


def test_a_long_name_is_cut_and_no_second_line_begun(terminal: Terminal) -> None:
    with shown(terminal) as bar:
        bar.begin("报告" * 40)
        bar.begin("[bold]x")

    assert max(len(line) for line in terminal.lines()) <= 60
    assert "…" in terminal.getvalue()
    assert "[bold]x" in terminal.getvalue()


def test_no_color_is_honoured(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown(terminal) as bar:
        bar.begin("one")
    assert "\x1b[3" in terminal.getvalue()

    terminal.truncate(0)
    monkeypatch.setenv("NO_COLOR", "1")
    with shown(terminal) as bar:
        bar.begin("one")
    assert "\x1b[3" not in terminal.getvalue()


def test_what_cannot_be_counted_yet_is_left_to_the_work(terminal: Terminal) -> None:
    def wrong() -> list[str]:
        raise ReportError(Problem(Where(""), "job/no-default"))

    with shown(terminal) as bar:
        bar.expect(wrong)
        bar.begin("one")
        assert state(bar, terminal) == "0/? one"


# --- the commands -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("arguments", "counts"),
    [
        ([], ["0/2", "1/2"]),
        (["letter", "memo"], ["0/3", "1/3", "2/3"]),
        (["letter", "--lang", "en"], ["0/1"]),
        (["memo", "--period", "2023Q2"], ["0/1"]),
    ],
)
def test_build_counts_languages_of_reports(
    terminal: Terminal, arguments: list[str], counts: list[str]
) -> None:
    assert typed(terminal, "build", *arguments, "--format", "md", NOW) == 0

    assert counted(terminal) == counts


def counted(terminal: Terminal) -> list[str]:
    """The counts with a name beside them, each once, in their order."""
    return [*dict.fromkeys(re.findall(r"(\d+/\d+) \d:\d\d:\d\d \w", "\n".join(terminal.lines())))]


@pytest.mark.usefixtures("house")
def test_build_without_a_terminal_prints_the_lines_of_old(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "letter", "--format", "md", NOW]) == 0

    assert capsys.readouterr().err.endswith("letter 2023Q2 zh\nletter 2023Q2 en\nletter 2023Q2: made\n")


@pytest.mark.usefixtures("house")
def test_run_due_counts_what_is_due(terminal: Terminal) -> None:
    assert typed(terminal, "run-due", NOW) == 0

    lines = [line for line in terminal.lines() if line and "━" not in line]
    assert lines == ["issued letter 2023Q2", "drafted memo 2023Q2"]


def test_run_due_tells_a_failure_between(house: Path, terminal: Terminal) -> None:
    template = house / "templates" / "letter" / "report.en.md.j2"
    template.write_text(template.read_text("utf-8") + "{{ nope.x }}", "utf-8")
    assert typed(terminal, "run-due", NOW) == 1

    said = terminal.getvalue()
    assert "\x1b[1A\x1b[2Kfailed letter 2023Q2\n" in said
    assert "'nope' is not known here" in said
    assert "\x1b[1A\x1b[2Kdrafted memo 2023Q2\n" in said


@pytest.mark.usefixtures("house")
def test_charts_count_the_ways_to_draw(terminal: Terminal) -> None:
    assert typed(terminal, "charts", "--output", "o", "--lang", "en") == 0

    assert f"0/{len(chart_gallery.WAYS)}" in counted(terminal)


def test_import_counts_the_data_and_the_sheet(house: Path, terminal: Terminal) -> None:
    (house / "rows.csv").write_text(
        "title.zh,title.en,date,status,source.doc\n会,One,2021,held,slides\n", "utf-8"
    )
    assert typed(terminal, "import", "rows.csv", "--kind", "meetings") == 0

    assert "1 new, 0 there already" in terminal.getvalue()
