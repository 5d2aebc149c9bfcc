"""Parts two statements that the chain runs together as one, by rules of the guideline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from haicap.core.text.chunks import Chunk
from haicap.core.text.cues import BEGINS_ACTION, NOT_REASON, STANDS
from haicap.core.text.plain import Plain


REASON = frozenset({"do", "vì", "bởi", "bởi vì", "bởi lẽ"})
OUTSIDE, ASK, ORDER, TROUBLE = "O", "R", "C", "D"
LEAST = 4  # words of a part with its own verb and object
HOW_IT_STANDS = re.compile(rf"(?:{STANDS})(?!\w)")
# The next step towards the same outcome, or how it is to be done: no ask of its own.
STEP = re.compile(
    r"bảo đảm|đảm bảo|không|tránh|phục vụ|góp phần|tạo|giúp|trình|hoàn thành|ưu tiên|làm xong"
    r"|gửi|báo cáo|xong|nâng cao|kể|mở rộng|thực hiện|bàn giao"
)


# A last object that a span was cut before: "... trong dự toán [và các nhiệm vụ phát sinh]".
# Who is named, or does something, begins another statement.
MORE = re.compile(
    r" và (?:các|những|mọi|toàn bộ|một số|nhiều) "
    r"(?!(?:xã|phường|sở|địa phương|đơn vị|hộ|ngành|cơ quan|bên|đồng chí|ban)(?!\w))"
    r"(?![^.;,:!?\n“”|]*(?<!\w)"
    r"(?:đã|sẽ|đang|phải|cần|chưa|không|đề nghị|yêu cầu|bị|là)(?!\w))"
    r"[^.;,:!?\n“”|]{2,60}(?=[.;\n]|$)"
)


def whole_end(plain: Plain, end: int) -> int:
    """Return where a statement ends when its last object was cut off."""
    more = MORE.match(plain.low, end)
    return more.end() if more else end


def parted(plain: Plain, pieces: Sequence[Chunk], labelled: Sequence[str]) -> list[str]:
    """
    Return the labels with three kinds of seams opened, each within a sentence.

    A reason after an ask is a difficulty of its own ("đề nghị trang bị xuồng | vì xuồng là
    xuồng mượn"), and so is how things stand ("sửa trạm bơm, | hiện 3/5 máy hỏng"). A verb
    with its own object after "và" is an ask of its own.
    """
    out = list(labelled)
    for i in range(1, len(pieces)):
        if out[i] not in (f"I-{ASK}", f"I-{ORDER}"):
            continue
        if pieces[i].sentence != pieces[i - 1].sentence:
            continue
        words = _words(plain, pieces[i])
        is_ask, last = out[i] == f"I-{ASK}", _last(pieces, out, i)
        if is_ask and pieces[i].mark == "," and HOW_IT_STANDS.match(words):
            _tell(out, i, last)
        elif is_ask and words in REASON and i < last:
            reason = plain.low[pieces[i].start : pieces[last].end]
            # "đồ án do xã lập" names who did it.
            if len(reason.split()) > LEAST and not NOT_REASON.match(reason):
                _tell(out, i + 1, last)
                out[i] = OUTSIDE
        elif (
            words == "và"
            and i < last
            and len(_words(plain, pieces[i - 1]).split()) >= LEAST
            and _stands_alone(_words(plain, pieces[i + 1]))
        ):
            out[i], out[i + 1] = OUTSIDE, f"B-{out[i][2:]}"
    return out


def _words(plain: Plain, piece: Chunk) -> str:
    return plain.low[piece.start : piece.end]


def _stands_alone(words: str) -> bool:
    """Return whether a part begins with a verb and has an object of its own."""
    return (
        len(words.split()) >= LEAST
        and BEGINS_ACTION.match(words) is not None
        and not STEP.match(words)
    )


def _last(pieces: Sequence[Chunk], out: Sequence[str], i: int) -> int:
    """Return the last piece of the sentence that goes on with the item of this one."""
    while (
        i + 1 < len(out)
        and out[i + 1] == out[i]
        and pieces[i + 1].sentence == pieces[i].sentence
    ):
        i += 1
    return i


def _tell(out: list[str], first: int, last: int) -> None:
    """Turn these pieces of an ask into a difficulty."""
    out[first] = f"B-{TROUBLE}"
    out[first + 1 : last + 1] = [f"I-{TROUBLE}"] * (last - first)
