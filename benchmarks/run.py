"""Time whole processes side by side on equal content, and print Markdown tables.

    python -m benchmarks.run [--sizes S,M,L] [--repeats N] [--peers ours,pandoc] [--no-scaling]

README.md beside this file says what is measured and how to read it.
"""

from __future__ import annotations

import argparse
import functools
import html
import importlib.util
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate
from benchmarks.peers import docxtpl_template

ROOT = Path(__file__).parent.parent
WORD_TEMPLATE = ROOT / "templates" / "word" / "briefing.zh.docx"
SCALING = (500, 1000, 2000, 4000)
SLOW = 10.0  # seconds: what takes longer is run twice only
#: The peer that writes no file.
LIBRARIES = "our libraries alone"
#: What `check` and `--help` have no use for.
HEAVY = ("docx", "matplotlib", "numpy", "lxml", "PIL", "rich")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock, seconds of CPU (its children's too), peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Case:
    """A generated briefing, ready for every peer: its folder and where each finds what it needs."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def pictures(self) -> Path:
        """The product's drawn charts, which the peers put into their documents too."""
        return self.out / "bench" / "2023"

    def result(self, peer: str) -> Path:
        return (
            self.pictures / "bench-2023.zh.docx" if peer.startswith("ours") else self.folder / f"{peer}.docx"
        )


# --- commands -----------------------------------------------------------------------------------------------


def ours(case: Case, *more: str) -> list[str]:
    folders = ("--data", case.folder / "data", "--templates", case.folder / "templates", "--output", case.out)
    return [*_python("run.py"), "build", "--lang", "zh", "--format", "docx", *map(str, folders), *more]


def peer_module(name: str, case: Case, template: Path, out: str, *more: str) -> list[str]:
    paths = (case.folder / "data", case.pictures, template, case.result(out))
    return [*_python("-m", f"benchmarks.peers.{name}"), *map(str, paths), *more]


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def peers(case: Case) -> dict[str, list[str]]:
    """The command of every peer that is installed."""
    commands = {"ours": ours(case)}
    if shutil.which("pandoc"):
        commands["pandoc"] = peer_module("pandoc", case, WORD_TEMPLATE, "pandoc")
        commands["pandoc commonmark_x"] = peer_module(
            "pandoc", case, WORD_TEMPLATE, "pandoc commonmark_x", "commonmark_x"
        )
    if importlib.util.find_spec("docxtpl"):
        template = case.folder / "docxtpl-template.docx"
        docxtpl_template.write(WORD_TEMPLATE, template)
        commands["docxtpl"] = peer_module("docxtpl", case, template, "docxtpl")
    commands["python-docx naive"] = peer_module("python_docx", case, WORD_TEMPLATE, "python-docx naive")
    commands[LIBRARIES] = [
        *_python("-m", "benchmarks.peers.libraries"),
        *map(str, (case.folder / "data", case.pictures)),
    ]
    return commands


# --- measuring ----------------------------------------------------------------------------------------------


def measure(command: Sequence[str]) -> Run:
    """Run one process to its end; what it prints is thrown away. Raise RuntimeError when it fails."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}\n{errors.read().decode(errors='replace')}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    """Everybody's modules are compiled beforehand, and nobody's are written while the clock runs."""
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1704067200",
    }


def interleaved(commands: Mapping[str, Sequence[str]], repeats: int) -> dict[str, list[Run]]:
    """Run all commands in turn, *repeats* times: what slows the machine down for a while slows all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for n in range(repeats):
        for name, command in commands.items():
            if n < 2 or runs[name][0].wall < SLOW:
                runs[name].append(measure(command))
    return runs


def made(folder: Path, size: generate.Size) -> Case:
    """Generate a briefing and let the product draw its charts."""
    generate.generate(folder, size)
    case = Case(folder)
    measure(ours(case))
    return case


def compile_all() -> None:
    """Compile the product, the peers and every library, so that nobody's first run pays for it."""
    folders = [ROOT / "reports", ROOT / "tests" / "benchmarks"]
    libraries = importlib.util.find_spec("yaml")
    assert libraries
    assert libraries.origin
    folders.append(Path(libraries.origin).parent.parent)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [*_python("-m", "compileall", "-q"), *map(str, folders)]
    subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


# --- is the content equal? ----------------------------------------------------------------------------------

_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
_LETTERS = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def contents(path: Path) -> tuple[int, int, int]:
    """Return how many table rows, pictures and letters (not spaces) a Word file shows."""
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml")
    texts = b"".join(b"".join(_LETTERS.findall(paragraph)) for paragraph in _PARAGRAPH.findall(body))
    letters = html.unescape(texts.decode()).translate({ord(sign): None for sign in " \u3000\u00a0"})
    return body.count(b"</w:tr>"), body.count(b"<a:blip "), len(letters)


# --- tables -------------------------------------------------------------------------------------------------


def side_by_side(size: str, repeats: int, wanted: Sequence[str], folder: Path) -> Iterator[str]:
    """One size, all peers."""
    case = made(folder / size, generate.SIZES[size])
    commands = {name: command for name, command in peers(case).items() if not wanted or name in wanted}
    cold = [measure(ours(case, "--output", str(folder / f"cold-{size}-{n}"))) for n in range(2)]
    runs = interleaved(commands, repeats)
    base = runs.get("pandoc") or runs["ours"]
    records = generate.SIZES[size]
    yield f"### {size}: {records.records} records, {records.rows} rows, {_bytes(case):,} kB of YAML"
    yield ""
    yield "| peer | wall s, median (min – max) | CPU s, median (min) | peak MiB | wall / pandoc | CPU / pandoc | table rows, pictures, letters |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, found in runs.items():
        shown = "–" if name == LIBRARIES else "{:,}, {}, {:,}".format(*contents(case.result(name)))
        yield f"| {name} {_row(found, base)} {shown} |"
    yield f"| ours, charts drawn anew {_row(cold, base)} |"
    yield ""


def _row(runs: Sequence[Run], base: Sequence[Run]) -> str:
    walls, cpus = [r.wall for r in runs], [r.cpu for r in runs]
    wall, cpu = statistics.median(walls), statistics.median(cpus)
    ratio = wall / statistics.median(r.wall for r in base)
    cpu_ratio = cpu / statistics.median(r.cpu for r in base)
    return (
        f"| {wall:.2f} ({min(walls):.2f} – {max(walls):.2f}) | {cpu:.2f} ({min(cpus):.2f}) "
        f"| {max(r.peak for r in runs):.0f} | {ratio:.2f} | {cpu_ratio:.2f} |"
    )


def _bytes(case: Case) -> int:
    return sum(path.stat().st_size for path in (case.folder / "data").rglob("*.yaml")) // 1000


def scaling(repeats: int, folder: Path) -> Iterator[str]:
    """How the time grows with the records."""
    cases = {n: made(folder / str(n), generate.Size(n)) for n in (10, *SCALING)}
    runs = interleaved({str(n): ours(case) for n, case in cases.items()}, repeats)
    least = {n: min(r.cpu for r in runs[str(n)]) for n in cases}
    fixed = least.pop(10)
    whole = slope(least)
    work = slope({n: cpu - fixed for n, cpu in least.items()})
    yield "### Scaling: least CPU s by number of records"
    yield ""
    yield f"| {' | '.join(('records', '10', *map(str, least)))} | exponent | without the fixed cost |"
    yield f"|{'---|' * (len(least) + 4)}"
    yield f"| CPU s | {fixed:.2f} | {' | '.join(f'{cpu:.2f}' for cpu in least.values())} | {whole:.2f} | {work:.2f} |"
    yield ""


def slope(times: Mapping[int, float]) -> float:
    """The exponent of growth: least squares of log time over log n."""
    fit = statistics.linear_regression([math.log(n) for n in times], [math.log(t) for t in times.values()])
    return fit.slope


def small_commands(repeats: int) -> Iterator[str]:
    """What stands between a person and an answer: --help and check."""
    commands = {
        "python -c pass": _python("-c", "pass"),
        "run.py --help": _python("run.py", "--help"),
        "run.py check": _python("run.py", "check"),
    }
    runs = interleaved(commands, repeats)
    bare = statistics.median(r.wall for r in runs["python -c pass"])
    yield "### Small commands, on the shipped data"
    yield ""
    yield "| command | wall s, median (min – max) | above bare Python | peak MiB | heavy libraries loaded |"
    yield "|---|---:|---:|---:|---|"
    for name, found in runs.items():
        walls = [r.wall for r in found]
        median, arguments = statistics.median(walls), commands[name][2:]
        loaded = ", ".join(heavy_modules(arguments)) or "none" if name.startswith("run.py") else "–"
        yield (
            f"| {name} | {median:.2f} ({min(walls):.2f} – {max(walls):.2f}) | {median - bare:.2f} "
            f"| {max(r.peak for r in found):.0f} | {loaded} |"
        )
    yield ""


def heavy_modules(arguments: Sequence[str]) -> list[str]:
    """Return which of HEAVY the product has loaded by the end of a command."""
    program = (
        "import contextlib, io, sys\nfrom reports.cli.main import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        f"    main({list(arguments)!r})\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run(_python("-c", program), cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.split()


@functools.cache
def machine() -> str:
    """What the seconds depend on, without naming any machine."""
    found = [f"{os.cpu_count()} cores", f"Python {platform.python_version()}"]
    if shutil.which("pandoc"):
        said = subprocess.run(["pandoc", "--version"], capture_output=True, check=True, text=True).stdout
        found.append(said.splitlines()[0])
    return ", ".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time whole processes side by side on equal content.")
    parser.add_argument("--sizes", default="S,M,L", help="of S, M and L; empty for none")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--peers", default="", help="only these, for example ours,pandoc")
    parser.add_argument("--no-scaling", action="store_true")
    options = parser.parse_args()
    compile_all()
    wanted = [name for name in options.peers.split(",") if name]
    _show([f"{machine()}, {options.repeats} runs each in turn", ""])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in filter(None, options.sizes.split(",")):
            _show(side_by_side(size, options.repeats, wanted, folder))
        if not options.no_scaling:
            _show(scaling(options.repeats, folder))
        _show(small_commands(options.repeats))


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
