"""Text of a file as UTF-8, line by line, and the lines that cannot be had so."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipelines.reading.inspect_file import LONGEST_RECORD, FileFacts
from pipelines.reading.opened import COPY
from pipelines.refusal import SourceRefused

TOO_LONG = f"is longer than {LONGEST_RECORD:,} bytes"
UNREAD = "holds bytes that are neither UTF-8 nor Windows-1252"

_TRIED = {None: ("utf-8", "cp1252"), "utf-8": ("utf-8",), "windows-1252": ("cp1252",)}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = {
    b"PK\x03\x04": "a workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "compressed (gzip)",
}


def refuse_other_than_text(path: Path) -> None:
    """Refuse what is not text in single bytes: workbooks and the like, and UTF-16.

    UTF-16 is told by its byte order mark, or by the zero bytes between its letters.
    """
    with path.open("rb") as file:
        head = file.read(200)
    for mark, kind in _NO_TEXT.items():
        if head.startswith(mark):
            raise SourceRefused(f"{path.name} is not delimited text but {kind}; give it the name ending that it is.")
    if head.startswith(_WIDE) or head.count(b"\0") * 3 > len(head):
        raise SourceRefused(f"{path.name} is UTF-16 text, or no text at all; export it as UTF-8 or Windows-1252.")


@dataclass(frozen=True)
class Text:
    """A file as UTF-8, with the same lines: the file itself where it will do, or a copy.

    `lost` gives the reason for each line (from 1) that is none to be read; `long` where in the file the over-long ones
    stand, as (offset, length) in bytes. In a copy these are empty, and bytes of no encoding stand as Latin-1 letters.
    """

    path: Path
    given: Path
    lost: dict[int, str]
    long: dict[int, tuple[int, int]]
    n_windows: int

    def long_line(self, number: int) -> bytes:
        """The whole of an over-long line, in UTF-8."""
        offset, length = self.long[number]
        with self.given.open("rb") as file:
            file.seek(offset)
            line = file.read(length)
        try:
            return line if line.isascii() else line.decode().encode()
        except UnicodeDecodeError:
            return line.decode("latin-1").encode()


def as_utf8(path: Path, facts: FileFacts, encoding: str | None, folder: Path) -> Text:
    """Bring a text file to UTF-8, in a copy in `folder` where the file is something else.

    Without an `encoding`, each line that is no UTF-8 is read as Windows-1252.
    """
    with path.open("rb") as file:
        has_mark = file.read(3) == codecs.BOM_UTF8
    is_utf8 = facts.is_ascii or (facts.is_utf8 and (has_mark or encoding != "windows-1252"))
    if is_utf8 and not facts.has_long_lines:
        return Text(path, path, {}, {}, 0)
    tried = ("utf-8",) if is_utf8 else _TRIED[encoding]
    copy = folder / f"{path.name}.utf8{COPY}"
    lost: dict[int, str] = {}
    long: dict[int, tuple[int, int]] = {}
    n_windows = 0
    with path.open("rb") as given, copy.open("wb") as made:
        for number, (offset, length, line) in enumerate(_lines(given), 1):
            if line is None:
                lost[number], long[number] = TOO_LONG, (offset, length)
                made.write(b"\n")
                continue
            text, used = _decode(line, tried)
            if used is None:
                lost[number] = UNREAD
            n_windows += used == "cp1252" and not line.isascii()
            made.write(text.encode())
    return Text(copy, path, lost, long, n_windows)


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes | None]]:
    """Offset, length and bytes of each line; no bytes for an over-long one, whose length leaves out the line end."""
    offset = 0
    while line := file.readline(LONGEST_RECORD + 1):
        length = len(line)
        if length <= LONGEST_RECORD or line.endswith(b"\n"):
            yield offset, length, line
        else:
            piece = line
            while not piece.endswith(b"\n") and (more := file.readline(LONGEST_RECORD)):
                piece = more
                length += len(piece)
            yield offset, length - len(piece) + len(piece.rstrip(b"\r\n")), None
        offset += length


def _decode(line: bytes, tried: tuple[str, ...]) -> tuple[str, str | None]:
    for name in tried:
        try:
            return line.decode(name), name
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1"), None
