"""The page that a person reads and the limits that the code keeps are the same."""

import re
from pathlib import Path

from haicap.listen.intake import gate, limits, sandbox


PAGE = Path(__file__).parents[3] / "docs" / "reference" / "uploads.md"


def table_of_limits():
    section = PAGE.read_text(encoding="utf-8").split("## Limits")[1].split("## ")[0]
    rows = re.findall(r"^\| (.+?) \| ([\d,]+)(?: (MB|s))? \|$", section, re.MULTILINE)
    factor = {"MB": limits.MEGABYTE, "s": 1, "": 1}
    return {what: int(n.replace(",", "")) * factor[unit] for what, n, unit in rows}


def test_the_page_states_every_limit():
    files = {f".{kind} file": size for kind, size in limits.FILE_BYTES.items()}
    assert table_of_limits() == files | {
        "a .docx or .xlsx file, unpacked": limits.UNPACKED_BYTES,
        "parts inside a .docx or .xlsx file": limits.MEMBERS,
        "rows of a sheet": limits.ROWS,
        "columns of a sheet": limits.COLUMNS,
        "pages of a PDF": limits.PAGES,
        "memory to read one file": limits.MEMORY_BYTES,
        "processor time to read one file": limits.CPU_SECONDS,
        "time to read one file": limits.WALL_SECONDS,
    }


def test_every_kind_has_a_limit():
    assert set(limits.FILE_BYTES) == {kind.value for kind in gate.Kind}


def test_the_page_names_every_code_of_a_refusal():
    page = PAGE.read_text(encoding="utf-8")
    at_the_door = re.findall(r'_refuse\(\s*"(\w+)"', Path(gate.__file__).read_text())
    assert set(at_the_door) > {"empty", "macros", "too_big"}
    for code in {*at_the_door, *sandbox.REASONS, "secret"}:
        assert f"`{code}`" in page
