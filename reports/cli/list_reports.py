"""`run.py list`: the reports, their periods, languages and formats."""

from __future__ import annotations

import argparse

from reports.cli import output
from reports.cli.options import add_folders
from reports.diagnostics.problems import Lang, errors
from reports.pipeline.read import read


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Where the reports are defined."""
    add_folders(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Two lines a report; a star marks those built by default."""
    reading = read(options.data)
    for report in reading.reports.reports.values():
        periods = ", ".join(str(edition.period) for edition in report.editions) or report.period
        mark = "*" if report.default else " "
        print(f"{mark} {report.id}  {periods}  {','.join(report.languages)}  {','.join(report.formats)}")
        print(f"    {report.title.get(lang)}")
    if errors(reading.problems):
        output.show(reading.problems, options)
        return 1
    return 0
