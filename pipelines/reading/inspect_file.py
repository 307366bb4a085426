"""One pass over a file's bytes: its hash and what a text reader must know before it starts."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 19
LONGEST_RECORD = 1 << 20  # bytes; no log or crime record comes near it


@dataclass(frozen=True)
class FileFacts:
    """Hash, size, and the shape of the bytes. `n_lines` counts a last line without a line end as well.

    Where `has_long_lines` is false, no line is longer than LONGEST_RECORD; where it is true, one may be.
    """

    sha256: str
    n_bytes: int
    n_lines: int
    has_quotes: bool
    has_nul: bool
    is_ascii: bool
    is_utf8: bool
    has_long_lines: bool


def inspect(path: Path) -> FileFacts:
    """Read the file once, in chunks of half the longest record: a longer one fills at least one of them."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    n_bytes = n_lines = 0
    has_quotes = has_nul = has_long_lines = False
    is_ascii = is_utf8 = True
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            n_bytes += len(chunk)
            n_ends = chunk.count(b"\n")
            n_lines += n_ends
            has_long_lines = has_long_lines or (n_ends == 0 and len(chunk) == CHUNK)
            has_quotes = has_quotes or b'"' in chunk
            has_nul = has_nul or b"\0" in chunk
            if is_utf8 and not (chunk.isascii() and decoder.getstate()[0] == b""):
                is_ascii = False
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            last = chunk[-1:]
    if is_utf8 and decoder.getstate()[0]:
        is_utf8 = False
    return FileFacts(
        sha256=digest.hexdigest(),
        n_bytes=n_bytes,
        n_lines=n_lines + (last not in (b"", b"\n")),
        has_quotes=has_quotes,
        has_nul=has_nul,
        is_ascii=is_ascii,
        is_utf8=is_utf8,
        has_long_lines=has_long_lines,
    )
