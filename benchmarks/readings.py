"""What records in time cost: a reading as a share of a build, and how it grows with the number of entries.

    python -m benchmarks.readings

Every meeting of the benchmark of 2,000 records and 5,000 rows is given entries, each of a day of its own. CPU seconds
of this process, the least of five.
"""

from __future__ import annotations

import math
import re
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.generate import SIZES, generate
from reports.model.cutoff import Cutoff
from reports.pipeline.build import Order, make
from reports.pipeline.read import Folders, read
from reports.records.readings.progress import progress
from reports.records.readings.reading import at

#: Entries in all, on 2,000 records.
ENTRIES = (0, 2_500, 5_000, 10_000, 20_000)
RECORDS = 2_000
NOW, BEFORE = date(2027, 12, 31), date(2026, 12, 31)
_RECORD = re.compile(r"(?m)^  - id: (?:meeting|contribution|visit)-[^\n]*\n(?:    [^\n]*\n|\n)*")


def main() -> None:
    """Print both tables."""
    print("| entries | read and check s | a reading s | the difference of two s | reading / build |")
    print("|---:|---:|---:|---:|---:|")
    times = []
    for entries in ENTRIES:
        with tempfile.TemporaryDirectory() as folder:
            times.append(_measured(Path(folder), entries))
    (few, many) = times[1][1], times[-1][1]
    exponent = math.log(many / few) / math.log(ENTRIES[-1] / ENTRIES[1])
    print(f"\nA reading grows with the entries to the power of {exponent:.2f}.")


def _measured(folder: Path, entries: int) -> tuple[float, float]:
    generate(folder, SIZES["L"])
    _enter(folder / "data" / "bench", entries)
    folders = Folders(folder / "data", folder / "templates", folder / "output")
    reading = read(folders.data)
    now, before = (Cutoff(day, day) for day in (NOW, BEFORE))
    was, is_ = at(reading.dataset, before), at(reading.dataset, now)
    seconds = (
        _least(lambda: read(folders.data)),
        _least(lambda: at(reading.dataset, now)),
        _least(lambda: progress(was, BEFORE, is_, NOW)),
    )
    build = _least(lambda: make(folders, Order(languages=("zh",), formats=("docx",)), NOW), 2)
    told = " | ".join(f"{one:.3f}" for one in seconds)
    print(f"| {entries:,} | {told} | {100 * seconds[1] / build:.1f} % |", flush=True)
    return seconds[0], seconds[1]


def _enter(folder: Path, entries: int) -> None:
    """Give the records of *folder* so many entries, as many each as it comes out."""
    each, left = divmod(entries, RECORDS)
    for file in sorted(folder.glob("*.yaml")):
        text = file.read_text("utf-8")
        parts = []
        position = 0
        for found in _RECORD.finditer(text):
            several = each + (left > 0)
            left -= 1
            parts += [text[position : found.end()].rstrip("\n"), "\n", _updates(several)]
            position = found.end()
        file.write_text("".join([*parts, text[position:]]), "utf-8", newline="\n")


def _updates(number: int) -> str:
    if not number:
        return ""
    lines = (
        f"      - {{on: {BEFORE + timedelta(n * 7 - 100)}, tags: [t{n}], theme: theme-{n % 8 + 1}, "
        f"source: [{{doc: minutes-2023}}]}}\n"
        for n in range(number)
    )
    return "    updates:\n" + "".join(lines)


def _least(act: Callable[[], object], times: int = 5) -> float:
    best = math.inf
    for _ in range(times):
        begun = time.process_time()
        act()
        best = min(best, time.process_time() - begun)
    return best


if __name__ == "__main__":
    main()
