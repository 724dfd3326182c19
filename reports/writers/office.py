"""What can lay out a Word file on this machine: LibreOffice; on Windows also Word or WPS, over COM.

Neither is ours to install. Of several LibreOffices the one a person has named (`REPORTS_SOFFICE`) counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reports import programs, windows

#: The environment variable in which a person names LibreOffice's program.
NAMED = "REPORTS_SOFFICE"

_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_KEYS = (
    r"HKCU\SOFTWARE\LibreOffice\UNO\InstallPath",
    r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath",
    r"HKLM\SOFTWARE\WOW6432Node\LibreOffice\UNO\InstallPath",
    r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe",
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe",
)
_FOLDERS = (
    r"Program Files\LibreOffice\program",
    r"Program Files (x86)\LibreOffice\program",
    r"LibreOffice\program",
    r"PortableApps\LibreOfficePortable\App\libreoffice\program",
)
#: What lays out Word files over COM, by the name it has in the registry, in the order tried.
_COM = ("Word.Application", "KWPS.Application", "WPS.Application")


def find_office() -> str:
    """Return the path of LibreOffice's program, "" where there is none."""
    if named := os.environ.get(NAMED):
        return named if Path(named).is_file() else ""
    if found := programs.find("soffice") or programs.find("libreoffice"):
        return _speaking(found)
    if os.name != "nt":
        return _MAC if Path(_MAC).is_file() else ""
    there = usual_places(os.environ, windows.registered, windows.fixed_drives())
    return next((_speaking(path) for path in there if Path(path).is_file()), "")


def usual_places(
    environment: Mapping[str, str], registered: Callable[[str], str], drives: Iterator[str]
) -> Iterator[str]:
    """Where LibreOffice may be on Windows: what the registry says of it, then the usual folders of every disk."""
    for key in _KEYS:
        if told := registered(key):
            yield told if told.lower().endswith(".exe") else rf"{told}\soffice.exe"
    if own := environment.get("LOCALAPPDATA"):  # of one person, installed without an administrator
        yield rf"{own}\Programs\LibreOffice\program\soffice.exe"
    for drive in drives:
        yield from (rf"{drive}{folder}\soffice.exe" for folder in _FOLDERS)


def find_com_office(registered: Callable[[str], str] = windows.registered) -> str:
    """Return the registered name of Word or WPS, "" where there is neither, and on other systems than Windows."""
    if os.name != "nt":
        return ""
    return next((name for name in _COM if registered(rf"HKCR\{name}\CLSID")), "")


#: What Word or WPS is asked over COM. Names of files are data and come by the environment; no letter of the script
#: is theirs. Without double quotation marks, so that it stays one word of a command line; and legible, so that it
#: looks to a virus scanner like what it is. The numbers: 17 is PDF, 1 the headings as its bookmarks. WPS may be the
#: program in which a person is at work: it is left to them.
SCRIPT = """\
$ErrorActionPreference = 'Stop'
if ((Get-Process -Id $PID).SessionId -eq 0) { exit 4 }
$office = New-Object -ComObject $env:REPORTS_OFFICE
try {
    $document = $office.Documents.Open($env:REPORTS_WORD, $false, $true, $false)
    try { $document.ExportAsFixedFormat($env:REPORTS_PDF, 17, $false, 0, 0, 1, 1, 0, $true, $true, 1) }
    finally { $document.Close(0) }
}
finally { if ($office.Documents.Count -eq 0) { $office.Quit(0) } }
"""
#: How the script ends where no one is signed in: Word and WPS need a desktop, and would wait for one for ever.
NO_DESKTOP = 4


def com_command() -> tuple[str, ...]:
    """What runs the script; "" for its first word where there is no PowerShell."""
    return (programs.find("powershell"), "-NoProfile", "-NonInteractive", "-Command", SCRIPT)


def com_environment(office: str, word: Path, pdf: Path) -> Mapping[str, str]:
    """What the script reads: which office, which file, and where its PDF is to lie."""
    return {"REPORTS_OFFICE": office, "REPORTS_WORD": str(word), "REPORTS_PDF": str(pdf)}


def _speaking(program: str) -> str:
    """On Windows `soffice.com` beside `soffice.exe`: the same program, and alone it says why it fails."""
    console = Path(program).with_suffix(".com")
    return str(console) if program.lower().endswith(".exe") and console.is_file() else program
