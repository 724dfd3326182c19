"""A whole round: due turns and waiting letters by one reading of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.pipeline import build, read
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.scheduler.rounds import whole_round
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, small_house


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as running:
        yield running


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, counts: Counter[str]) -> None:
    """Count the calls of a function of *module*."""
    whole: Callable[..., Any] = getattr(module, name)

    def count(*given: Any, **named: Any) -> Any:
        counts[name] += 1
        return whole(*given, **named)

    monkeypatch.setattr(module, name, count)


def test_a_round_reads_the_data_once_and_makes_each_edition_once(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One report is issued at once in two languages, one drafted; letters go out: all by the same reading."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    house = small_house(tmp_path / "house")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    switch_on(house, server)
    counts: Counter[str] = Counter()
    counted(monkeypatch, read, "read_folder", counts)
    counted(monkeypatch, build, "tell", counts)

    def fail(problem: object) -> None:
        pytest.fail(str(problem))

    made = whole_round(
        house, lambda: NOW, Alarm(house), tell=fail, done=lambda outcome: None, delivered=lambda entry: None
    )

    assert [outcome.state for outcome in made.outcomes] == ["issued", "drafted"]
    assert [entry.state for entry in made.sent] == ["sent"]
    assert counts == {"read_folder": 1, "tell": 3}
