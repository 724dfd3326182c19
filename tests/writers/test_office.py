"""Where LibreOffice, Word and WPS are found: by name, on the path, in the registry, in the usual folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports.writers import office

REGISTRY = {
    r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath": r"E:\LO\program",
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe": r"F:\LO\program\soffice.exe",
    r"HKCR\KWPS.Application\CLSID": "{0002-46}",
}


def registered(key: str) -> str:
    return REGISTRY.get(key, "")


def test_what_the_registry_says_goes_before_the_usual_folders() -> None:
    """Of every disk, not of C: alone, and of what one person installed without an administrator."""
    own = {"LOCALAPPDATA": r"C:\Users\李\AppData\Local"}
    found = list(office.usual_places(own, registered, iter(("C:\\", "D:\\"))))

    assert found[:3] == [
        r"E:\LO\program\soffice.exe",
        r"F:\LO\program\soffice.exe",
        r"C:\Users\李\AppData\Local\Programs\LibreOffice\program\soffice.exe",
    ]
    assert r"D:\Program Files\LibreOffice\program\soffice.exe" in found
    assert r"D:\PortableApps\LibreOfficePortable\App\libreoffice\program\soffice.exe" in found


def test_without_a_registry_the_usual_folders_are_looked_through() -> None:
    found = list(office.usual_places({}, lambda _: "", iter(("C:\\",))))

    assert found[0] == r"C:\Program Files\LibreOffice\program\soffice.exe"


def test_the_one_a_person_names_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.touch()
    monkeypatch.setenv("REPORTS_SOFFICE", str(program))
    assert office.find_office() == str(program)

    program.unlink()
    assert office.find_office() == ""


def test_the_program_that_says_why_it_fails_is_taken(tmp_path: Path) -> None:
    """soffice.exe has no console; soffice.com beside it is the same program with one."""
    (tmp_path / "soffice.exe").touch()
    assert office._speaking(str(tmp_path / "soffice.exe")) == str(tmp_path / "soffice.exe")

    (tmp_path / "soffice.com").touch()
    assert office._speaking(str(tmp_path / "soffice.exe")) == str(tmp_path / "soffice.com")


def test_word_or_wps_is_known_by_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.find_com_office(registered) == ""  # no such thing on this system

    monkeypatch.setattr(os, "name", "nt")
    found, none = office.find_com_office(registered), office.find_com_office(lambda _: "")
    monkeypatch.undo()

    assert (found, none) == ("KWPS.Application", "")
