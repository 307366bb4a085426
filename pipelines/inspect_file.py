"""One pass over a file's bytes: its hash and what a text reader must know before it starts."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20


@dataclass(frozen=True)
class FileFacts:
    """Hash, size, and the shape of the bytes. `n_lines` counts a last line without a line end as well."""

    sha256: str
    n_bytes: int
    n_lines: int
    n_quotes: int
    is_ascii: bool
    is_utf8: bool


def inspect(path: Path) -> FileFacts:
    """Read the file once, a mebibyte at a time."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    n_bytes = n_lines = n_quotes = 0
    is_ascii = is_utf8 = True
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            n_bytes += len(chunk)
            n_lines += chunk.count(b"\n")
            n_quotes += chunk.count(b'"')
            if is_utf8 and not (chunk.isascii() and decoder.getstate()[0] == b""):
                is_ascii = False
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            last = chunk[-1:]
    if is_utf8 and decoder.getstate()[0]:
        is_utf8 = False
    return FileFacts(digest.hexdigest(), n_bytes, n_lines + (last not in (b"", b"\n")), n_quotes, is_ascii, is_utf8)
