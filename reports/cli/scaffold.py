"""Sets up: a new report in a secretariat, a new secretariat in an empty folder.

What is there is never written over; of a file that gets an entry every other letter stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from reports import files, product_files
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.periods import PeriodKind
from reports.model.report_definitions import FORMAT, LONGEST_ID
from reports.pipeline.read import Folders, facts_in
from reports.records.text.emitter import compose

#: The report a new one is a copy of: it can tell of any records.
_MODEL = product_files.TEMPLATES / "quarterly-progress"
_LANGUAGES: tuple[Lang, ...] = ("zh", "en")


class Wish(Struct, frozen=True):
    """The report somebody wants; a title left out is the name, no programmes: all."""

    name: str
    zh: str = ""
    en: str = ""
    period: PeriodKind = "quarter"
    profile: str = "briefing"
    programmes: tuple[str, ...] = ()


# --- a report ---------------------------------------------------------------------------------------------


def new_report(folders: Folders, wish: Wish, *, dry: bool = False) -> tuple[Path, ...]:
    """Write the templates of a new report in both languages and enter it in reports.yaml; return the files.

    *dry* writes nothing.

    Raises ReportError, nothing written, where the name is no id or taken, or the list cannot be added to.
    """
    reports = folders.data / "reports.yaml"
    text = _read(reports)
    label = f"{folders.data.name}/{reports.name}"
    _refuse_name(wish.name, text, label, folders.templates)
    made = {reports: _entered(text, label, wish).encode()} | dict(_templates(folders, wish.name))
    for path, data in sorted(
        made.items(), key=lambda item: item[0] == reports
    ):  # the list last: it names the others
        if not dry:
            files.write(path, data)
    return tuple(made)


def _read(path: Path) -> str:
    """The text as it stands, a mark at its beginning and the ends of its lines included."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return f"format: {FORMAT}\n\nreports:\n"
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(Problem(Where(str(path)), "file/unreadable", {"detail": str(error)})) from error


_LIST = re.compile("\ufeff?reports:")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _refuse_name(name: str, text: str, label: str, templates: Path) -> None:
    if not _ID.fullmatch(name):
        raise ReportError(Problem(Where(""), "data/bad-id", {"value": name}))
    if len(name) > LONGEST_ID:
        raise ReportError(Problem(Where(""), "job/long-id", {"name": name, "most": LONGEST_ID}))
    if name in facts_in(text.lstrip("\ufeff"), label):
        raise ReportError(Problem(Where(label), "scaffold/taken", {"name": name}))
    if (templates / name).exists():
        raise ReportError(Problem(Where(f"{templates.name}/{name}"), "scaffold/taken", {"name": name}))


def _templates(folders: Folders, name: str) -> Iterator[tuple[Path, bytes]]:
    """The text in both languages, with a word to whoever changes it; the shared partials where there are none."""
    for lang in _LANGUAGES:
        model = (_MODEL / f"report.{lang}.md.j2").read_text("utf-8")
        yield (
            folders.templates / name / f"report.{lang}.md.j2",
            f"{{## {say('scaffold.note', lang)} ##}}\n{model}".encode(),
        )
        shared = folders.templates / "shared" / f"{lang}.md.j2"
        if not shared.exists():
            yield shared, (product_files.TEMPLATES / "shared" / shared.name).read_bytes()


def _entered(text: str, label: str, wish: Wish) -> str:
    """*text* with the report's entry behind the last one; everything else as it was."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    place, dash = _behind_the_last(lines, label)
    entry = compose(_definition(wish), dash=dash)
    gap = [] if re.match(_LIST, lines[place - 1]) else [""]
    new = end.join([*lines[:place], *gap, *entry, *lines[place:]])
    if not new.endswith(end):
        new += end
    _must_be_added(text, new, label, wish.name)
    return new


def _definition(wish: Wish) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": wish.name,
        "title": {"zh": wish.zh or wish.name, "en": wish.en or wish.name},
        "template": wish.name,
        "profile": wish.profile,
        "period": wish.period,
        "languages": ["zh", "en"],
        "formats": ["docx", "md"],
    }
    return {**entry, "programmes": list(wish.programmes)} if wish.programmes else entry


def _behind_the_last(lines: list[str], label: str) -> tuple[int, int]:
    """The line behind the last entry of `reports:`, and how far its dashes are indented."""
    start = next((i for i, line in enumerate(lines) if re.match(_LIST, line)), None)
    if start is None:
        raise ReportError(Problem(Where(label), "scaffold/no-list"))
    if re.fullmatch(r"\ufeff?reports:\s*\[\s*\]\s*", lines[start]):
        lines[start] = lines[start].partition("[")[0].rstrip()
    last, dash = start, 2
    for i, line in enumerate(lines[start + 1 :], start + 1):
        if re.match(r"[^\s#-]", line):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = i
        if found := re.match(r"( *)- ", line):
            dash = min(dash, len(found[1])) if last > start + 1 else len(found[1])
    return last + 1, dash


def _must_be_added(old: str, new: str, label: str, name: str) -> None:
    """The new text has the entry and all that the old one had; a list in an unusual form may not take it."""
    before, after = (
        dict(facts_in(text.lstrip("\ufeff").replace("\r\n", "\n"), label)) for text in (old, new)
    )
    if after.pop(name, None) is None or after != before:
        raise ReportError(Problem(Where(label), "scaffold/no-list"))


# --- a secretariat ----------------------------------------------------------------------------------------


def init(folder: Path, today: date) -> tuple[Path, ...]:
    """Fill an empty *folder* with a secretariat: an example record of each kind, one report, its templates.

    Raises ReportError where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReportError(Problem(Where(str(folder)), "scaffold/not-empty"))
    made = {folder / name: data for name, data in (*_starting_data(today), *_looks(), *_settings())}
    for lang in _LANGUAGES:
        model = (_MODEL / f"report.{lang}.md.j2").read_text("utf-8")
        made[folder / "templates" / "progress" / f"report.{lang}.md.j2"] = (
            f"{{## {say('scaffold.note', lang)} ##}}\n{model}".encode()
        )
    made |= {
        folder / "schema" / path.name: path.read_bytes()
        for path in sorted(product_files.SCHEMA.glob("*.json"))
    }
    for path, data in made.items():
        files.write(path, data)
    return tuple(made)


def _starting_data(today: date) -> Iterator[tuple[str, bytes]]:
    """The files of the starter; its records are of last year, its plans of next year."""
    years = {"%LAST%": today.year - 1, "%THIS%": today.year, "%NEXT%": today.year + 1}
    for path in sorted(product_files.STARTER.rglob("*.*")):
        text = path.read_text("utf-8")
        for token, year in years.items():
            text = text.replace(token, str(year))
        yield path.relative_to(product_files.STARTER).as_posix(), text.encode()


def _looks() -> Iterator[tuple[str, bytes]]:
    """The Word templates and the shared partials of the product."""
    templates = product_files.TEMPLATES
    for path in sorted((*templates.glob("word/*.docx"), *templates.glob("shared/*.j2"))):
        yield f"templates/{path.relative_to(templates).as_posix()}", path.read_bytes()


def _settings() -> Iterator[tuple[str, bytes]]:
    """What helps while typing, and what git is to leave alone, ends of lines and passwords among it."""
    for path in sorted(product_files.SETTINGS.glob("*.json")):
        yield f".vscode/{path.name}", path.read_bytes()
    yield ".gitignore", _GITIGNORE
    yield ".gitattributes", _GITATTRIBUTES


_GITIGNORE = b"""\
output/

# passwords do not belong here; these names keep one that strays out of the history
*.secret
*.password
.env

# what Word, Excel and LibreOffice leave beside a file that is open
~$*
.~lock.*#
"""
_GITATTRIBUTES = b"""\
# The same bytes on every system, whatever git is set to there.
* text=auto eol=lf

*.docx binary
*.xlsx binary
*.pdf binary
*.png binary
*.jpg binary
*.jpeg binary
"""
