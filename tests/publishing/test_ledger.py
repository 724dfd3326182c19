"""The ledger: what it keeps, how it is migrated, and that damage is found, kept aside and mended."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reports import files
from reports.diagnostics.problems import ReportError
from reports.model.periods import Period
from reports.model.schedule import Failure
from reports.publishing import database, outbox, row_checksums
from reports.publishing.issue import Issue, Run, Stored
from reports.publishing.ledger import Ledger, find

NOW = datetime(2023, 7, 10, 1, 0, tzinfo=UTC)
TURN = ("letter", "2023Q2")


def opened(folder: Path) -> Ledger:
    ledger, problems = Ledger.open(folder, files.write, files.move)
    assert problems == ()
    return ledger


def filled(folder: Path) -> Ledger:
    """A ledger in which something of every kind stands, with its backup."""
    ledger = opened(folder)
    ledger.add_run(
        Run(NOW, "schedule", "letter", "2023Q2", "done", {"data": "d"}, {"python": "3"}, {"a.md": "1"})
    )
    issued(ledger, "2023Q2")
    ledger.settle(TURN, "made", NOW, "note")
    ledger.fail(("memo", "2023Q2"), Failure(1, NOW, NOW + timedelta(minutes=1)), "no")
    ledger.remind(("memo", "2023Q3"), 7, NOW)
    outbox.put(ledger, [intent("one"), intent("two")], NOW)
    ledger.back_up()
    return ledger


def issued(ledger: Ledger, period: str, revision: int = 1, before: int = 17) -> Issue:
    snapshot = ledger.add_snapshot(b'{"a": {"": "meetings"}}', NOW)
    draft = Issue(0, "letter", period, revision, "draft", {"letter/a.md": Stored("1", "2")}, snapshot, NOW)
    when = Period.parse(period)
    approved = ledger.approve(
        ledger.put_draft(draft), NOW, year=when.year, nth=when.nth, before=before, by="王"
    )
    return ledger.issue(approved, NOW)


def intent(name: str) -> outbox.Intent:
    return outbox.Intent(f"<{name}@x>", "issue", "email", "a@example.org", payload={"n": 1})


def told(ledger: Ledger) -> object:
    """Everything the ledger says."""
    snapshots = [ledger.snapshot(issue.snapshot) for issue in ledger.issues()]
    return (
        snapshots,
        ledger.runs(),
        ledger.issues(),
        ledger.done(),
        outbox.entries(ledger),
        outbox.deliveries(ledger),
    )


# --- what is kept -----------------------------------------------------------------------------------------


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with closing(opened(tmp_path)) as ledger:
        [issue] = ledger.issues()
        assert (issue.state, issue.approved_by, issue.name) == ("issued", "王", "letter/2023Q2")
        assert issue.number
        assert issue.number.label("zh") == "2023年第2期 总第18期"
        assert ledger.snapshot(issue.snapshot) == b'{"a": {"": "meetings"}}'
        assert ledger.done().settled == {TURN}
        assert ledger.done().reminded == {("memo", "2023Q3"): 7}
        assert ledger.runs("letter")[0].outputs == {"a.md": "1"}
        assert find(ledger.issues(), "letter/2023Q2") == issue
        with pytest.raises(ReportError, match="there is no issue"):
            find(ledger.issues(), "letter/2023Q3")


def test_numbers_go_on_and_a_revision_keeps_its_own(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    numbers = [
        issued(ledger, "2023Q2"),
        issued(ledger, "2023Q3"),
        issued(ledger, "2023Q2", 2),
        issued(ledger, "2023Q4"),
    ]
    assert [issue.number.total for issue in numbers if issue.number] == [18, 19, 18, 20]
    assert [issue.state for issue in ledger.issues("letter", "2023Q2")] == ["superseded", "issued"]


@pytest.mark.parametrize(
    ("before", "periods", "told"),
    [
        # the first ever is the first of its year too, whichever quarter it tells of
        (0, ["2026Q2", "2026Q3"], ["2026年第1期 总第1期", "2026年第2期 总第2期"]),
        # what was issued before this ledger was, as far as there was so much, of this year
        (1, ["2026Q3"], ["2026年第2期 总第2期"]),
        (17, ["2026Q3", "2026Q4"], ["2026年第3期 总第18期", "2026年第4期 总第19期"]),
        # from quarters to halves no number comes twice
        (
            0,
            ["2026Q1", "2026Q2", "2026H2", "2027H1"],
            ["2026年第1期 总第1期", "2026年第2期 总第2期", "2026年第3期 总第3期", "2027年第1期 总第4期"],
        ),
        # numbers are of issues: what is left out has none, what comes late the next
        (
            0,
            ["2026Q1", "2026Q3", "2026Q2", "2027-W09"],
            ["2026年第1期 总第1期", "2026年第2期 总第2期", "2026年第3期 总第3期", "2027年第1期 总第4期"],
        ),
        # a year of before the ledger is counted like the first one
        (17, ["2026Q1", "2025Q4"], ["2026年第1期 总第18期", "2025年第4期 总第19期"]),
    ],
)
def test_an_issue_is_numbered_in_its_year_as_they_are_issued(
    before: int, periods: list[str], told: list[str], tmp_path: Path
) -> None:
    ledger = opened(tmp_path)
    numbers = [issued(ledger, period, before=before).number for period in periods]
    assert [number.label("zh") for number in numbers if number] == told


def test_issues_that_were_numbered_by_their_period_keep_their_numbers(tmp_path: Path) -> None:
    """The first ever was once printed 第2期 总第1期, being of the second quarter."""
    ledger = opened(tmp_path)
    issued(ledger, "2026Q2", before=0)
    with ledger.transaction(NOW):
        row_checksums.put(
            ledger.connection, "issues", {"report": "letter", "period": "2026Q2", "revision": 1}, {"nth": 2}
        )
    numbers = [issued(ledger, "2026Q2", 2).number, issued(ledger, "2026Q3", before=0).number]
    assert [number.label("zh") for number in numbers if number] == [
        "2026年第2期 总第1期",
        "2026年第3期 总第2期",
    ]


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    ledger = opened(tmp_path)

    def cut_off() -> None:
        with ledger.transaction(NOW):
            ledger.settle(TURN, "made", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert ledger.done().settled == frozenset()


def test_a_failure_is_forgotten_when_its_turn_is_settled(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    ledger.fail(TURN, Failure(1, NOW, NOW), "no")
    ledger.fail(TURN, Failure(2, NOW, NOW + timedelta(minutes=5)), "no")
    assert ledger.done().failures[TURN].count == 2
    assert ledger.settle(TURN, "made", NOW)
    assert not ledger.settle(TURN, "skipped", NOW)
    assert ledger.done().failures == {}


def test_the_file_is_written_through_and_named(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as ledger:
        values = [
            ledger.connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous")
        ]
        assert values == ["delete", 3]  # EXTRA: that the journal is gone is on disk, too


# --- outbox -----------------------------------------------------------------------------------------------


def test_an_intent_is_stored_once_and_sent_once(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    assert outbox.put(ledger, [intent("one"), intent("one"), intent("two")], NOW) == 2
    assert [e.intent.message_id for e in outbox.waiting(ledger, NOW)] == ["<one@x>", "<two@x>"]
    assert outbox.begin(ledger, "<one@x>", NOW).state == "unknown"
    assert outbox.end(ledger, "<one@x>", "sent", NOW, answer="250 ok").answer == "250 ok"
    later = NOW + timedelta(minutes=30)
    outbox.begin(ledger, "<two@x>", NOW)
    outbox.end(ledger, "<two@x>", "pending", NOW, answer="451 later", next_try=later)
    assert outbox.waiting(ledger, NOW) == ()
    assert [e.attempts for e in outbox.waiting(ledger, later)] == [1]
    assert [d.outcome for d in outbox.deliveries(ledger)] == ["sent", "pending"]


def test_an_attempt_that_was_cut_off_stays_unknown_until_a_person_says(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    outbox.put(ledger, [intent("one"), intent("two")], NOW)
    outbox.begin(ledger, "<one@x>", NOW)
    outbox.begin(ledger, "<two@x>", NOW)
    assert outbox.waiting(ledger, NOW + timedelta(days=9)) == ()
    assert outbox.resend(ledger, "<one@x>", NOW).state == "pending"
    assert outbox.drop(ledger, "<two@x>", NOW).state == "dropped"
    with pytest.raises(KeyError):
        outbox.begin(ledger, "<three@x>", NOW)


def test_intents_go_with_the_transaction_they_belong_to(tmp_path: Path) -> None:
    ledger = opened(tmp_path)

    def cut_off() -> None:
        with ledger.transaction(NOW):
            outbox.put(ledger, [intent("one")], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert outbox.entries(ledger) == ()


# --- older and newer --------------------------------------------------------------------------------------


def test_a_ledger_of_the_first_version_is_brought_up_and_a_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / database.NAME
    path.write_bytes(database.new(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.row_factory = sqlite3.Row
        values = {"report": "letter", "period": "2023Q1", "outcome": "made", "at": NOW.isoformat()}
        row_checksums.insert(old, "turns", values)
        issue = {
            "report": "letter",
            "period": "2023Q1",
            "revision": 1,
            "state": "draft",
            "files": "{}",
            "built": NOW.isoformat(),
        }
        row_checksums.insert(old, "issues", {**issue, "snapshot": ""})
    with closing(opened(tmp_path)) as ledger:
        assert ledger.done().settled == {("letter", "2023Q1")}
        assert ledger.issues()[0].changes == ()
        assert outbox.put(ledger, [intent("one")], NOW) == 1
        ledger.back_up()
    with closing(opened(tmp_path)) as again:
        assert len(again.issues()) == 1
    kept = sqlite3.connect(tmp_path / "ledger.version-1.sqlite")
    with closing(kept):
        assert kept.execute("PRAGMA user_version").fetchone()[0] == 1


def test_a_ledger_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    filled(tmp_path).close()
    path = tmp_path / database.NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.row_factory = sqlite3.Row
        newer.execute(f"PRAGMA user_version = {database.VERSION + 1}")
        row_checksums.put(newer, "meta", {"key": "version"}, {"value": str(database.VERSION + 1)})
    before = path.read_bytes()
    with pytest.raises(ReportError, match="written by a newer release"):
        Ledger.open(tmp_path, files.write, files.move)
    assert path.read_bytes() == before


# --- damage -----------------------------------------------------------------------------------------------


def damaged(data: bytes) -> list[bytes]:
    """A thousand ways in which a file goes bad."""
    chance = random.Random(5)  # noqa: S311 - a game
    cuts = [data[:n] for n in (*range(0, 200, 7), *(chance.randrange(len(data)) for _ in range(170)))]
    flips, used = [], [at for at, byte in enumerate(data) if byte]
    for _ in range(700):
        at = chance.choice(used)
        flips.append(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
    blocks = []
    for _ in range(100):
        at = chance.randrange(len(data) // 512) * 512
        blocks.append(data[:at] + bytes(512) + data[at + 512 :])
    return [*cuts, *flips, *blocks, b"", b"SQLite format 3\0", b"not a database at all" * 400]


def test_a_thousand_damaged_ledgers_are_restored_or_were_not_harmed(tmp_path: Path) -> None:
    """None is taken for a first start, and none says anything else than what was written."""
    ledger = filled(tmp_path / "good")
    expected = told(ledger)
    ledger.close()
    good, backup = ((tmp_path / "good" / name).read_bytes() for name in (database.NAME, database.BACKUP))
    variants, restored = damaged(good), 0
    folder = tmp_path / "bad"
    folder.mkdir()

    def write(path: Path, data: bytes) -> bool:  # as files.write does, without waiting for the disk
        return bool(path.write_bytes(data))

    def move(old: Path, new: Path) -> None:
        old.rename(new)

    for n, variant in enumerate(variants):
        (folder / database.NAME).write_bytes(variant)
        (folder / database.BACKUP).write_bytes(backup)
        found, problems = Ledger.open(folder, write, move)
        assert told(found) == expected, n
        if n % 5 == 0:
            assert found.settle(("memo", "2023Q2"), "made", NOW)
        found.close()
        restored += len(problems)
        for path in folder.iterdir():
            path.unlink()
    assert len(variants) >= 1000
    assert restored > 800


def test_damage_is_told_and_kept_aside(tmp_path: Path) -> None:
    filled(tmp_path).close()
    (tmp_path / database.NAME).write_bytes(b"")
    ledger, [problem] = Ledger.open(tmp_path, files.write, files.move)
    ledger.close()
    assert problem.code == "ledger/restored"
    assert "kept as ledger.damaged-1.sqlite" in problem.message()
    assert (tmp_path / "ledger.damaged-1.sqlite").read_bytes() == b""


def test_a_ledger_that_is_gone_is_restored_and_is_no_first_start(tmp_path: Path) -> None:
    filled(tmp_path).close()
    (tmp_path / database.NAME).unlink()
    ledger, [problem] = Ledger.open(tmp_path, files.write, files.move)
    assert problem.code == "ledger/gone"
    assert ledger.done().settled == {TURN}
    assert "There was no ledger" in (tmp_path / "ledger.damaged-1.sqlite").read_text("utf-8")


@pytest.mark.parametrize("remains", [None, b"", b"rubbish"])
def test_a_restoring_that_is_cut_short_keeps_nothing_twice(tmp_path: Path, remains: bytes | None) -> None:
    filled(tmp_path).close()
    path = tmp_path / database.NAME
    path.unlink()
    if remains is not None:
        path.write_bytes(remains)

    def cut(place: Path, data: bytes) -> bool:
        if place == path:
            raise KeyboardInterrupt
        return files.write(place, data)

    for write in (cut, cut, files.write):
        with suppress(KeyboardInterrupt):
            Ledger.open(tmp_path, write, files.move)[0].close()
    assert [kept.name for kept in tmp_path.glob("ledger.damaged-*")] == ["ledger.damaged-1.sqlite"]


def test_problems_of_a_run_that_were_kept_in_english_alone_are_read(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    ledger.add_run(Run(NOW, "schedule", "memo", "2023Q2", "failed", problems=("a.yaml: wrong",)))  # type: ignore[arg-type]
    assert ledger.runs()[0].problems == ({"en": "a.yaml: wrong", "zh": "a.yaml: wrong"},)
    ledger.close()


def test_a_ledger_older_than_its_backup_is_not_believed(tmp_path: Path) -> None:
    """As when a program that keeps folders alike puts an older file back."""
    ledger = filled(tmp_path)
    ledger.close()
    old = (tmp_path / database.NAME).read_bytes()
    ledger = opened(tmp_path)
    ledger.settle(("memo", "2023Q2"), "made", NOW)
    ledger.back_up()
    ledger.close()
    (tmp_path / database.NAME).write_bytes(old)
    ledger, [problem] = Ledger.open(tmp_path, files.write, files.move)
    assert "older than its backup" in problem.message()
    assert ("memo", "2023Q2") in ledger.done().settled


@pytest.mark.parametrize("backup", [None, b"", b"rubbish"])
def test_without_a_good_backup_nothing_is_done(tmp_path: Path, backup: bytes | None) -> None:
    filled(tmp_path).close()
    (tmp_path / database.NAME).write_bytes(b"rubbish")
    if backup is None:
        (tmp_path / database.BACKUP).unlink()
    else:
        (tmp_path / database.BACKUP).write_bytes(backup)
    with pytest.raises(ReportError, match="there is no good backup"):
        Ledger.open(tmp_path, files.write, files.move)
    assert (tmp_path / database.NAME).read_bytes() == b"rubbish"


def test_another_database_is_not_taken_for_the_ledger(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / database.NAME)) as other:
        other.execute("CREATE TABLE meta (key, value)")
    with pytest.raises(ReportError, match="not a ledger"):
        Ledger.open(tmp_path, files.write, files.move)
