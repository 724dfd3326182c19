"""What every command shows in the same way: problems, moments, a fault of the product itself."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from reports.cli.words import counted, language_of, say
from reports.diagnostics.problems import Lang, Problem, errors, format_problem, in_order
from reports.model.report_definitions import Due, ReportDefinition
from reports.model.schedule import DueItem, is_provisional
from reports.text_files import path_of, source_line


def show(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Print problems in order, then how many there were."""
    lang, roots = language_of(options), roots_of(options)
    line, path = partial(source_line, roots), partial(path_of, roots)
    for problem in in_order(problems):
        print(format_problem(problem, lang, line, path), file=sys.stderr)
    wrong, odd = len(errors(problems)), len(problems) - len(errors(problems))
    if wrong or odd:
        words = {"errors": counted("error", wrong, lang), "warnings": counted("warning", odd, lang)}
        print(say("problems", lang, **words), file=sys.stderr)


def print_json(value: object) -> None:
    """Print *value* for programs: JSON in UTF-8 (RFC 8259, 8.1), whatever the machine's own encoding is."""
    for_programs(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def for_programs(text: str) -> None:
    """Print what programs read, in UTF-8."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")
    print(text)


def tell(options: argparse.Namespace) -> Callable[[Problem], None]:
    """Return what shows a problem at once, while the work goes on."""
    return lambda problem: show([problem], options)


def roots_of(options: argparse.Namespace) -> dict[str, Path]:
    """The folders that labels of places begin with."""
    named = (getattr(options, "data", None), getattr(options, "templates", None))
    return {path.name: path for path in named if path}


def show_fault(error: Exception) -> None:
    """Say that the product itself failed, and where, without a traceback."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    lang = language_of()
    print(f"{say('internal', lang)}: {type(error).__name__} ({place}): {error}", file=sys.stderr)
    print(say("internal.more", lang), file=sys.stderr)


# --- moments ----------------------------------------------------------------------------------------------


def local(at: datetime) -> str:
    """A moment by the clock of this machine."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def by_plan(item: DueItem, reports: Mapping[str, ReportDefinition], lang: Lang) -> str:
    """When it is due, in the time zone of its schedule, and whether that may still move."""
    plan, at = _planned(item, reports)
    moved = say("due.provisional", lang) if is_provisional(plan, item.period) else ""
    return f"{at:%Y-%m-%d %H:%M} {plan.zone}{moved}"


def item_as_dict(item: DueItem, reports: Mapping[str, ReportDefinition]) -> dict[str, object]:
    """A turn as plain values, its moment in the time zone of its schedule."""
    plan, at = _planned(item, reports)
    return {
        "report": item.report,
        "period": str(item.period),
        "due": at.isoformat(),
        "zone": plan.zone,
        "provisional": is_provisional(plan, item.period),
    }


def _planned(item: DueItem, reports: Mapping[str, ReportDefinition]) -> tuple[Due, datetime]:
    plan = reports[item.report].schedule
    assert plan
    return plan.due, item.due.astimezone(ZoneInfo(plan.due.zone))
