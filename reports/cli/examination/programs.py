"""LibreOffice, fonts, git, the machine's own clockwork: what works with this program."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from reports.cli.examination.findings import Diagnosis
from reports.programs import find

#: Seconds for another program to answer.
_PATIENCE = 10
#: A sentence names so many.
_NAMED = 8
#: What Windows calls Chinese fonts in its registry, whatever its language.
_ALSO_CALLED = {"宋体": "SimSun", "黑体": "SimHei", "楷体": "KaiTi", "仿宋": "FangSong", "方正小标宋简体": "FZXiaoBiaoSong-B05S",
                "微軟正黑體": "Microsoft JhengHei", "新細明體": "PMingLiU", "標楷體": "DFKai-SB"}  # fmt: skip
#: What asks the clockworks of this machine whether they know our task, and what its answer must hold.
_CLOCKWORKS = (
    ("systemd", ("systemctl", "--user", "is-enabled", "progress-reports.timer"), "enabled"),
    ("cron", ("crontab", "-l"), "run-due"),
)
_TASKS = (("windows", ("schtasks", "/Query", "/TN", "Progress reports", "/XML"), "run-due"),)


def answer(words: Sequence[str]) -> str | None:
    """What another program prints; None where it is not there or does not answer."""
    program = find(words[0])
    if not program:
        return None
    try:
        done = subprocess.run([program, *words[1:]], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - words of ours
    except (OSError, subprocess.SubprocessError):
        return None
    utf_16 = done.stdout[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return done.stdout.decode("utf-16" if utf_16 else "utf-8", "replace").replace("\x00", "")


def office(path: str, *, wanted: bool) -> Diagnosis:
    """Whether Word files can be laid out; *wanted*: a report has a PDF or a table of contents."""
    if path:
        return Diagnosis("office", "fine", "fine", {"path": path})
    return Diagnosis("office", "missing" if wanted else "unneeded", "look" if wanted else "fine")


def fonts(named: Iterable[str], installed: frozenset[str] | None) -> Diagnosis:
    """Whether the fonts that Word templates name are here; None: nobody can say which are."""
    if installed is None:
        return Diagnosis("fonts", "unknown")
    missing = sorted(name for name in {*named} if not {name, _ALSO_CALLED.get(name, name)} & installed)
    if not missing:
        return Diagnosis("fonts", "fine")
    more = "…" if len(missing) > _NAMED else ""
    return Diagnosis("fonts", "missing", "look", {"names": ", ".join(missing[:_NAMED]) + more})


def named_fonts(templates: Path) -> frozenset[str]:
    """The fonts that the Word templates of *templates* name."""
    from reports.writers.word.template import fonts_named  # noqa: PLC0415 - heavy

    return frozenset(
        name
        for path in sorted((templates / "word").glob("*.docx"))
        for name in fonts_named(path.read_bytes())
    )


def installed_fonts() -> frozenset[str] | None:
    """The names of the fonts of this machine, None where nobody can say."""
    if os.name == "nt":
        return _registered_fonts()
    told = answer(("fc-list", ":", "family"))
    return (
        None
        if told is None
        else frozenset(name.strip() for line in told.splitlines() for name in line.split(","))
    )


def git(path: str | None, *, versioned: bool) -> Diagnosis:
    """Whether it can be told since when a record is as it is."""
    if not path:
        return Diagnosis("git", "missing", "look")
    return (
        Diagnosis("git", "fine", "fine", {"path": path})
        if versioned
        else Diagnosis("git", "unversioned", "look")
    )


def clockwork(*, scheduled: bool, ask: Callable[[Sequence[str]], str | None] = answer) -> Iterator[Diagnosis]:
    """Whether something starts `run-due`; nothing where no report has a schedule."""
    if not scheduled:
        return
    known = [
        name
        for name, words, sign in (_TASKS if os.name == "nt" else _CLOCKWORKS)
        if sign in (ask(words) or "")
    ]
    if known:
        yield Diagnosis("clockwork", "fine", "fine", {"name": ", ".join(known)})
    else:
        yield Diagnosis("clockwork", "missing", "look")


def _registered_fonts() -> frozenset[str] | None:
    """The fonts of Windows, by the names of the registry: "SimHei (TrueType)", "SimSun & NSimSun (TrueType)"."""
    import winreg  # noqa: PLC0415 - Windows only

    found: set[str] = set()
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined]
        try:
            key = winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts")  # type: ignore[attr-defined]
        except OSError:
            continue
        with key:
            count = winreg.QueryInfoKey(key)[1]  # type: ignore[attr-defined]
            names = [winreg.EnumValue(key, n)[0] for n in range(count)]  # type: ignore[attr-defined]
        found |= {part.strip() for name in names for part in name.partition(" (")[0].split("&")}
    return frozenset(found) or None
