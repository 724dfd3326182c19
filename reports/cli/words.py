"""What the commands say to people, in their language; sentences that are problems stand in `messages`."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from typing import TYPE_CHECKING

from reports.cli.vocabulary import board, commands, data, doctor, publishing, returned
from reports.diagnostics.words.table import Words

if TYPE_CHECKING:
    from reports.diagnostics.problems import Lang


def language_of(options: argparse.Namespace | None = None) -> Lang:
    """The language to speak: --lang where a command has it for that, else REPORTS_LANG, else the machine's."""
    names = [getattr(options, "messages", None) or ""]
    names += [os.environ.get(key, "") for key in ("REPORTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    set_ = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if set_.lower().startswith(("zh", "chinese")) else "en"


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words for *key*; *values* are put where the words name them in braces."""
    return WORDS.say(key, lang, **values)


def asked(question: str) -> bool:
    """Ask a person, in either language; where nobody sits at a terminal the answer is no."""
    if not sys.stdin.isatty():
        return False
    try:
        answer = input(question).strip().lower()
    except EOFError:
        return False
    return answer in {*say("import.answers", "en").split(), *say("import.answers", "zh").split()}


def counted(key: str, count: int, lang: Lang) -> str:
    """Return how many there are of what *key* names: 1 error, 2 errors."""
    return say(f"{key}.one" if count == 1 else f"{key}.many", lang, count=count)


#: By topic and word.
WORDS = Words(
    {**commands.WORDS, **data.WORDS, **publishing.WORDS, **board.WORDS, **returned.WORDS, **doctor.WORDS}
)
