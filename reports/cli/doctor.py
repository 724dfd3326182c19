"""`run.py doctor`: look at the machine, the programs and the folders the job depends on, and say what to do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime

from reports.cli import memory, output
from reports.cli.examination import folders as places
from reports.cli.examination import machine, mail, programs
from reports.cli.examination.findings import Diagnosis
from reports.cli.options import add_json, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, ReportError
from reports.pipeline.read import Folders, Reading, read
from reports.programs import find
from reports.publishing.ledger import read_ledger
from reports.publishing.status.git import versions
from reports.writers import office


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What to look at."""
    parser.add_argument("--mail", action="store_true", help=say("doctor.option.mail", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Say what was found, each finding with what to do; status 1 where something does not work."""
    memory.tell_of_gaps(folders_of(options), options)
    found = tuple(_examined(folders_of(options), now_of(options), mail_too=options.mail))
    if options.json:
        output.print_json([_as_dict(finding, lang) for finding in found])
    else:
        for finding in found:
            print(f"{say(f'doctor.{finding.health}', lang)}  {finding.told(lang)}")
            if advice := finding.advice(lang):
                print(f"    {advice}")
    return 1 if any(finding.health == "wrong" for finding in found) else 0


def _examined(folders: Folders, now: datetime, *, mail_too: bool) -> Iterator[Diagnosis]:
    reading = read(folders.data, folders.delivery)
    reports = reading.reports.reports.values()
    schedules = [report.schedule for report in reports if report.schedule]
    yield machine.python()
    yield machine.letters(sys.stdout.encoding or "utf-8")
    yield from machine.zones(schedule.due.zone for schedule in schedules)
    yield machine.clock(now, _latest(folders))
    yield programs.office(office.find_office() or office.find_com_office(), wanted=_laid_out(reading))
    yield programs.fonts(programs.named_fonts(folders.templates), programs.installed_fonts())
    yield programs.git(find("git") or None, versioned=bool(versions(folders.data, limit=1)))
    yield from programs.clockwork(scheduled=bool(schedules))
    yield from places.look_at("data", folders.data)
    yield from places.look_at("output", folders.output)
    yield from places.lengths(folders.output)
    if mail_too:
        yield from mail.server(reading.delivery)


def _laid_out(reading: Reading) -> bool:
    """Whether a report has a PDF; tables of contents without page numbers are told by nobody else."""
    return any("pdf" in report.formats for report in reading.reports.reports.values())


def _latest(folders: Folders) -> datetime | None:
    """The moment of what was remembered last."""
    try:
        return max((run.at for run in read_ledger(folders).runs()), default=None)
    except ReportError:  # a damaged ledger is told, and restored, by whoever works with it
        return None


def _as_dict(finding: Diagnosis, lang: Lang) -> dict[str, object]:
    return {
        "topic": finding.topic,
        "health": finding.health,
        "found": finding.told(lang),
        "do": finding.advice(lang),
    }
