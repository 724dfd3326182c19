"""Commands killed on purpose: at their n-th step that changes something, or at a moment of somebody's choosing.

A process that has loaded the product waits for orders and forks a child for each, so that a kill costs the work of
the command and not the start of Python. The child is a process like any other: SIGKILL leaves it no last word.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.workplace import NOW, ROOT, small_house

#: A step no command comes to: it is counted, not killed.
NEVER = 10**9

#: Counts the steps of the process it runs in, and kills it at the n-th. A step lies before and after everything that
#: changes a file, a transaction, or what the other side of a connection knows; and amid the writing of a file.
_KILLER = """
import logging, os, pathlib, signal, smtplib, socket, sqlite3, ssl
deadly = steps = 0
def step():
    global steps
    steps += 1
    if steps == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
def counted(owner, name):
    function = getattr(owner, name)
    def call(*given, **named):
        step()
        result = function(*given, **named)
        step()
        return result
    setattr(owner, name, call)
def halves(write):
    def call(data):
        write(data[: len(data) // 2])
        step()
        return len(data) // 2 + write(data[len(data) // 2 :])
    return call
def opened(function):
    def call(path, mode="r", *given, **named):
        file = function(path, mode, *given, **named)
        if mode == "xb":
            step()
            file.write = halves(open(file.fileno(), "wb", buffering=0, closefd=False).write)
        return file
    return call
class Connection(sqlite3.Connection):
    def execute(self, statement, *given):
        changes = statement.split()[0] in ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "PRAGMA")
        if changes:
            step()
        result = super().execute(statement, *given)
        if changes:
            step()
        return result
    def close(self):
        step()
        super().close()
        step()
def arm(n):
    global deadly
    deadly = n
    for owner, names in (
        (os, ("fsync", "mkdir", "rmdir", "rename", "replace", "unlink", "utime")),
        (logging.StreamHandler, ("emit",)),
        (socket.socket, ("sendall",)),
        (ssl.SSLSocket, ("sendall",)),
        (smtplib.SMTP, ("getreply",)),
    ):
        for name in names:
            counted(owner, name)
    pathlib.Path.open = opened(pathlib.Path.open)
    connect = sqlite3.connect
    sqlite3.connect = lambda *given, **named: connect(*given, **{"factory": Connection, **named})
"""
#: What the resident job does in three minutes and a day later; its clock is the test's.
_ROUNDS = """
def rounds(arguments):
    from datetime import datetime, timedelta
    from pathlib import Path
    from reports.pipeline.read import STATE, Folders
    from reports.publishing.delivery import send
    from reports.publishing.delivery import intents
    from reports.publishing.scheduler.resident import Resident, logger
    folders = Folders(Path("data"), Path("templates"), Path("output"))
    at = datetime.fromisoformat(arguments[0])
    moments = [at, at + timedelta(minutes=1), at + timedelta(minutes=2), at + timedelta(days=1)]
    log = logger(folders.output / STATE / "log", "lines")
    job = Resident(folders, log, "en", intents.intents, clock=lambda: moments[0])
    while moments:
        job.round()
        moments.pop(0)
    return 0
"""
_FORGE = (
    _KILLER
    + _ROUNDS
    + """
import json, sys, traceback
import reports.publishing.scheduler.resident
from reports.cli.main import main
def work(order):
    os.chdir(order["folder"])
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    status = 70
    try:
        if order["kill"]:
            arm(order["kill"])
        first, *rest = order["arguments"]
        status = rounds(rest) if first == "rounds" else main(order["arguments"])
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    if order["kill"]:
        with open(order["steps"], "w") as file:
            file.write(str(steps))
    os._exit(status)
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
os.chdir(sys.argv[1])  # a house to make everything in once: what is loaded by then, no child needs to load
for words in (["run-due"], ["approve", "memo", "2023Q2"], ["deliver"]):
    assert main([*words, "--now", sys.argv[2]]) == 0
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(json.loads(line))
    print(child, file=answers, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
"""
)


@dataclass(frozen=True)
class Ended:
    """What became of a command: its status (negative: killed), what it said, how long it took."""

    status: int
    said: str
    wrong: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.status == -signal.SIGKILL


class Forge:
    """Runs commands of the product, each in a process of its own. A context manager."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder, self._environment = folder, {"REPORTS_LANG": "en", **environment}

    def __enter__(self) -> Self:
        """Load the product, and try it."""
        small_house(self._folder / "warm")
        script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{_FORGE}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", script, str(self._folder / "warm"), NOW.isoformat()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **self._environment},
        )  # fmt: skip
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let it go."""
        self._process.communicate(timeout=60)

    def steps(self, house: Path, arguments: Sequence[str]) -> int:
        """Run *arguments* in *house* to their end; return how many steps that took."""
        ended = self.run(house, arguments, kill=NEVER)
        assert not ended.killed, ended
        return int((self._folder / "steps").read_text("utf-8"))

    def run(
        self, house: Path, arguments: Sequence[str], *, kill: int = 0, after: float | None = None
    ) -> Ended:
        """Run *arguments* in *house*; killed at its step number *kill*, or *after* so many seconds."""
        places = {name: str(self._folder / name) for name in ("out", "err", "steps")}
        order = {"folder": str(house), "arguments": list(arguments), "kill": kill, **places}
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        child, began = int(self._process.stdout.readline()), time.monotonic()
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):  # it was done before
                os.kill(child, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        said, wrong = (Path(places[name]).read_text("utf-8", "replace") for name in ("out", "err"))
        return Ended(status, said, wrong, time.monotonic() - began)
