"""Build progress reports; `python run.py --help` tells how."""

from reports.__main__ import run

if __name__ == "__main__":
    run()
