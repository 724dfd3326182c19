"""A file is written whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reports import files
from reports.diagnostics.problems import ReportError, format_problem

ROOT = Path(__file__).parent.parent
OLD, NEW = b"old" * 1000, b"new" * 1000


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts, which nobody waits for here."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告 2023.docx"
    path.write_bytes(OLD)
    return path


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".tmp")]


def test_a_new_file_is_written_and_its_folders_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.md"

    assert files.write(path, NEW)
    assert path.read_bytes() == NEW
    assert strays(tmp_path) == []


def test_an_old_file_is_replaced(report: Path) -> None:
    assert files.write(report, NEW)
    assert report.read_bytes() == NEW


def test_equal_data_is_not_written_again(report: Path) -> None:
    os.utime(report, ns=(10**18, 10**18))
    before = report.stat()

    assert not files.write(report, OLD)
    assert (report.stat().st_mtime_ns, report.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    assert files.write(tmp_path / "empty.md", b"")
    assert (tmp_path / "empty.md").read_bytes() == b""
    assert not files.write(tmp_path / "empty.md", b"")


# --- an error at each step --------------------------------------------------------------------------------


def failing(
    error: BaseException, times: int = 10**9, real: Callable[..., Any] | None = None
) -> Callable[..., Any]:
    """A function that raises *error* the first *times* times."""
    calls = iter(range(10**9))

    def fail(*args: Any, **kwargs: Any) -> Any:
        if next(calls) < times:
            raise error
        assert real
        return real(*args, **kwargs)

    return fail


NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
IO_ERROR = OSError(errno.EIO, os.strerror(errno.EIO))
READ_ONLY = OSError(errno.EROFS, os.strerror(errno.EROFS))
STEPS: dict[str, tuple[object, str]] = {
    "make the folder": (Path, "mkdir"),
    "open": (Path, "open"),
    "fsync": (os, "fsync"),
    "rename": (files, "_put_in_place"),  # os.replace, and what does its work on Windows
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [NO_SPACE, IO_ERROR, READ_ONLY], ids=["ENOSPC", "EIO", "EROFS"])
def test_an_error_at_any_step_leaves_the_old_file(
    report: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: OSError
) -> None:
    owner, name = STEPS[step]
    monkeypatch.setattr(owner, name, failing(error))

    with pytest.raises(ReportError) as caught:
        files.write(report, NEW)

    monkeypatch.undo()
    assert report.read_bytes() == OLD
    assert strays(report.parent) == []
    (problem,) = caught.value.problems
    assert problem.where.file == str(report)
    assert problem.args["detail"] == error.strerror


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupt_at_any_step_leaves_the_old_file(
    report: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    owner, name = STEPS[step]
    monkeypatch.setattr(owner, name, failing(KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        files.write(report, NEW)

    monkeypatch.undo()
    assert report.read_bytes() == OLD
    assert strays(report.parent) == []


def test_a_write_that_stops_half_way_leaves_the_old_file(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def half(path: Path, *args: Any, **kwargs: Any) -> Any:
        opened = real(path, *args, **kwargs)
        if path.name.endswith(".tmp"):

            def write(data: bytes) -> None:
                os.write(opened.fileno(), data[:100])
                raise NO_SPACE

            opened.write = write
        return opened

    monkeypatch.setattr(Path, "open", half)

    with pytest.raises(ReportError):
        files.write(report, NEW)

    assert report.read_bytes() == OLD
    assert strays(report.parent) == []


@pytest.mark.posix
def test_an_error_of_the_disk_after_the_rename_is_told_and_the_file_is_whole(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: real(handle) if not _is_folder(handle) else _raise(IO_ERROR)
    )

    with pytest.raises(ReportError):
        files.write(report, NEW)

    assert report.read_bytes() == NEW


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
@pytest.mark.posix
def test_a_folder_that_cannot_be_synced_is_no_error(
    report: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    real, error = os.fsync, OSError(code, os.strerror(code))
    monkeypatch.setattr(os, "fsync", lambda handle: real(handle) if not _is_folder(handle) else _raise(error))

    assert files.write(report, NEW)
    assert report.read_bytes() == NEW


def _is_folder(handle: int) -> bool:
    return Path(f"/proc/self/fd/{handle}").is_dir()


def _raise(error: OSError) -> None:
    raise error


@pytest.mark.posix
def test_the_data_is_on_disk_before_it_is_in_place_and_the_place_before_the_end(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, put = os.fsync, files._put_in_place

    def note_sync(handle: int) -> None:
        done.append("folder" if _is_folder(handle) else "file")
        sync(handle)

    def note_rename(path: Path, target: Path) -> None:
        done.append("rename")
        put(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(files, "_put_in_place", note_rename)

    files.write(report, NEW)

    assert done == ["file", "rename", "folder"]


# --- a file that somebody holds ---------------------------------------------------------------------------


def as_on_windows(winerror: int) -> PermissionError:
    """What a rename raises there: 5 access denied, 32 somebody holds the file, 33 a part of it."""
    error = PermissionError(13, "Permission denied")
    error.__dict__["winerror"] = winerror  # an attribute of every OSError there, of none here
    return error


HELD = as_on_windows(32)


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("times", [0, 1, 5, 8])
def test_a_held_file_is_tried_again(
    report: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], times: int, winerror: int
) -> None:
    real = files._put_in_place
    monkeypatch.setattr(files, "_put_in_place", failing(as_on_windows(winerror), times, real))

    assert files.write(report, NEW)
    assert report.read_bytes() == NEW
    assert len(no_pauses) == times + 1


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), as_on_windows(19)])
def test_a_file_that_nobody_holds_is_not_waited_for(
    report: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], error: OSError
) -> None:
    """Who may not write here may not write in three seconds either."""
    monkeypatch.setattr(files, "_put_in_place", failing(error))

    with pytest.raises(ReportError, match="cannot write here: Permission denied"):
        files.write(report, NEW)

    assert sum(no_pauses) == 0


def test_a_file_held_for_long_is_named_with_what_to_do(
    report: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: list[float]
) -> None:
    """What copies to a cloud gets some seconds; a person is not kept waiting longer."""
    monkeypatch.setattr(files, "_put_in_place", failing(HELD))

    with pytest.raises(ReportError) as caught:
        files.write(report, NEW)

    assert report.read_bytes() == OLD
    assert strays(report.parent) == []
    assert 2.5 < sum(no_pauses) < 3.5
    (problem,) = caught.value.problems
    assert format_problem(problem).startswith(
        f"{report}: error[file/held]: another program holds this file: Permission denied\n"
        "    hint: Close it in Word or WPS, in Explorer's preview pane"
    )
    for reason in ("WPS", "预览窗格", "其他电脑", "只读", "勒索软件防护"):
        assert reason in format_problem(problem, "zh")


# --- places that cannot be written ------------------------------------------------------------------------


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "report.md" / "inside").mkdir(parents=True)

    with pytest.raises(ReportError, match="a folder of this name stands where a file is to be written"):
        files.write(tmp_path / "report.md", NEW)

    assert (tmp_path / "report.md" / "inside").is_dir()
    assert strays(tmp_path) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(OLD)

    with pytest.raises(ReportError, match="output' is a file, and a folder is needed"):
        files.write(tmp_path / "output" / "2023" / "report.md", NEW)

    assert (tmp_path / "output").read_bytes() == OLD


@pytest.mark.posix
def test_a_name_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(ReportError, match=f"this path is too long, {len(str(path))} letters"):
        files.write(path, NEW)


def test_a_path_that_windows_does_not_take_is_told_by_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows itself says no more than that there is no such folder."""
    path = tmp_path / "单位" / ("报告" * 60) / ("x" * 200)
    told = partial(files._code, path, FileNotFoundError(2, "No such file or directory"))

    assert told() == "file/unwritable"
    monkeypatch.setattr(os, "name", "nt")
    code = told()
    monkeypatch.undo()
    assert code == "file/path-too-long"


def test_the_temporary_file_is_no_longer_than_a_short_name(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the report's own name just fits, so does its temporary one."""
    seen: list[Path] = []
    put = files._put_in_place

    def note(old: Path, new: Path) -> None:
        seen.append(old)
        put(old, new)

    monkeypatch.setattr(files, "_put_in_place", note)

    files.write(report.with_name("x" * 250), NEW)

    assert re.fullmatch(r"\.~[0-9a-f]{1,8}-[0-9a-f]+\.tmp", seen[0].name)
    assert len(seen[0].name) < 24


def test_two_that_write_into_one_folder_begin_two_files(tmp_path: Path) -> None:
    """Two machines on one share may have processes of one number: neither writes into the other's file."""
    first, one = files._begun(tmp_path)
    taken = [
        tmp_path / f".~{os.getpid():x}-{n:x}.tmp" for n in range(int(first.stem.split("-")[1], 16), 10_000)
    ]
    taken[1].write_bytes(OLD)
    second, other = files._begun(tmp_path)
    one.close()
    other.close()

    assert second == taken[2]
    assert taken[1].read_bytes() == OLD


@pytest.mark.posix
def test_a_read_only_folder(report: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    report.parent.chmod(0o500)
    try:
        with pytest.raises(ReportError, match="Permission denied"):
            files.write(report, NEW)
    finally:
        report.parent.chmod(0o700)

    assert report.read_bytes() == OLD


@pytest.mark.posix
def test_a_full_disk(report: Path) -> None:
    program = """\
import resource, sys
from pathlib import Path
from reports import files
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
files.write(Path(sys.argv[1]), b"x" * 1_000_000)
"""
    ran = subprocess.run([sys.executable, "-c", program, report], cwd=ROOT, capture_output=True, check=False)

    assert b"cannot write here: File too large" in ran.stderr
    assert report.read_bytes() == OLD
    assert strays(report.parent) == []


# --- killed -----------------------------------------------------------------------------------------------

WRITER = """\
import sys
from pathlib import Path
from reports import files
path = Path(sys.argv[1])
print("ready", flush=True)
for n in range(10**9):
    files.write(path, bytes([65 + n % 26]) * 3_000_000)
"""


def test_a_killed_writer_leaves_the_old_file_or_the_new_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"A" * 3_000_000)
    chance = random.Random(2023)  # noqa: S311 - chance, not secrecy
    left = 0
    for _ in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path], cwd=ROOT, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == b"ready\n"
            child.stdout.close()
            _wait(chance.uniform(0, 0.05))
            child.kill()
        left += len(strays(tmp_path))
        data = path.read_bytes()
        assert len(data) == 3_000_000
        assert len(set(data)) == 1
        files.sweep(tmp_path)
        assert strays(tmp_path) == []
    assert left  # else nothing was killed half-way


def _wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


# --- sweeping ---------------------------------------------------------------------------------------------


def test_temporary_files_of_living_processes_stay(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        pids = (os.getpid(), child.pid)
        mine, theirs = (tmp_path / f".~{pid:x}-0.tmp" for pid in pids)
        old_form = [tmp_path / f".report.docx.{pid}.tmp" for pid in pids]
        for path in (mine, theirs, *old_form):
            path.touch()

        files.sweep(tmp_path)

        assert {*tmp_path.iterdir()} == {mine, theirs, *old_form}
        child.kill()
    files.sweep(tmp_path)
    assert {*tmp_path.iterdir()} == {mine, old_form[0]}


def test_what_somebody_else_calls_tmp_stays(tmp_path: Path) -> None:
    names = [
        ".report.tmp",
        "report.1.tmp",
        ".a.b.tmp",
        ".a.².tmp",
        ".~x-1.tmp",
        ".~1.tmp",
        ".1.tmp.docx",
        "~$report.docx",
        ".tmp",
    ]
    for name in names:
        (tmp_path / name).touch()

    files.sweep(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_number_that_no_process_has_is_swept(tmp_path: Path) -> None:
    (tmp_path / f".report.docx.{10**30}.tmp").touch()
    (tmp_path / f".~{10**30:x}-0.tmp").touch()

    files.sweep(tmp_path)

    assert strays(tmp_path) == []


def test_sweeping_goes_on_where_it_may_not_and_where_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f".report.docx.{10**30}.tmp").touch()
    monkeypatch.setattr(Path, "unlink", failing(HELD))

    files.sweep(tmp_path)
    files.sweep(tmp_path / "not there")


# --- all or none --------------------------------------------------------------------------------------------


@pytest.fixture
def pair(tmp_path: Path) -> dict[Path, bytes]:
    """What two files are to become, one in a folder that is not there yet; beside them one that is as it is to be."""
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "same").write_bytes(b"same")
    os.utime(tmp_path / "same", (1, 1))
    return {tmp_path / "a": b"new a", tmp_path / "deep/b": b"new b", tmp_path / "same": b"same"}


def test_all_are_put_in_place(pair: dict[Path, bytes], tmp_path: Path) -> None:
    files.write_all(pair)
    assert {path: path.read_bytes() for path in pair} == pair
    assert (tmp_path / "same").stat().st_mtime == 1
    assert not [*tmp_path.rglob(".*")]


@pytest.mark.parametrize("failing_at", [0, 1])
def test_one_that_cannot_be_put_in_place_brings_all_back(
    pair: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_at: int
) -> None:
    put, refused = files._put_in_place, [*pair][failing_at]

    def refuse(old: Path, new: Path) -> None:
        if new == refused:
            raise PermissionError(13, "Permission denied")
        put(old, new)

    monkeypatch.setattr(files, "_put_in_place", refuse)
    with pytest.raises(ReportError, match="cannot write here"):
        files.write_all(pair)
    assert (tmp_path / "a").read_bytes() == b"old a"
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a", "same"}


def test_every_file_that_is_held_is_named_and_nothing_is_touched(
    pair: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_pauses: list[float]
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/b").write_bytes(b"old b")
    real = Path.open

    def held(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        if mode == "r+b":
            raise as_on_windows(32)
        return real(path, mode, *given, **named)

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(ReportError) as refused:
        files.write_all(pair)
    assert [(p.code, p.where.file) for p in refused.value.problems] == [
        ("file/held", str(tmp_path / "a")),
        ("file/held", str(tmp_path / "deep/b")),
    ]
    assert sum(no_pauses) > 1
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "deep/b").read_bytes()) == (b"old a", b"old b")


def test_an_interruption_brings_all_back(
    pair: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = files._put_in_place

    def interrupt(old: Path, new: Path) -> None:
        if new.name == "b":
            raise KeyboardInterrupt
        put(old, new)

    monkeypatch.setattr(files, "_put_in_place", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_all(pair)
    assert (tmp_path / "a").read_bytes() == b"old a"
    assert not [*tmp_path.rglob(".*")]
