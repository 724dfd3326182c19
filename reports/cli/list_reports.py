"""`run.py list`: the reports, their periods, languages and formats."""

from __future__ import annotations

import argparse
from typing import Any

from reports.cli import output
from reports.cli.options import add_folders, add_json
from reports.diagnostics.problems import Lang, errors
from reports.model.report_definitions import ReportDefinition
from reports.pipeline.read import read


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Where the reports are defined."""
    add_json(parser, lang)
    add_folders(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Two lines a report; a star marks those built by default."""
    reading = read(options.data)
    found = [_as_dict(report, lang) for report in reading.reports.reports.values()]
    if options.json:
        output.print_json(found)
    else:
        for one in found:
            mark, periods = "*" if one["default"] else " ", ", ".join(one["editions"]) or one["period"]
            print(f"{mark} {one['id']}  {periods}  {','.join(one['languages'])}  {','.join(one['formats'])}")
            print(f"    {one['title']}")
    if errors(reading.problems):
        output.show(reading.problems, options)
        return 1
    return 0


def _as_dict(report: ReportDefinition, lang: Lang) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title.get(lang),
        "period": report.period,
        "editions": [str(edition.period) for edition in report.editions],
        "languages": list(report.languages),
        "formats": list(report.formats),
        "default": report.default,
        "approval": report.approval,
    }
