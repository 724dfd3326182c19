"""What is built and installed: the same bytes wherever it is built, and a program that needs no checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

from reports import __version__

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"
WHEEL = f"progress_reports-{__version__}-py3-none-any.whl"
SDIST = f"progress_reports-{__version__}.tar.gz"
TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
#: What needs no cleaning up and no checkout; REPORTS_LANG decides about words.
CLEAN = {
    name: value for name, value in os.environ.items()
    if name not in {"SOURCE_DATE_EPOCH", "PYTHONPATH", "VIRTUAL_ENV"} and not name.startswith("PIP_")
}  # fmt: skip


def run(*words: str | Path, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        words, cwd=cwd, env={**CLEAN, "REPORTS_LANG": "en", "PYTHONUTF8": "1", **env},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this test run have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "installed"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The folder of the wheel and the sdist, built in the checkout."""
    with FileLock(shared / "built.lock"):
        folder = shared / "dist"
        if not folder.exists():
            run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def program(shared: Path, built: Path) -> Path:
    """The command of an installation. What it depends on is borrowed from here, so that no network is needed."""
    venv = shared / "venv"
    with FileLock(shared / "installed.lock"):
        if not venv.exists():
            run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=shared)
            python = venv / BIN / "python"
            site = run(
                python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=shared
            ).strip()
            Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
            pip = (sys.executable, "-m", "pip", "--python", venv, "install")
            run(*pip, "--quiet", "--no-index", "--no-deps", built / WHEEL, cwd=shared)
    return venv / BIN / "progress-reports"


# --- what is built ----------------------------------------------------------------------------------------


def test_another_folder_day_and_mask_build_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处 elsewhere"
    for name in {*TARGETS["sdist"]["only-include"], "pyproject.toml", "README.md", "LICENSE", ".gitignore"}:
        source, copy = ROOT / name, other / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, copy)
    for path in other.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (1e9, 1e9))
    (other / "templates" / "word" / "~$briefing.zh.docx").touch()  # Word leaves it while a file is open
    old = os.umask(0o077)
    try:
        run(sys.executable, "-m", "hatchling", "build", "-d", tmp_path, cwd=other, TZ="Asia/Shanghai")
    finally:
        os.umask(old)

    for name in (WHEEL, SDIST):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def files_below(name: str) -> set[str]:
    """What stands there, but for what Python and git leave or ignore."""
    files = (path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_holds_the_package_what_it_needs_and_the_licence_alone(built: Path) -> None:
    with zipfile.ZipFile(built / WHEEL) as wheel:
        names = set(wheel.namelist())
    info = f"progress_reports-{__version__}.dist-info"
    along = {"templates", "schema", ".vscode"}

    assert names == {
        *files_below("reports"),
        *(f"reports/resources/{name}" for folder in along for name in files_below(folder)),
        *(
            f"{info}/{name}"
            for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
        ),
    }


def test_the_sdist_holds_no_records_no_reports_and_no_tests(built: Path) -> None:
    with tarfile.open(built / SDIST) as sdist:
        tops = {name.split("/")[1] for name in sdist.getnames()}

    assert {"reports", "templates", "schema", "run.py", "pyproject.toml", "README.md", "LICENSE"} <= tops
    assert not tops & {"data", "output", "tests", "benchmarks", "tools"}


def test_the_build_in_the_checkout_leaves_nothing_there(built: Path) -> None:
    assert built.is_dir()
    assert not [name for name in ("dist", "build", "reports/resources") if (ROOT / name).exists()]


def test_only_one_module_asks_where_the_product_lies() -> None:
    climbs = re.compile(r"__file__.*(\.parent\.parent|\.parents|\.\.)")
    found = {
        path.name for path in (ROOT / "reports").rglob("*.py")
        if path.name != "product_files.py" and climbs.search(path.read_text("utf-8"))
    }  # fmt: skip

    assert found <= {"cache.py"}  # which hashes the code of charts, and asks libraries for their releases


# --- what is installed ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def office(shared: Path, program: Path) -> Path:
    """A secretariat begun and built with the installed program alone."""
    folder = shared / "新 office"
    with FileLock(shared / "office.lock"):
        if not folder.exists():
            run(program, "init", folder.name, "--now", "2026-02-03", cwd=shared)
            run(program, "build", "--now", "2026-02-03", cwd=folder)
    return folder


def test_an_installation_runs_its_own_copy(program: Path, tmp_path: Path) -> None:
    where = "import reports.product_files as s; print(s.CHECKOUT, s.TEMPLATES.is_dir(), s.STARTER.is_dir(), s.SCHEMA.is_dir())"

    assert run(program.with_name("python"), "-c", where, cwd=tmp_path) == "None True True True\n"
    assert run(program, "--version", cwd=tmp_path) == f"progress-reports {__version__}\n"
    assert run(program.with_name("python"), "-m", "reports", "--help", cwd=tmp_path).startswith(
        "usage: python -m reports"
    )


def test_a_secretariat_begun_with_it_builds_what_the_checkout_builds(office: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(office, copy, ignore=shutil.ignore_patterns("output"))
    run(sys.executable, ROOT / "run.py", "build", "--now", "2026-02-03", cwd=copy)
    built, again = (
        {path.name: path.read_bytes() for path in (folder / "output/progress/2025").iterdir()}
        for folder in (office, copy)
    )

    assert {
        "progress-2025.zh.docx",
        "progress-2025.en.docx",
        "progress-2025.zh.md",
        "progress-2025.en.md",
    } <= set(built)
    assert built == again


def test_a_secretariat_is_the_same_from_an_installation_and_from_the_checkout(
    office: Path, tmp_path: Path
) -> None:
    run(sys.executable, ROOT / "run.py", "init", "here", "--now", "2026-02-03", cwd=tmp_path)
    here = {
        path.relative_to(tmp_path / "here"): path.read_bytes()
        for path in (tmp_path / "here").rglob("*")
        if path.is_file()
    }

    assert {Path(".vscode/settings.json"), Path("schema/reports.schema.json")} <= set(here)
    for name, data in here.items():
        assert (office / name).read_bytes() == data, name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_is_well_in_it(office: Path, program: Path, lang: str) -> None:
    said = run(program, "check", "--now", "2026-02-03", cwd=office, REPORTS_LANG=lang)
    assert said.startswith({"zh": "一切正常：", "en": "All is well: "}[lang])


@pytest.mark.parametrize("kind", ["systemd", "cron", "windows"])
def test_the_clock_of_the_machine_starts_what_was_started(office: Path, program: Path, kind: str) -> None:
    command = program.with_name("progress-reports.exe") if os.name == "nt" else program
    asked = ("schedule", "install", "--print", kind)
    checkout = (sys.executable, ROOT / "run.py", *asked)

    assert str(command) in run(program, *asked, cwd=office).replace("\\\\", "\\")
    assert str(ROOT / "run.py") in run(*checkout, cwd=office).replace("\\\\", "\\")
    module = run(sys.executable, "-m", "reports", *asked, cwd=ROOT)
    assert str(ROOT / "run.py") in module.replace("\\\\", "\\")
