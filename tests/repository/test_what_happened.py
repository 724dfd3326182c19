"""The page on what happened: what it tells editors to type is right, and its commands type just that."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from reports.cli.main import main
from reports.cli.scaffold import init
from reports.pipeline.check import check
from reports.pipeline.read import Folders

ROOT = Path(__file__).parent.parent.parent
PAGES = ("docs/what-happened.md", "docs/what-happened.zh-CN.md")
#: The day on which the page is read.
TODAY = date(2026, 11, 30)
FILE = "data/liaison/page.yaml"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Shown(Struct, frozen=True):
    """A command of a page, the block of data before it, and all blocks before that."""

    command: str
    before: str
    typed: str


def blocks(page: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def data_of(page: str) -> str:
    return "".join(body for info, body in blocks(page) if info == "yaml")


def updates(page: str) -> Iterator[Shown]:
    """The commands that put something into a record, with the lines that they stand below."""
    before, typed = "", ""
    for info, body in blocks(page):
        if info == "yaml":
            before, typed = before + typed, body
        elif body.startswith("run.py update "):
            yield Shown(body.strip(), before, typed)


def last_entry(typed: str) -> tuple[str, str]:
    """A block without the last entry of a list in it, and that entry."""
    begins = typed.rindex("\n      - ") if "\n      - " in typed else -1
    rest, entry = typed[: begins + 1], typed[begins + 1 :]
    return re.sub(r"(?m)^    (?:updates|values|target|spent):\n\Z", "", rest), entry


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secretariat as `run.py init` makes it, and one stands in it."""
    init(tmp_path / "office", TODAY)
    monkeypatch.chdir(tmp_path / "office")
    monkeypatch.setenv("REPORTS_LANG", "en")
    return tmp_path / "office"


@pytest.mark.parametrize("page", PAGES)
def test_what_the_page_tells_to_type_is_right(page: str, office: Path) -> None:
    """All its lines in one file of a fresh secretariat: no error, no warning."""
    (office / FILE).write_text(data_of(page), encoding="utf-8")

    found = check(Folders(office / "data", office / "templates", office / "output"), TODAY)
    assert [problem.message() for problem in found] == []


def test_both_languages_tell_to_type_the_same() -> None:
    english, chinese = ([body for _, body in blocks(page)] for page in PAGES)

    assert english == chinese


@pytest.mark.parametrize("shown", list(updates(PAGES[0])), ids=lambda shown: shown.command.split(" --on")[0])
def test_a_command_of_the_page_types_the_lines_above_it(
    shown: Shown, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tried with --dry-run where the entry is not there yet; where it is, the command has nothing to write."""
    without, entry = last_entry(shown.typed)
    command = [*shlex.split(shown.command)[1:], "--dry-run", "--now", TODAY.isoformat()]

    (office / FILE).write_text(shown.before + without, encoding="utf-8")
    assert main(command) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.partition("\n")[2] == entry

    (office / FILE).write_text(shown.before + shown.typed, encoding="utf-8")
    assert main(command) == 0
    assert capsys.readouterr() == ("", f"{command[1]} says so already; nothing was written\n")
