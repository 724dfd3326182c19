"""What `python -m reports` and the command `progress-reports` run."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """Run one command and end with its status."""
    try:
        from reports.cli.main import main  # noqa: PLC0415 - Ctrl+C is to be heard while it loads, too

        status = main()
    except (
        KeyboardInterrupt
    ):  # so early, or so late, that nothing is at hand that knows the reader's language
        sys.stderr.write("interrupted / 已中断\n")
        status = 130
    gc.freeze()  # else the interpreter looks through all that is left before it ends: 40 ms of each run
    raise SystemExit(status)


if __name__ == "__main__":
    run()
