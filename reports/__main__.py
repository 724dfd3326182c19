"""What `python -m reports` and the command `progress-reports` run."""

from __future__ import annotations

import gc
from typing import NoReturn

from reports.cli.main import main


def run() -> NoReturn:
    """Run one command and end with its status."""
    status = main()
    gc.freeze()  # else the interpreter looks through all that is left before it ends: 40 ms of each run
    raise SystemExit(status)


if __name__ == "__main__":
    run()
