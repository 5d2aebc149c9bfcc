"""Every limit of an upload, in one table; docs/reference/uploads.md shows the same."""

from typing import Final


MEGABYTE: Final = 1024 * 1024

#: Largest file, by kind, in bytes.
FILE_BYTES: Final[dict[str, int]] = {
    "docx": 20 * MEGABYTE,
    "xlsx": 20 * MEGABYTE,
    "pdf": 50 * MEGABYTE,
    "txt": 5 * MEGABYTE,
    "md": 5 * MEGABYTE,
}

#: What a .docx or .xlsx may unpack to, in bytes, declared and really inflated.
UNPACKED_BYTES: Final = 200 * MEGABYTE

#: Members of the archive that a .docx or .xlsx is.
MEMBERS: Final = 2_000

#: The list of those members, in bytes: read before it is believed.
DIRECTORY_BYTES: Final = MEGABYTE

#: Rows of one sheet, and columns of one row, that hold something.
ROWS: Final = 50_000
COLUMNS: Final = 200

#: Pages of a PDF.
PAGES: Final = 500

#: The child process that reads: address space and answer in bytes, time in seconds.
MEMORY_BYTES: Final = 512 * MEGABYTE
ANSWER_BYTES: Final = 64 * MEGABYTE
CPU_SECONDS: Final = 15
WALL_SECONDS: Final = 20
