"""The editors' commands: schema, new, export, import. A part of `cli`, which hands over the options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.problems import Lang

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Commands = _SubParsersAction[argparse.ArgumentParser]


def add_commands(commands: Commands) -> None:
    """The commands and their options."""
    _add_schema(
        commands.add_parser("schema", help="write the schema with which editors complete and explain keys")
    )


def _add_schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, default=Path("schema"), metavar="DIR", help="folder to write to"
    )
    parser.add_argument(
        "--reference", type=Path, nargs="?", const=Path("docs"), metavar="DIR",
        help="write the reference of kinds and fields instead (into docs)",
    )  # fmt: skip


def _schema(options: argparse.Namespace, _lang: Lang) -> int:
    from reports import guides  # noqa: PLC0415 - --help loads nothing of this

    made = (
        guides.write_reference(options.reference)
        if options.reference
        else guides.write_schema(options.output)
    )
    for path in made:
        print(path)
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Lang], int]] = MappingProxyType({"schema": _schema})
