"""Text of a file as UTF-8, line by line, with the lines that are in no known encoding."""

from pathlib import Path

from pipelines.inspect_file import FileFacts
from pipelines.refusal import SourceRefused

_WIDE = (b"\xff\xfe", b"\xfe\xff")


def refuse_wide(path: Path) -> None:
    """Refuse UTF-16, which is told by its byte order mark or by the zero bytes between its letters."""
    with path.open("rb") as file:
        head = file.read(200)
    if head.startswith(_WIDE) or head.count(b"\0") * 3 > len(head) > 0:
        raise SourceRefused(f"{path.name} is UTF-16 text (or not text at all); export it as UTF-8 or Windows-1252.")


def as_utf8(path: Path, facts: FileFacts, encoding: str | None, work: Path) -> tuple[Path, list[int], str | None]:
    """A UTF-8 file with the same lines: the file itself where it will do, or a copy in `work`.

    Without an `encoding` each line that is no UTF-8 is read as Windows-1252. Returns the path, the numbers (from 1) of
    the lines that could not be read (their bytes stand in the copy as Latin-1 letters) and a note, if there is one.
    """
    with path.open("rb") as file:
        has_mark = file.read(3) == b"\xef\xbb\xbf"
    if facts.is_ascii or (facts.is_utf8 and (has_mark or encoding != "windows-1252")):
        return path, [], None
    tried = {None: ("utf-8", "cp1252"), "utf-8": ("utf-8",), "windows-1252": ("cp1252",)}[encoding]
    copy = work / f"{path.name}.utf8"
    unread: list[int] = []
    n_windows = 0
    with path.open("rb") as given, copy.open("wb") as made:
        for number, line in enumerate(given, 1):
            for name in tried:
                try:
                    text = line.decode(name)
                except UnicodeDecodeError:
                    continue
                n_windows += name == "cp1252" and not line.isascii()
                break
            else:
                text = line.decode("latin-1")
                unread.append(number)
            made.write(text.encode())
    note = f"{n_windows} lines read as Windows-1252" if n_windows and encoding is None else None
    return copy, unread, note
