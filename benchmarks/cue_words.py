"""The plain baseline: a sentence with a cue word in it is an item."""

from __future__ import annotations

import re

from benchmarks.text_score import Item


SENTENCE = re.compile(r"[^.!?;\n]+")
# The first kind whose cue stands in the sentence; asked before told.
CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("recommendation", re.compile(r"đề nghị|kiến nghị|đề xuất|mong muốn", re.I)),
    ("directive", re.compile(r"yêu cầu|giao |chỉ đạo", re.I)),
    ("difficulty", re.compile(r"khó khăn|vướng mắc|thiếu|chưa có|xuống cấp", re.I)),
    ("reply", re.compile(r"trả lời|tiếp thu|ghi nhận|giải trình|sẽ ", re.I)),
    ("result", re.compile(r"đã |hoàn thành|đạt ", re.I)),
)
SPEAKER = re.compile(r"\b(?:xã|phường|Sở|UBND)(?: [^\W\d_a-zđ][^\W\d_]*){1,3}")
AFTER = re.compile(
    r"(?:đề nghị|kiến nghị|yêu cầu|giao) ((?:UBND tỉnh|tỉnh|Sở(?: \w+){2}))"
)
COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu)(?: [A-ZĐ][^\W\d_]+){1,3}")
DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def read(text: str) -> list[Item]:
    """Return the items of a text, by cue words alone."""
    found: list[Item] = []
    for match in SENTENCE.finditer(text):
        said = match.group()
        for kind, cue in CUES:
            if cue.search(said):
                start = match.start() + len(said) - len(said.lstrip(" \t-+*•–"))
                found.append(item(kind, start, match.end(), said))
                break
    return [each for each in found if each["start"] < each["end"]]


def item(kind: str, start: int, end: int, said: str) -> Item:
    """Return one item with the nearest names as its own; the field is not told."""
    speaker, asked, day = SPEAKER.search(said), AFTER.search(said), DATE.search(said)
    return {
        "kind": kind,
        "start": start,
        "end": end,
        "speaker": speaker.group() if speaker else None,
        "addressee": asked.group(1) if asked else None,
        "fields": [],
        "communes": COMMUNE.findall(said),
        "deadline": f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else None,
    }
