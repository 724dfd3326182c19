"""Every command that changes something, killed at any of its steps and at any moment, and simply run again.

A sample of the steps and moments in a test run; all steps, and two hundred moments a command, with REPORTS_ALL_STEPS.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reports import files
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import STATE, Folders
from reports.publishing import approval, drafts, outbox, output_folder
from reports.publishing.acts import acts
from reports.publishing.database import DamagedError
from reports.publishing.delivery import intents
from reports.publishing.delivery.intents import short_id
from reports.publishing.delivery.send import deliver
from reports.publishing.delivery.shared_folder import WORKSHOP
from reports.publishing.ledger import Ledger
from reports.publishing.memory.backup import back_up
from tests.support.killing import Ended, Forge
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

pytestmark = pytest.mark.posix

ALL = bool(os.environ.get("REPORTS_ALL_STEPS"))
#: How many steps of a command, and how many moments, make a sample.
SAMPLE, MOMENTS = 4, 200 if ALL else 1

Q2 = Period.parse("2023Q2")
AT = ("--now", NOW.isoformat())
LATER = ("--now", (NOW + timedelta(hours=1)).isoformat())
#: What `run.py backup backups` makes at that moment.
BACKUP = "backups/progress-reports-20230711-090000"
#: Folders a command writes to.
WRITTEN = ("output", "share", "eml", "backups", "data")
#: The letter goes out by itself; its leader reads English.
LEADER = "    default: true\n    recipients:\n      leadership: [{name: {zh: 王, en: Wang}, address: wang@example.org, lang: en}]\n"


# --- houses in which something is about to happen -----------------------------------------------------------


def fresh(_house: Folders) -> None:
    """Nothing was made yet."""


def built(house: Folders) -> None:
    drafts.build(house, Order(("letter", "memo"), Q2), NOW, correct=True)


def edited(house: Folders) -> None:
    """Drafts, and records that have changed since."""
    built(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")


def issued(house: Folders) -> None:
    """What was issued, and sent; then the records have changed."""
    waiting(house)
    ledger = outbox_of(house)
    for entry in outbox.entries(ledger, "pending"):
        outbox.begin(ledger, entry.intent.message_id, NOW)
        outbox.end(ledger, entry.intent.message_id, "sent", NOW, answer="250 taken")
    ledger.close()
    edit(house.data / "records.yaml", "理事会", "全体会议")


def corrected(house: Folders) -> None:
    """The draft of a correction."""
    issued(house)
    built(house)


def waiting(house: Folders) -> None:
    """An issue that nobody has got yet."""
    built(house)
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=fail, post=intents.intents)


def replaced(house: Folders) -> None:
    """An issue that everybody has got, and its correction, which nobody has got yet."""
    waiting(house)
    deliver(house, NOW, tell=fail)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    waiting(house)


def doubtful(house: Folders) -> None:
    """An issue of which nobody knows whether it arrived."""
    waiting(house)
    ledger = outbox_of(house)
    for entry in outbox.entries(ledger, "pending"):
        outbox.begin(ledger, entry.intent.message_id, NOW)
        outbox.end(ledger, entry.intent.message_id, "unknown", NOW, answer="connection lost")
    ledger.close()


def damaged(house: Folders) -> None:
    """All was issued and sent; then the disk lost the ledger."""
    issued(house)
    with output_folder.opened(house, "build", NOW, tell=fail):
        pass  # makes a backup
    path = house.output / STATE / "ledger.sqlite"
    path.write_bytes(path.read_bytes()[:5000])


def forgotten(house: Folders) -> None:
    """All was issued and sent; then the state was lost."""
    issued(house)
    shutil.rmtree(house.output / STATE)


def backed_up(house: Folders) -> None:
    """A backup, and a disk that died since."""
    waiting(house)
    back_up(house, house.data.parent / "backups", NOW, tell=fail)
    shutil.rmtree(house.output)


def gone_on(house: Folders) -> None:
    """A backup, and a correction that was issued since."""
    issued(house)
    back_up(house, house.data.parent / "backups", NOW, tell=fail)
    built(house)
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=fail)


def outbox_of(house: Folders) -> Ledger:
    return Ledger.open(house.output / STATE, files.write, files.move)[0]


# --- the commands -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A command in a house; *again*: the statuses it may have when all was done before it was killed."""

    name: str
    prepare: Callable[[Folders], None]
    command: tuple[str, ...]
    again: tuple[int, ...] = (0,)
    sends: bool = False


SCENES = (
    Scene("run-due", fresh, ("run-due", *AT), sends=True),
    Scene("run-due, ledger damaged", damaged, ("run-due", *AT), sends=True),
    Scene("build", fresh, ("build", "letter", "memo", "--period=2023Q2", *AT)),
    Scene("build over a draft", edited, ("build", "letter", "memo", "--period=2023Q2", *AT)),
    Scene("build over an issue", issued, ("build", "letter", "memo", "--period=2023Q2", "--correct", *AT)),
    Scene("approve", built, ("approve", "memo", "2023Q2", "--by=W", *AT), again=(0, 1)),
    Scene("approve a correction", corrected, ("approve", "memo", "2023Q2", "--by=W", *AT), again=(0, 1)),
    Scene("deliver", waiting, ("deliver", *AT), sends=True),
    Scene("deliver a correction", replaced, ("deliver", *AT), sends=True),
    Scene("deliver --eml", waiting, ("deliver", "--eml=eml", *AT)),
    Scene("outbox resend", doubtful, ("outbox", "resend", "ID", *AT)),
    Scene("outbox drop", doubtful, ("outbox", "drop", "ID", *AT), again=(0, 1)),
    Scene("adopt", forgotten, ("adopt", "--by=W", *AT)),
    Scene("backup", issued, ("backup", "backups", *AT)),
    Scene("restore", backed_up, ("restore", BACKUP, "--by=W", *AT)),
    Scene("restore an older one", gone_on, ("restore", BACKUP, "--older", "--by=W", *AT)),
    Scene("discard", built, ("discard", "memo", "2023Q2", "--by=W", *AT), again=(0, 1)),
    Scene("discard a correction", corrected, ("discard", "memo", "2023Q2", "--by=W", *AT), again=(0, 1)),
    Scene(
        "withdraw", issued, ("withdraw", "memo/2023Q2", "--why=x", "--by=W", *AT), again=(0, 1), sends=True
    ),
    Scene("skip", fresh, ("skip", "memo", "2023Q2", "--why=x", "--by=W", *AT), again=(0, 1)),
    Scene("rename a report", waiting, ("rename", "memo", "note", "--by=W", *AT), again=(0, 1), sends=True),
    Scene("rename a record", issued, ("rename", "slides", "notes", "--by=W", *AT), again=(0, 1)),
    Scene("schedule", fresh, ("rounds", NOW.isoformat()), sends=True),
)


@dataclass
class Stage:
    """A scene set up so that it can be played any number of times."""

    scene: Scene
    house: Folders
    forge: Forge
    server: Server
    command: tuple[str, ...] = ()
    steps: int = 0
    seconds: float = 0.0
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)
    wanted: frozenset[tuple[str, str]] = frozenset()

    @property
    def root(self) -> Path:
        return self.house.data.parent

    @property
    def kept(self) -> Path:
        """What the folders the command writes to were like before."""
        return self.root.with_name("kept")

    def set(self) -> None:
        """Put everything back."""
        for name in WRITTEN:
            shutil.rmtree(self.root / name, ignore_errors=True)
            if (self.kept / name).exists():
                shutil.copytree(self.kept / name, self.root / name)
        self.server.taken.clear()

    def run(self, *command: str, **how: Any) -> Ended:
        return self.forge.run(self.root, command or self.command, **how)

    def finish(self) -> None:
        """Run the command again, and do what a person does afterwards: say of the unknown that it be sent again."""
        ended = self.run()
        assert ended.status in self.scene.again or (self.scene.sends and self.unknown()), ended
        assert "Traceback" not in ended.wrong, ended
        if not self.scene.sends:
            return
        for entry in self.unknown():
            assert self.run("outbox", "resend", short_id(entry.intent), *AT).status == 0
        ended = self.run("deliver", *LATER)
        assert ended.status == 0, ended

    def unknown(self) -> tuple[outbox.Entry, ...]:
        try:
            return outbox.entries(ledger_of(self.house), "unknown")
        except DamagedError:  # as long as nothing has restored it
            return ()


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    with Forge(tmp_path_factory.mktemp("forge"), {VARIABLE: PASSWORD}) as running:
        yield running


@pytest.fixture(params=SCENES, ids=lambda scene: scene.name)
def stage(
    request: pytest.FixtureRequest, forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    house = small_house(tmp_path / "house")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    edit(house.data / "reports.yaml", "    default: true\n", LEADER)
    (house.data.parent / "share").mkdir()
    with serving(Server()) as server:
        switch_on(house, server, f"folder: {{path: {house.data.parent / 'share'}}}\n")
        scene: Scene = request.param
        scene.prepare(house)
        stage = Stage(scene, house, forge, server)
        for name in WRITTEN:
            if (stage.root / name).exists():
                shutil.copytree(stage.root / name, stage.kept / name)
        rehearse(stage)
        yield stage


def rehearse(stage: Stage) -> None:
    """Play the scene once without a kill: what is so then must be so in the end, whatever happens between."""
    named = next((short_id(entry.intent) for entry in stage.unknown()), "")
    stage.command = tuple(named if word == "ID" else word for word in stage.scene.command)
    stage.before = seen(stage)
    stage.set()
    stage.steps = stage.forge.steps(stage.root, stage.command)
    stage.set()
    ended = stage.run()
    assert ended.status == 0, ended
    stage.seconds = ended.seconds
    stage.finish()
    stage.after, stage.remembered = seen(stage), remembered(stage)
    stage.wanted = frozenset(letters(stage))
    assert len(letters(stage)) == len(stage.wanted)
    assert bool(stage.wanted) == stage.scene.sends


def seen(stage: Stage) -> dict[str, bytes]:
    """What people see: in the output folder, the shared folder, the folders of messages and of backups, the data."""
    found = {f"output/{name}": data for name, data in visible(stage.house).items()}
    for name in WRITTEN[1:]:
        paths = [p for p in (stage.root / name).rglob("*") if p.is_file() and not is_at_work(p)]
        found.update({p.relative_to(stage.root).as_posix(): p.read_bytes() for p in paths})
    return found


def is_at_work(path: Path) -> bool:
    """Whether a file lies where nobody looks before it is whole."""
    holds = path.name in (
        ".lock",
        ".lock.holder",
    )  # who held the data folder last; the lock itself is the system's
    return holds or WORKSHOP in path.parts or any(part.endswith(".unfinished") for part in path.parts)


def remembered(stage: Stage) -> dict[str, Any]:
    """What the ledger says, but how often something was begun."""
    ledger = ledger_of(stage.house)
    entries = [e for e in outbox.entries(ledger) if e.intent.kind != "undelivered"]
    return {
        "issues": sorted(
            (i.report, i.period, i.revision, i.state, str(i.number), sorted(i.files.items()), len(i.changes))
            for i in ledger.issues()
        ),
        "turns": sorted(ledger.done().settled),
        "failures": ledger.done().failures,
        "acts": [
            (a.what, a.by, a.report, a.period, a.revision, a.why, dict(a.details))
            for a in acts(ledger)
            if a.what != "resend"  # a person says it as often as something is unknown
        ],
        "outbox": sorted((e.intent.message_id, e.intent.recipient, e.state) for e in entries),
    }


def letters(stage: Stage) -> list[tuple[str, str]]:
    """Who got which message, every copy; what the secretariat is told of an unknown outcome aside."""
    taken = [(to, str(message["Message-ID"])) for to, message in stage.server.taken]
    return [(to, key) for to, key in taken if ".undelivered@" not in key]


def fail(problem: object) -> None:
    pytest.fail(str(problem))


# --- what must be true --------------------------------------------------------------------------------------


def nothing_is_torn(stage: Stage, when: object) -> None:
    """Right after a kill: every file people see is the one before or the one after."""
    for name, data in seen(stage).items():
        hidden = name.rpartition("/")[2].startswith(".")
        assert hidden or data in {stage.before.get(name), stage.after.get(name)}, (when, name)
    strays = [p for p in (stage.root / "share").rglob("*.tmp") if WORKSHOP not in p.parts]
    assert not strays, when


def everything_is_there_once(stage: Stage, doubtful: set[str], when: object) -> None:
    """In the end: nothing lost, nothing double, nothing left behind. *doubtful*: what was unknown after the kill."""
    assert seen(stage) == stage.after, when
    assert remembered(stage) == stage.remembered, when
    ends = (".tmp", ".holder", "-journal", "-wal", "-shm", ".unfinished")
    assert not [p for p in stage.root.rglob("*") if p.name.endswith(ends)], when
    copies = Counter(letters(stage))
    assert set(copies) == stage.wanted, when
    double = {key for (_, key), count in copies.items() if count > 1}
    assert max(copies.values(), default=1) <= 2, when
    assert double <= doubtful, when


def killed(stage: Stage, when: object, **how: Any) -> bool:
    """Kill, look, run again, look; return whether the kill came before the end."""
    stage.set()
    ended = stage.run(**how)
    assert ended.killed or ended.status == 0, (when, ended)
    nothing_is_torn(stage, when)
    in_doubt = {entry.intent.message_id for entry in stage.unknown()} if stage.scene.sends else set()
    stage.finish()
    everything_is_there_once(stage, in_doubt, when)
    return ended.killed


def test_killed_at_any_step_or_moment_it_is_completed_by_running_it_again(stage: Stage) -> None:
    count, chance = stage.steps, random.Random(6)  # noqa: S311 - a game
    sample = {1 + n * (count - 1) // (SAMPLE - 1) for n in range(SAMPLE)}
    steps = range(1, count + 1) if ALL else sorted(sample)
    moments = [chance.uniform(0, stage.seconds) for _ in range(MOMENTS)]
    there = sum(killed(stage, f"step {step} of {count}", kill=step) for step in steps)
    then = sum(killed(stage, f"after {moment:.4f} s", after=moment) for moment in moments)
    print(f"{count} steps, {there} kills there; {len(moments)} moments, {then} kills then")  # noqa: T201 - shown by -rA
    assert there >= 3
