"""What `python -m reports` and the command `progress-reports` run."""

from __future__ import annotations

import gc
import signal
from types import FrameType
from typing import NoReturn

#: Set when somebody presses Ctrl+C while the program is still loading.
_pressed = False


def run() -> NoReturn:
    """Run one command and end with its status. Ctrl+C is answered in words, whenever it comes."""
    waits = (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )  # a shell in the background ignores it
    if waits:
        signal.signal(signal.SIGINT, _press)
    from reports.cli.main import main  # noqa: PLC0415 - what is pressed while it loads is kept until it can answer

    if waits:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    status = main(interrupted=_pressed)
    if waits:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
    gc.freeze()  # else the interpreter looks through all that is left before it ends: 40 ms of each run
    raise SystemExit(status)


def _press(_number: int, _frame: FrameType | None) -> None:
    global _pressed  # noqa: PLW0603 - a signal has no other way to tell
    _pressed = True


if __name__ == "__main__":
    run()
