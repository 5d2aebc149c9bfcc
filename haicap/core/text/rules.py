"""How far each rule of the reader can be trusted."""

from __future__ import annotations


# The share of statements that each rule got right (place and kind) in 40 documents
# annotated by hand, less about a tenth: the rules were written with them in sight, so
# other documents will go worse. Rules seen fewer than ten times stand at 0.7 or below.
SURE: dict[str, float] = {
    "ask-verb": 0.80,  # "đề nghị Sở A làm"
    "ask-section": 0.74,  # a point under "Kiến nghị" or "Nhiệm vụ"
    "ask-goes-on": 0.78,  # a sentence after an ask, beginning with a verb
    "ask-should": 0.65,  # "tỉnh cần bố trí"
    "ask-quoted": 0.65,  # "về đề nghị của phường X cho ..."
    "ask-must": 0.60,  # a leader's "phải xong"
    "difficulty-section": 0.84,  # a point under "Khó khăn"
    "difficulty-goes-on": 0.70,  # after "nêu khó khăn"
    "difficulty-words": 0.62,  # only its words say so
    "difficulty-reason": 0.78,  # after "vì", "do"
    "difficulty-before-ask": 0.55,  # before the ask in one sentence
    "difficulty-in-results": 0.55,  # "song còn ..." under "Kết quả"
    "reply-label": 0.80,  # after "Trả lời:"
    "reply-says": 0.66,  # after "Sở A cho biết"
    "result-figure": 0.58,  # done, with a figure
    "result-in-reply": 0.74,  # done, in an answer
    "result-report": 0.60,  # done, in a report told by others
}
