"""Build progress reports; `python run.py --help` tells how."""

try:
    from reports.__main__ import run
except KeyboardInterrupt:  # a quick Ctrl+C
    raise SystemExit(130) from None

if __name__ == "__main__":
    run()
