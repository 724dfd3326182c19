"""How this program was started and installed: what a person types, what a clock starts, what adds an extra.

Sentences call the program `run.py`, as a checkout does. Where they are looked up, `as_typed` names it as the person at
hand types it. What was stored or mailed keeps the name of the run that wrote it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from reports import product_files

#: What is installed, and the command it brings.
COMMAND = "progress-reports"
_IN_SENTENCES = "run.py"


class Start(Struct, frozen=True):
    """*typed*: what stands before a command when people talk of it; *words*: what starts the program in any folder."""

    typed: str
    words: tuple[str, ...]


def start(called: str, python: str, checkout: Path | None) -> Start:
    """What the first word of the command line says; *checkout* is None where the product is installed."""
    path = Path(called)
    if path.name.lower() in {COMMAND, f"{COMMAND}.exe"}:
        script = path.absolute()  # not resolved: a link stays right when what it leads to is renewed
        program = script.with_suffix(".exe")  # an ending that Windows leaves out
        return Start(COMMAND, (str(program if program.is_file() else script),))
    words = (python, str(checkout / "run.py")) if checkout else (python, "-m", "reports")
    module = path.parts[-2:] == ("reports", "__main__.py") or not checkout
    return Start("python -m reports" if module else "run.py", words)


@cache
def here() -> Start:
    """How this process was started."""
    return start(sys.argv[0], sys.executable, product_files.CHECKOUT)


def as_typed(sentence: str) -> str:
    """A sentence of ours, no value in it yet, with the program named as it was started."""
    return sentence.replace(_IN_SENTENCES, here().typed)


# --- what a person may copy -------------------------------------------------------------------------------


def command() -> str:
    """What to type before a command in another folder: the bare name where the shell finds this program by it."""
    first, found = here().words[0], shutil.which(COMMAND)
    if here().typed == COMMAND and found and Path(first).exists() and Path(first).samefile(found):
        return COMMAND
    return command_line(here().words)


def command_line(words: Sequence[str], *, windows: bool = os.name == "nt") -> str:
    """The words as a person types them into a shell, on Windows into PowerShell."""
    line = " ".join(shell_word(word, windows=windows) for word in words)
    return (
        f"& {line}" if windows and line[0] in "\"'" else line
    )  # else PowerShell shows the name and runs nothing


def shell_word(word: str, *, windows: bool = os.name == "nt") -> str:
    """One word as a shell takes it, in quotation marks only where it needs them."""
    if re.fullmatch(r"[\w./\\:~=-]+" if windows else r"[\w./:~=-]+", word):
        return word
    if not re.search(r'[$`"“”„]' if windows else r'[$`"!\\]', word):
        return f'"{word}"'
    return "'" + re.sub(_QUOTES, r"\g<0>\g<0>", word) + "'" if windows else shlex.quote(word)


#: What PowerShell takes for the sign that ends a text in single quotation marks, unless it stands twice.
_QUOTES = "['‘’‚‛]"


# --- extras -----------------------------------------------------------------------------------------------


def adding(extra: str) -> str:
    """The command line that adds an extra to the product where it runs."""
    checkout = product_files.CHECKOUT
    if checkout and here().typed != COMMAND:
        lock = Path("requirements", f"{extra}.lock")
        there = lock if checkout == Path.cwd() else checkout / lock
        return command_line(
            [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", there.as_posix()]
        )
    from importlib.metadata import requires  # noqa: PLC0415 - costs 15 ms, and is asked for once in a lifetime

    return command_line([*_installer(), *wanted(extra, requires(COMMAND) or [])])


def _installer() -> tuple[str, ...]:
    """What puts packages beside the product: whatever made its environment."""
    if Path(sys.prefix, "pipx_metadata.json").is_file():
        return ("pipx", "inject", COMMAND)
    if find_spec("pip"):
        return (sys.executable, "-m", "pip", "install")
    return ("uv", "pip", "install", "--python", sys.executable)  # uv leaves pip out of what it makes


def wanted(extra: str, requirements: Sequence[str]) -> tuple[str, ...]:
    """Those of the product's requirements that an extra adds."""
    found = (re.fullmatch(rf"(.+?)\s*;\s*extra == ['\"]{extra}['\"]", one) for one in requirements)
    return tuple(one[1] for one in found if one)
