"""
The official consolidated table of recommendations and what became of them.

Source: the table as commonly annexed to reports of councils and people's
committees; its form is not fixed by law, its frame is (Decree 30/2020/NĐ-CP).
"""

from haicap.desk.papers import consolidated_docx, consolidated_xlsx
from haicap.desk.papers.table import FieldGroup, Line, Table, Tally, count


__all__ = ["FieldGroup", "Line", "Table", "Tally", "as_docx", "as_xlsx", "count"]


def as_docx(table: Table) -> bytes:
    """Return the table as a Word paper in the State's form, a draft until numbered."""
    return consolidated_docx.write(table)


def as_xlsx(table: Table) -> bytes:
    """Return the same paper as a workbook, figures by field on a second sheet."""
    return consolidated_xlsx.write(table)
