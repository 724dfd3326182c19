"""Build progress reports; `python run.py --help` tells how."""

import gc

from reports.cli.main import main

status = main()
gc.freeze()  # else the interpreter looks through all that is left before it ends: 40 ms of each run
raise SystemExit(status)
