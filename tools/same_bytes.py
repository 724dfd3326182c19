"""same_bytes.py REVISION: does the working tree make and say what REVISION did, byte for byte?

Builds every shipped report, period, language and format with both, and asks every command for its help: for changes
that are to move code and change nothing. Exits with 1 and names what differs.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOW = "2024-07-01T09:00+08:00"
FORMATS = "docx,md,html,pdf"


def run(tree: Path, *arguments: str, lang: str = "en") -> bytes:
    """What the product says, in a folder of its own: both streams and the exit status."""
    environment = {**os.environ, "REPORTS_LANG": lang, "COLUMNS": "100", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "run.py", *arguments], cwd=tree, env=environment, capture_output=True, check=False
    )
    return b"%d\n%s\n%s" % (done.returncode, done.stdout, done.stderr)


def editions(tree: Path) -> list[tuple[str, str, str]]:
    """Report, period and languages of every edition the data define."""
    listed = run(tree, "list").decode()
    rows = re.findall(r"^[* ] (\S+)  (\S.*?)  (\S+)  \S+$", listed, re.MULTILINE)
    return [(report, period, langs) for report, periods, langs in rows for period in periods.split(", ")]


def made(tree: Path, output: Path) -> dict[str, str]:
    """The digest of every file made and everything said, by name."""
    said = {}
    for report, period, langs in editions(tree):
        said[f"build {report} {period}"] = run(
            tree, "build", report, f"--period={period}", f"--lang={langs}", f"--format={FORMATS}",
            f"--output={output}", f"--now={NOW}",
        ).replace(bytes(output), b"output")  # fmt: skip
    help_ = run(tree, "--help")
    for name in re.findall(r"^    ([a-z-]+)(?: |$)", help_.decode(), re.MULTILINE):
        said[f"{name} --help"] = run(tree, name, "--help")
    for lang in ("zh", "en"):
        said[f"check {lang}"] = run(tree, "check", f"--output={output}", f"--now={NOW}", lang=lang)
    said["--help"] = help_
    files = {
        p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()
    }
    shown = {name: data for name, data in files.items() if not name.startswith((".state", ".cache"))}
    return {name: hashlib.sha256(data).hexdigest() for name, data in {**shown, **said}.items()}


def main() -> int:
    """Compare the working tree with the revision that was named."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        before, old, new = Path(folder) / "tree", Path(folder) / "old", Path(folder) / "new"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", before, sys.argv[1]], cwd=ROOT, check=True
        )
        try:
            was, now = made(before, old), made(ROOT, new)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", before], cwd=ROOT, check=True)
    different = sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
    for name in different:
        print(f"differs: {name}")
    print(f"{len(was)} before, {len(now)} now, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main())
