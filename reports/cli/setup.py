"""`run.py new report` and `run.py init`: what a person says, and is told. A part of `cli`, which hands over the options."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.started import as_typed, command, shell_word

Now = Callable[[argparse.Namespace], datetime]


def add_init(parser: argparse.ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """What may be said of a new report, beside its programmes."""
    parser.add_argument(
        "name", nargs="?", default="", metavar="NAME", help="of a new report: letters, digits, hyphens"
    )
    given = parser.add_argument_group("a new report")
    given.add_argument("--templates", type=Path, default=Path("templates"), help="folder of the templates")
    given.add_argument(
        "--title-zh", default="", metavar="TITLE", help="its title in Chinese (default: its name)"
    )
    given.add_argument(
        "--title-en", default="", metavar="TITLE", help="its title in English (default: its name)"
    )
    given.add_argument(
        "--every", choices=("year", "half", "quarter", "month", "week"), default="quarter",
        help="the kind of its periods (default: quarter)",
    )  # fmt: skip
    given.add_argument(
        "--profile",
        choices=("briefing", "bulletin", "chapter", "news", "paper"),
        default="briefing",
        help="its looks",
    )


def new_report(options: argparse.Namespace, lang: Lang) -> int:
    """Write the report and say how to build it."""
    if not options.name:
        raise ReportError(Problem(Where(""), "scaffold/no-name"))
    from reports.cli import scaffold  # noqa: PLC0415 - --help loads nothing of this
    from reports.pipeline.read import Folders  # noqa: PLC0415 - --help loads nothing of this

    programmes = tuple(part for part in re.split(r"[\s,，]+", options.programme) if part)
    wish = scaffold.Wish(
        options.name, options.title_zh, options.title_en, options.every, options.profile, programmes
    )
    folders = Folders(options.data, options.templates, Path("output"))
    for path in scaffold.new_report(folders, wish, dry=options.dry_run):
        print(path)
    if not options.dry_run:
        print(as_typed(_NEXT_REPORT[lang]).format(name=options.name), file=sys.stderr)
    return 0


def _init(options: argparse.Namespace, lang: Lang, now: Now) -> int:
    """Fill the folder and say what to type in it."""
    from reports.cli import scaffold  # noqa: PLC0415

    for path in scaffold.init(options.folder, now(options).date()):
        print(path)
    print(_NEXT_INIT[lang].format(folder=shell_word(str(options.folder)), program=command()))
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Lang, Now], int]] = MappingProxyType({"init": _init})


_NEXT_REPORT = {
    "en": "Build it: run.py build {name}. It is listed in reports.yaml; its text is yours to change.",
    "zh": "现在就可以生成：run.py build {name}。清单在 reports.yaml，正文随意修改。",
}
_NEXT_INIT = {
    "en": """
Go into the folder and run the program there:
    cd {folder}
    {program} check
    {program} build
README.md tells the rest.""",
    "zh": """
进入该文件夹，在那里运行：
    cd {folder}
    {program} check
    {program} build
其余见 README.zh-CN.md。""",
}
