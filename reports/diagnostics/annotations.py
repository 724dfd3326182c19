"""Problems as the forges show them beside the lines they are about: GitHub and GitLab."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from reports.diagnostics.problems import Lang, Problem

ShowFile = Callable[[str], str]


def github(problems: Iterable[Problem], lang: Lang, show_file: ShowFile) -> str:
    """One workflow command a problem: `::error file=…,line=…::message`."""
    return "\n".join(_command(problem, lang, show_file) for problem in problems)


def _command(problem: Problem, lang: Lang, show_file: ShowFile) -> str:
    where = problem.where
    places = {"file": show_file(where.file), "line": where.line, "col": where.column}
    if where.end:
        places["endColumn"] = where.end - 1
    told = [f"{key}={_escaped(str(value), ',:')}" for key, value in places.items() if value]
    told.append(f"title={_escaped(problem.code, ',:')}")
    return f"::{problem.severity} {','.join(told)}::{_escaped(_said(problem, lang))}"


def _escaped(text: str, more: str = "") -> str:
    """What GitHub would read as an end is written by its number."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)


def gitlab(problems: Iterable[Problem], lang: Lang, show_file: ShowFile) -> str:
    """A code quality report. The fingerprint leaves the line out, so that a problem that moved stays the same."""
    return json.dumps([_issue(p, lang, show_file) for p in problems], ensure_ascii=False, indent=2)


def _issue(problem: Problem, lang: Lang, show_file: ShowFile) -> dict[str, object]:
    file = show_file(problem.where.file)
    known_by = f"{file}\0{problem.code}\0{problem.message()}"
    return {
        "description": _said(problem, lang),
        "check_name": problem.code,
        "fingerprint": hashlib.sha256(known_by.encode()).hexdigest(),
        "severity": "major" if problem.severity == "error" else "minor",
        "location": {"path": file, "lines": {"begin": problem.where.line or 1}},
    }


def _said(problem: Problem, lang: Lang) -> str:
    hint = problem.hint(lang)
    stop = "。" if lang == "zh" else ". "
    return f"{problem.message(lang)}{stop}{hint}" if hint else problem.message(lang)


FORMATS: Mapping[str, Callable[[Iterable[Problem], Lang, ShowFile], str]] = MappingProxyType(
    {"github": github, "gitlab": gitlab}
)
