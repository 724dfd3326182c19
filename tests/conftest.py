"""What every test may use: the golden switch, and programs from outside that a test looks at reports with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

#: Where a program goes by other names than the one tests ask for.
ALSO_CALLED = {"chromium": ("chromium-browser", "google-chrome", "chrome"), "soffice": ("libreoffice",)}


# The same examples each time: whether a change passes must not hang on chance. `make explore` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("REPORTS_EXAMPLES") or "same")


def need(program: str) -> str:
    """Return the path of *program*; without it skip the test, and fail it in CI where `.ci/run` installs them all."""
    for name in (program, *ALSO_CALLED.get(program, ())):
        if path := shutil.which(name):
            return path
    raise missing(program)


def missing(program: str) -> BaseException:
    """What ends a test whose *program* is not there: it fails in CI, and is skipped elsewhere.

    Forges set CI on every machine; REPORTS_PROGRAMS=optional is for those where `.ci/run` does not work.
    """
    if os.environ.get("CI") and os.environ.get("REPORTS_PROGRAMS") != "optional":
        return pytest.fail.Exception(f"{program} is not installed: .ci/run is to install it", pytrace=False)
    return pytest.skip.Exception(
        f"{program} is not installed; .ci/run names the Debian package that brings it"
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew, compare nothing"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip on Windows what is about other systems: their signals, modes, links and files of the kernel."""
    if os.name == "nt":
        for item in items:
            if item.get_closest_marker("posix"):
                item.add_marker(pytest.mark.skip(reason="is about systems other than Windows"))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether to write golden files instead of comparing with them."""
    return bool(request.config.getoption("update_golden"))


@pytest.fixture
def soffice() -> str:
    """The path of LibreOffice."""
    return need("soffice")


@pytest.fixture
def calc(soffice: str) -> str:
    """The path of LibreOffice where its spreadsheet program is there too."""
    if not any(Path(soffice).resolve().parent.glob("*sclo.*")):
        raise missing("LibreOffice Calc")
    return soffice
