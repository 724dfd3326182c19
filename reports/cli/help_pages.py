"""The help and the complaints of the command line, in Chinese with argparse's own words too.

argparse looks its words up with gettext, which finds catalogues by variables of the environment that are not ours. So
the look-up itself is exchanged, for as long as a command line is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reports.cli.vocabulary.parser import ARGPARSE

if TYPE_CHECKING:
    from reports.diagnostics.problems import Lang


class CommandHelp(argparse.HelpFormatter):
    """Help in which the longest command has what it is for beside it."""

    def add_argument(self, action: argparse.Action) -> None:
        """Leave room for it; commands stand further in than argparse counts."""
        super().add_argument(action)
        if isinstance(action.choices, dict):
            self._action_max_length += self._indent_increment

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """What stands in a line of its own, further in, is to be copied and stays whole: a shell would read its pieces
        as commands."""
        return "\n".join(
            line if line.startswith("  ") else self._filled(line, width, indent) for line in text.split("\n")
        )

    def _filled(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(text, width, indent)


class ChineseHelp(CommandHelp):
    """Help whose lines are as long as they are wide: a Chinese letter takes two columns, and has no space behind it."""

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        words = _chinese("usage: ") if prefix is None else prefix
        room = "_" * 2 * len(words)  # argparse counts letters; further lines are to stand below the first
        return super()._format_usage(usage, actions, groups, room).replace(room, words, 1)

    def format_help(self) -> str:
        """The whole, with the colon of Chinese behind the headings of its groups."""
        whole = super().format_help()
        for heading in map(_chinese, ("positional arguments", "options")):
            whole = whole.replace(f"{heading}:\n", f"{heading}：\n")
        return whole

    def _split_lines(self, text: str, width: int) -> list[str]:
        if 2 * len(text) <= width:
            return [text]
        from reports.charts.line_breaking import wrap  # noqa: PLC0415 - most lines are short, and help is quick
        from reports.diagnostics.problems import display_width  # noqa: PLC0415 - as above

        return [*wrap(text, width, lambda line, _size: display_width(line))]

    def _filled(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


@contextmanager
def speaking(lang: Lang) -> Iterator[type[argparse.HelpFormatter]]:
    """Let argparse speak *lang* for a while, and give what lays out its help. What has no words stays English."""
    if lang == "en":
        yield CommandHelp
        return
    ours = {"_": _chinese, "ngettext": lambda one, many, count: _chinese(one if count == 1 else many)}
    before = {name: getattr(argparse, name) for name in ours}
    try:
        for name, look_up in ours.items():
            setattr(argparse, name, look_up)
        yield ChineseHelp
    finally:
        for name, look_up in before.items():
            setattr(argparse, name, look_up)


def _chinese(words: str) -> str:
    return ARGPARSE.get(words, words)
