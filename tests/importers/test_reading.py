"""Only regular files, within limits, and one clear line for everything else."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from analyzer.errors import LimitExceeded, StatementError, StmtScanError, UnknownFormat
from analyzer.importers.base import Options
from analyzer.importers.reading import expand, open_document, read_document, read_file
from analyzer.limits import Limits
from tests.importers.ofx.writing import as_sgml, document, row

OFX = as_sgml([row()]).encode()
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def saved(folder: Path, name: str, data: bytes = OFX) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("statement.ofx", OFX)
    return out.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\x00\n", "nothing but blanks"),
        (PNG, "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0JFIF", "a picture (JPEG)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a picture (WebP)"),
        (b"<!DOCTYPE html><html><body>Please sign in: <OFX></body></html>", "a web page"),
        (b"\xef\xbb\xbf\r\n<HTML lang='en'>\n<head>", "a web page"),
        (b"<!-- saved page --><html>", "a web page"),
        (b"Return-Path: <a@b>\r\nSubject: Your statement\r\n\r\nhello", "a mail"),
        (b"SQLite format 3\x00....", "a database"),
        (gzip.compress(OFX), "compressed with gzip"),
        (bz2.compress(OFX), "compressed with bzip2"),
        (lzma.compress(OFX), "compressed with xz"),
        (zipped(), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Office document"),
        (b"this is totally not a statement", "not recognised"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_is_no_statement_is_named(data: bytes, what: str, tmp_path: Path) -> None:
    path = saved(tmp_path, "statement.ofx", data)
    with pytest.raises(StmtScanError) as caught:
        read_file(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: {what}")
    assert "\n" not in text
    assert caught.value.todo


def test_missing() -> None:
    with pytest.raises(StatementError, match="No such file"):
        read_file("/no/such/file.ofx")


def test_a_name_that_is_none() -> None:
    with pytest.raises(StatementError, match="no usable file name"):
        read_file("a\x00b.ofx")


@unix
def test_pipes_devices_sockets_and_folders_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ofx")
    short = Path(os.path.relpath(tmp_path / "s"))
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.bind(str(short) if len(str(short)) < 100 else "/tmp/stmt-scan-test.sock")
        made = listening.getsockname()
        for path, what in ((tmp_path / "pipe.ofx", "a pipe"), ("/dev/zero", "a device"), (made, "a socket"), (tmp_path, "a folder")):
            with pytest.raises(StatementError, match=f"{what}, not a regular file"):
                open_document(str(path))
    finally:
        listening.close()
        Path(made).unlink()


@unix
def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    path = Path(saved(tmp_path, "locked.ofx"))
    path.chmod(0)
    with pytest.raises(StatementError, match="Permission denied: check its permissions"):
        open_document(str(path))


@unix
def test_a_link_to_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "link.ofx").symlink_to(saved(tmp_path, "real.ofx"))
    assert len(read_file(str(tmp_path / "link.ofx"))[0]) == 1


@unix
def test_a_file_of_eight_gigabytes_of_nothing_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.ofx"
    with path.open("wb") as stream:
        stream.truncate(8 << 30)
    with pytest.raises(LimitExceeded, match="file_bytes"):
        open_document(str(path))


def test_size_limits_by_kind(tmp_path: Path) -> None:
    small = Limits(file_bytes=100, pdf_bytes=50)
    with pytest.raises(LimitExceeded, match=r"file_bytes = 100.*--limit file_bytes=N"):
        open_document(saved(tmp_path, "a.ofx"), small)
    with pytest.raises(LimitExceeded, match="pdf_bytes = 50"):
        open_document(saved(tmp_path, "a.pdf", b"%PDF-1.7" + b" " * 60), small)
    assert open_document(saved(tmp_path, "b.ofx", OFX[:100]), small).data == OFX[:100]


def test_provenance(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.ofx")
    (statement,) = read_file(path)
    assert (statement.source, statement.sha256) == (path, hashlib.sha256(OFX).hexdigest())
    assert statement.frame["source"].tolist() == [path]


@unix
@pytest.mark.parametrize("name", [b"bad\xff.ofx", b"line\nbreak.ofx", b"-o x.ofx", b"=cmd.ofx", b"<img src=x>.ofx", b"\x1b[2J.ofx"])
def test_names_with_odd_bytes(name: bytes, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "wb") as stream:
        stream.write(OFX)
    (statement,) = read_file(os.fsdecode(path))
    assert len(statement) == 1
    statement.source.encode("utf-8")


def test_a_folder_is_its_statements_by_name(tmp_path: Path) -> None:
    for name in ("b.ofx", "a.QFX", "c.csv", ".hidden.ofx", "notes.txt", "mail.eml"):
        saved(tmp_path, name, OFX if name.lower().endswith("fx") else b"just text")
    saved(tmp_path, "download", OFX)
    (tmp_path / "inner").mkdir()
    saved(tmp_path / "inner", "z.ofx")
    names = [Path(p).name for p in expand([str(tmp_path)])]
    assert names == ["a.QFX", "b.ofx", "c.csv", "download"]


def test_a_folder_without_statements_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="a folder without statements"):
        expand([str(tmp_path)])


def test_files_stay_in_the_order_they_were_named(tmp_path: Path) -> None:
    assert expand(["b.ofx", "a.ofx", "missing"]) == ["b.ofx", "a.ofx", "missing"]


def test_errors_name_the_document() -> None:
    with pytest.raises(UnknownFormat, match=r"^here\.ofx: "):
        read_document(document("nothing", "here.ofx"))
    with pytest.raises(StatementError, match=r"^cut\.ofx: line "):
        read_document(document(OFX[:-20], "cut.ofx"), Options())


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x")
    named = [str(tmp_path / "b.csv"), str(tmp_path), str(tmp_path / "." / "b.csv")]
    assert expand(named) == [named[0], str(tmp_path / "a.csv")]


def test_a_name_too_long_for_the_system_is_a_missing_file() -> None:
    (path,) = expand(["a" * 5_000])
    with pytest.raises(StatementError):
        open_document(path)


def test_a_file_of_the_system_that_has_nothing_to_say() -> None:
    path = Path("/proc/kmsg")
    if not path.exists():
        pytest.skip("no such file on this system")
    with pytest.raises(StatementError):
        open_document(str(path))
