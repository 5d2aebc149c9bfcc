"""The consolidated table as facts: what each row says, and what the rows add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from haicap.core.errors import BadInput
from haicap.desk.papers import words
from haicap.desk.papers.words import Result


@dataclass(frozen=True, slots=True)
class Line:
    """One matter with everyone who raised it; None is "nobody has said"."""

    units: Sequence[str]
    text: str
    field: str
    lead: str | None = None
    coordinators: Sequence[str] = ()
    due: date | None = None
    answer: str | None = None
    reply_ref: str | None = None
    outcome: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.outcome is not None and self.outcome not in words.OUTCOMES:
            raise BadInput(
                "The outcome class %(outcome)s has no words in official papers.",
                outcome=self.outcome,
            )

    @property
    def is_answered(self) -> bool:
        """Whether a reply went out; that says nothing yet about the matter itself."""
        if not (self.answer or self.reply_ref):
            return False
        return self.outcome is None or words.OUTCOMES[self.outcome].is_answer

    @property
    def result(self) -> Result:
        """The class in which the row is counted."""
        if self.outcome is None:
            return Result.NONE
        return words.OUTCOMES[self.outcome].result


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The matters of one field, under their own heading."""

    label: str
    rows: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Tally:
    """
    Counts of some rows.

    Unit: matters, each counted once however many units raised it; `n_voices` counts
    each unit of each matter. The results add up to `n_matters`.
    """

    n_matters: int
    n_voices: int
    n_answered: int
    by_result: dict[Result, int]

    @property
    def n_solved(self) -> int:
        """The matters that are solved, not merely answered."""
        return self.by_result[Result.SOLVED]


@dataclass(frozen=True, slots=True)
class Table:
    """
    The whole paper; what is None is printed as missing.

    `attached_to` names the report as it is cited, with number, date and issuer.
    """

    body: str
    superior: str | None
    place: str
    on: date | None
    number: str | None
    attached_to: str | None
    filter_sentence: str
    is_demo: bool
    groups: Sequence[FieldGroup]
    as_of: datetime | None = None
    signing: Sequence[str] = ()
    recipients: Sequence[str] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the clerk has not yet given the paper its number."""
        return not self.number

    @property
    def tally(self) -> Tally:
        """The counts of all groups together."""
        return count(line for group in self.groups for line in group.rows)

    @property
    def number_line(self) -> str:
        """The line under the issuer."""
        return f"Số: {self.number}" if self.number else words.NO_NUMBER

    @property
    def attached_line(self) -> str:
        """The line that ties the table to its report."""
        return f"(Kèm theo {self.attached_to or words.ATTACHED_TO_NOTHING_YET})"

    @property
    def signing_lines(self) -> Sequence[str]:
        """Authority, title and name of the signer, as far as they are known."""
        return self.signing or words.NO_SIGNER

    @property
    def recipient_lines(self) -> Sequence[str]:
        """Who gets the paper; its own file is always the last."""
        return [*(f"- {name};" for name in self.recipients), words.FILED]

    @property
    def notes(self) -> str:
        """What was asked and when, in one line for the foot."""
        parts = [self.filter_sentence]
        if self.as_of is not None:
            parts.append(f"Số liệu lúc {self.as_of:%H:%M ngày %d/%m/%Y}")
        if self.is_demo:
            parts.append(words.DEMO)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one cell; `missing` ones say that nobody has said it."""

    text: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One of the eleven columns. Unit: millimetres on A4 landscape."""

    head: str
    width: float
    over: str = ""


# Answering and solving stand under two heads: an answer is not yet a result.
ANSWER, RESULT = "Trả lời", "Kết quả giải quyết"

COLUMNS = (
    TableColumn("STT", 11),
    TableColumn("Đơn vị kiến nghị", 26),
    TableColumn("Nội dung ý kiến, kiến nghị", 48),
    TableColumn("Lĩnh vực", 20),
    TableColumn("Cơ quan chủ trì", 21),
    TableColumn("Cơ quan phối hợp", 21),
    TableColumn("Thời hạn", 21),
    TableColumn("Nội dung trả lời", 31, ANSWER),
    TableColumn("Số, ngày văn bản", 20, ANSWER),
    TableColumn("Phân loại", 20, RESULT),
    TableColumn("Ghi chú", 13),
)


def cells(position: int, line: Line) -> list[Words]:
    """Return the eleven cells of a row, the running number first."""
    outcome = words.OUTCOMES[line.outcome].words if line.outcome else None
    due = f"{line.due:%d/%m/%Y}" if line.due else None
    return [
        Words(str(position)),
        _said(_units(line.units), words.NO_UNITS),
        Words(line.text),
        _said(line.field, words.NO_FIELD),
        _said(line.lead, words.NO_LEAD),
        _said("; ".join(line.coordinators), words.NO_COORDINATORS),
        _said(due, words.NO_DUE),
        _said(line.answer, words.NO_ANSWER),
        _said(line.reply_ref, words.NO_REPLY_REF),
        _said(outcome, words.NO_OUTCOME),
        Words(line.note),
    ]


def count(lines: Iterable[Line]) -> Tally:
    """Return the counts of `lines`."""
    lines = list(lines)
    by_result = dict.fromkeys(Result, 0)
    for line in lines:
        by_result[line.result] += 1
    return Tally(
        n_matters=len(lines),
        n_voices=sum(len(line.units) for line in lines),
        n_answered=sum(line.is_answered for line in lines),
        by_result=by_result,
    )


def heading(position: int, group: FieldGroup) -> str:
    """Return the line above a group: its numeral, its field and its counts."""
    return f"{words.roman(position)}. {group.label} ({in_words(count(group.rows))})"


def in_words(tally: Tally) -> str:
    """
    Return the counts as one phrase, answered and solved apart.

    >>> in_words(count([Line(["Xã A", "Xã B"], "…", "Đất đai")]))
    '1 nội dung, 2 lượt đơn vị nêu; đã trả lời 0; đã giải quyết xong 0'
    """
    return (
        f"{figure(tally.n_matters)} nội dung,"
        f" {figure(tally.n_voices)} lượt đơn vị nêu;"
        f" đã trả lời {figure(tally.n_answered)};"
        f" đã giải quyết xong {figure(tally.n_solved)}"
    )


def figure(value: int) -> str:
    """
    Return a count as it is written in Vietnamese papers.

    >>> figure(1234567)
    '1.234.567'
    """
    return f"{value:,}".replace(",", ".")


SUMMARY_HEADS = (
    "STT",
    "Lĩnh vực",
    "Số nội dung",
    "Số lượt đơn vị nêu",
    "Đã trả lời",
    *(words.RESULT_WORDS[result] for result in Result),
)


def summary(table: Table) -> list[tuple[str, str, Sequence[int]]]:
    """Return one row of counts a group and the total: numeral, label, counts."""
    rows = [
        (words.roman(position), group.label, _figures(count(group.rows)))
        for position, group in enumerate(table.groups, start=1)
    ]
    return [*rows, ("", "Tổng số", _figures(table.tally))]


def _figures(tally: Tally) -> Sequence[int]:
    return (
        tally.n_matters,
        tally.n_voices,
        tally.n_answered,
        *(tally.by_result[result] for result in Result),
    )


def _units(names: Sequence[str]) -> str:
    """Return the units by name; how many, where one cannot see it at a glance."""
    listed = "; ".join(names)
    return f"{len(names)} đơn vị: {listed}" if len(names) > 3 else listed


def _said(text: str | None, missing: str) -> Words:
    return Words(text) if text else Words(missing, missing=True)
