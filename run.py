"""Build progress reports; `python run.py --help` tells how."""

from reports.cli import main

raise SystemExit(main())
