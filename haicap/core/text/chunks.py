"""Cuts a text into the small pieces that an item can begin or end with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haicap.core.text.lexicon import any_of, listed
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, sentences


# An item may begin before these words and after the next ones.
BEFORE = """và|vì|do|bởi|bởi vì|bởi lẽ|vì vậy|do đó|do vậy|để|nhằm|đồng thời|nhưng|song|tuy|tuy nhiên
|nên|hoặc|trong khi|trong khi đó|cùng với|rồi|cho nên|khiến|dẫn đến|dẫn tới|bên cạnh đó|ngoài ra|theo đó
|trong đó|nhất là|đặc biệt|thay vì|riêng|đề nghị|kiến nghị|đề xuất|yêu cầu|mong|xin|giao|nếu|hiện|hiện nay
|đến nay|cho biết|cho hay|cho rằng|phản ánh|nêu|báo cáo|như|từ đó|qua đó|cụ thể|thế nhưng|sẽ|đã|cần"""
AFTER = """đề nghị|kiến nghị|đề xuất|yêu cầu|mong|mong muốn|xin|cho biết|cho hay|cho rằng|phản ánh|nêu|nói|rằng
|là|báo cáo|thông tin|khẳng định|nhấn mạnh|trả lời|ghi nhận|kể|than|như|giao|chỉ đạo|thừa nhận|lưu ý|nhắc
|bày tỏ|đánh giá|vì|do|bởi|nên|và|thì|đồng thời|nhìn nhận|giải thích|cam kết|hứa|cho thấy|bức xúc|lo|lo ngại
|băn khoăn|chia sẻ|đặt vấn đề|kêu|phàn nàn|góp ý|nhưng|song|tuy nhiên|hiện|hiện nay|theo"""


# "xã, phường", "sở, ban, ngành": one word with a comma in it.
PAIRED = r"phường|đặc khu|ban|ngành|công chức|viên chức|vướng mắc|bất cập|tổ dân phố|đoàn thể"
# Those that are one only after a certain word.
AFTER_THAT = (
    r"(?<=máy móc,)\sthiết bị|(?<=cơ chế,)\schính sách|(?<=phân cấp,)\sphân quyền"
)
MARK = rf",(?!\s(?:{PAIRED})(?!\w)|{AFTER_THAT})|[;:()“”\"|]|\s[-–]\s|…|\.\.\.|[.!?](?=\s|$)"
CUT = re.compile(
    rf"(?P<mark>{MARK})"
    rf"|(?<!\w)(?:{any_of(listed(BEFORE))}|{any_of(listed(AFTER))})(?!\w)"
)
HARD = frozenset(";|")  # marks that part items
BEGINS = re.compile(rf"(?:{any_of(listed(BEFORE))})(?!\w)")
ENDS = re.compile(rf"(?<!\w)(?:{any_of(listed(AFTER))})$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a sentence: its place, and the mark that stands before it."""

    start: int
    end: int
    mark: str  # "" when only a word parts it from the one before
    sentence: int
    line: int


def chunks(plain: Plain, lines: list[Line]) -> Iterator[Chunk]:
    """Yield the pieces of every line, in order; none overlaps another."""
    number = 0
    for place, line in enumerate(lines):
        for start, end in sentences(plain.text, line.start, line.end):
            number += 1
            yield from _of_sentence(plain, start, end, number, place)


def _of_sentence(
    plain: Plain, start: int, end: int, number: int, line: int
) -> Iterator[Chunk]:
    low, text = plain.low, plain.text
    cuts: list[tuple[int, int, str]] = [(start, start, "^")]
    place = start
    while match := CUT.search(low, place, end):
        place = match.end()
        if match["mark"]:
            cuts.append((match.start(), match.end(), match["mark"].strip() or "-"))
            continue
        at = match.start()
        if BEGINS.match(low, at):
            cuts.append((at, at, ""))
        if ENDS.search(low[at : match.end()]):
            cuts.append((match.end(), match.end(), ""))
    cuts.append((end, end, "$"))
    mark = ""
    for (_, begin, said), (stop, _, _) in zip(cuts, cuts[1:], strict=False):
        # "; đề nghị", "; “": several part at one place.
        mark = mark if mark in HARD else said or mark
        while begin < stop and text[begin].isspace():
            begin += 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        if begin < stop:
            yield Chunk(begin, stop, mark, number, line)
            mark = ""
