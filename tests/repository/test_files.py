"""What the files around the code promise: locks that can be trusted, documents that keep up."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import reports
from reports.cli.examination import machine
from tests.conftest import missing, need

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("requirements/run.lock", "requirements/preview.lock", "requirements/dev.lock")

#: Addresses of package registries, and the options that name one.
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:com|org)|deb[.]debian[.]org|crates[.]io|(?<!emit)[-]index-url|--find[-]links"
)
RULE = re.compile(r'"[A-Z]+[0-9]+"')


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))


def locked(lock: str) -> dict[str, list[str]]:
    """The requirements of a lock, "name==version ; marker", each with its hashes."""
    lines = [line for line in text(lock).splitlines() if not line.lstrip().startswith(("#", "--only-binary"))]
    found: dict[str, list[str]] = {}
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        if entry.strip():
            requirement, *hashes = re.split(r"\s+--hash=", entry.strip())
            found[requirement] = hashes
    return found


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, locked(lock))}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert "http" not in text(lock)
    assert "://" not in text(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    entries = locked(lock)

    assert len(entries) > 10
    for requirement, hashes in entries.items():
        assert re.match(r"[\w.-]+==[\w.]+( ;|$)", requirement), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_is_built_from_source(lock: str) -> None:
    assert "\n--only-binary :all:\n" in text(lock)


def test_all_locks_agree() -> None:
    run, preview, dev = (pins(lock).items() for lock in LOCKS)

    assert run <= preview <= dev


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements/run.lock", pyproject()["project"]["dependencies"]),
        ("requirements/preview.lock", pyproject()["project"]["optional-dependencies"]["preview"]),
        ("requirements/dev.lock", pyproject()["dependency-groups"]["dev"]),
    ],
)
def test_the_locks_follow_pyproject(lock: str, wanted: list[str]) -> None:
    for requirement in map(Requirement, wanted):
        version = pins(lock).get(canonicalize_name(requirement.name), "").removeprefix("==")

        assert version, f"{requirement.name} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{lock} has {requirement.name} {version}: make lock"


def test_no_tracked_file_names_a_package_registry() -> None:
    listed = subprocess.run(
        [need("git"), "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )

    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():  # removed, and not committed yet
            assert REGISTRY.findall((ROOT / name).read_bytes().decode("utf-8", "ignore")) == [], name


def test_every_lint_exception_has_its_reason() -> None:
    lines = text("pyproject.toml").splitlines()
    begin, end = lines.index("ignore = ["), lines.index("[tool.ruff.lint.flake8-comprehensions]")
    exceptions = [line for line in lines[begin:end] if RULE.search(line)]

    assert exceptions
    for line in exceptions:
        assert re.fullmatch(r'    "[A-Z]+[0-9]+", +# .{10,}', line), f"one rule a line, and why: {line}"


def test_every_dependency_has_its_reason() -> None:
    lines = text("pyproject.toml").splitlines()
    project = pyproject()["project"]
    wanted = (
        project["dependencies"]
        + project["optional-dependencies"]["preview"]
        + pyproject()["dependency-groups"]["dev"]
    )

    for dependency in wanted:
        [line] = [line for line in lines if line.startswith(f'    "{dependency}"')]
        assert re.search(r'", *# .{10,}', line), line


def test_continuous_integration_hides_no_failure() -> None:
    script = text(".ci/run")

    assert "set -euo pipefail" in script
    assert "|| true" not in script
    assert script.endswith("\nmake test\n")


def test_a_missing_program_fails_where_all_are_installed_and_only_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REPORTS_PROGRAMS", raising=False)
    monkeypatch.delenv("CI", raising=False)
    assert isinstance(missing("soffice"), pytest.skip.Exception)
    monkeypatch.setenv("CI", "true")
    assert isinstance(missing("soffice"), pytest.fail.Exception)
    monkeypatch.setenv("REPORTS_PROGRAMS", "optional")
    assert isinstance(missing("soffice"), pytest.skip.Exception)


WORKFLOWS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_read_alone_and_knows_no_secret(name: str) -> None:
    workflow = yaml.safe_load(text(name))

    assert workflow["permissions"] == {"contents": "read"}
    assert not [job for job in workflow["jobs"].values() if "permissions" in job]
    assert "secrets" not in text(name)
    assert "continue-on-error" not in text(name)
    assert "|| true" not in text(name)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_uses_actions_of_the_forge_itself_by_major_version(name: str) -> None:
    used = re.findall(r"uses: (.*)", text(name))

    assert used
    assert not [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v[0-9]+", action)]


def test_the_workflows_test_on_every_python_and_system_promised() -> None:
    jobs = yaml.safe_load(text(".github/workflows/tests.yml"))["jobs"]
    names = (line.rpartition(":: ")[2] for line in pyproject()["project"]["classifiers"])
    promised = [name for name in names if re.fullmatch(r"3\.[0-9]+", name)]

    assert jobs["linux"]["strategy"]["matrix"]["python"] == promised
    assert {"run": ".ci/run"} in jobs["linux"]["steps"]
    assert jobs["elsewhere"]["strategy"]["matrix"]["os"] == ["windows-latest", "macos-latest"]
    assert jobs["elsewhere"]["strategy"]["matrix"]["python"] == [promised[0], promised[-1]]


def test_the_version_stands_in_the_code_alone() -> None:
    assert pyproject()["project"]["dynamic"] == ["version"]
    assert pyproject()["tool"]["hatch"]["version"]["path"] == "reports/__init__.py"


def test_the_tests_build_with_what_installs_build_with() -> None:
    assert set(pyproject()["build-system"]["requires"]) <= set(pyproject()["dependency-groups"]["dev"])


def test_changelog_tells_of_this_version() -> None:
    assert re.search(rf"^## \[?{re.escape(reports.__version__)}\b", text("CHANGELOG.md"), re.MULTILINE)


def test_everybody_is_told_of_the_same_python() -> None:
    """Who installs, who reads, and what checks the code."""
    settings = pyproject()
    found = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", settings["project"]["requires-python"])
    assert found
    oldest, newest = int(found[1]), int(found[2]) - 1
    known = [f"Programming Language :: Python :: 3.{minor}" for minor in range(oldest, newest + 1)]

    assert [c for c in settings["project"]["classifiers"] if "Python :: 3." in c] == known
    assert settings["tool"]["ruff"]["target-version"] == f"py3{oldest}"
    assert settings["tool"]["mypy"]["python_version"] == f"3.{oldest}"
    assert f"(3, {oldest}) <= sys.version_info[:2] < (3, {newest + 1})" in text("run.py")
    assert "-c 'import run'" in text("Makefile")
    assert ((3, oldest), (3, newest)) == (machine.OLDEST, machine.NEWEST)
    for name in ("run.py", "README.md", "docs/installing.md", "docs/windows.md"):
        assert f"Python 3.{oldest} to 3.{newest}" in text(name), name
    for name in (
        "run.py",
        "README.zh-CN.md",
        "docs/installing.zh-CN.md",
        "docs/windows.zh-CN.md",
        "安装.cmd",
    ):
        assert f"Python 3.{oldest} 至 3.{newest}" in text(name), name


#: What Windows has not, or not without privilege.
POSIX_ONLY = re.compile(
    r"symlink_to|mkfifo|setrlimit|os[.](?:fork|geteuid|getuid|killpg)|SIGKILL|/proc/|/bin/sh|/dev/"
)


def test_a_test_that_windows_cannot_run_says_so() -> None:
    """The readme tells people there to run the tests: what is about other systems is skipped, not failed."""
    found = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        source = path.read_text("utf-8")
        if path == Path(__file__) or "\npytestmark = pytest.mark.posix" in source:
            continue
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = [ast.unparse(decorator) for decorator in node.decorator_list]
                body = "\n".join(ast.unparse(statement) for statement in node.body)
                if POSIX_ONLY.search(body) and "pytest.mark.posix" not in marks:
                    found.append(f"{path.relative_to(ROOT).as_posix()}: {node.name}")
    assert found == []


@pytest.mark.parametrize("name", ["安装.cmd", "生成.cmd"])
def test_what_people_double_click_on_windows_can_be_read_there(name: str) -> None:
    """Its own line ends; UTF-8 said before the first Chinese letter; a window that waits to be read."""
    data = (ROOT / name).read_bytes()
    lines = data.decode().split("\r\n")

    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "".join(lines[: lines.index("chcp 65001 >nul")]).isascii()
    assert lines[0] == "@echo off"
    assert lines[-3:] == ["popd", "pause", ""]
    assert text("安装.cmd").count("(") == text("安装.cmd").count(")")
    for path in re.findall(r"requirements\\run\.lock|run\.py|docs\\[\w.-]+", data.decode()):
        assert (ROOT / path.replace("\\", "/")).is_file(), path


def test_a_double_click_types_what_the_readme_types() -> None:
    """Who reads and who clicks end with the same packages."""
    typed = re.findall(r"python\.exe ((?:-m pip|run\.py) .*?)(?: &&| %)", text("安装.cmd") + text("生成.cmd"))

    assert len(typed) == 2
    for line in typed:
        there = line.replace("s\\run", "s/run")
        assert f".\\.venv\\Scripts\\python.exe {there}\n" in text("README.md"), line
