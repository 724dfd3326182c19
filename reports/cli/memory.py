"""A warning that what is shown is not all: of the commands that read the ledger and do no more than that."""

from __future__ import annotations

import argparse
from contextlib import suppress

from reports.cli import output
from reports.diagnostics.problems import ReportError
from reports.pipeline.read import Folders
from reports.publishing.ledger import read_ledger
from reports.publishing.memory.lost import lacking


def tell_of_gaps(folders: Folders, options: argparse.Namespace) -> None:
    """Say so where something was issued that the ledger does not know."""
    with suppress(ReportError), read_ledger(folders) as ledger:  # a damaged one is told by the command itself
        if problem := lacking(folders, ledger):
            output.show([problem], options)
