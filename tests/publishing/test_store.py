"""What files are known by is the same on every system."""

from __future__ import annotations

from pathlib import Path

from reports.publishing.store import digest_of_folder


def folder_of(root: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def test_ends_of_lines_make_no_other_folder(tmp_path: Path) -> None:
    """Git checks text out as it is set to; of what is no text every byte counts."""
    here = folder_of(tmp_path / "here", t__r=b"a\nb\n", t__w=b"\0\r\n")
    there = folder_of(tmp_path / "there", t__r=b"a\r\nb\r\n", t__w=b"\0\r\n")
    spoilt = folder_of(tmp_path / "spoilt", t__r=b"a\nb\n", t__w=b"\0\n")

    assert digest_of_folder(here) == digest_of_folder(there)
    assert digest_of_folder(here) != digest_of_folder(spoilt)


def test_files_count_in_the_order_of_their_names_as_written(tmp_path: Path) -> None:
    """Paths of Windows are sorted without regard to capitals, and everywhere by folder before name."""
    folder = folder_of(tmp_path, a__b=b"1", B=b"2")
    (folder / "a-b").write_bytes(b"3")

    assert digest_of_folder(folder) == "b637e16960bf320a887e96d1a3e5dee71468e41b29880e641dde8c2f62c2c50b"
