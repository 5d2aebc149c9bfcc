"""Tells text typed in the fonts TCVN3 (.VnTime) and VNI, and turns it into Unicode."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Legacy(StrEnum):
    """An encoding that lives in the font: the letters look western without it."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


def _pairs(theirs: str, ours: str) -> dict[str, str]:
    return dict(zip(theirs.split(), ours.split(), strict=True))


# One character a letter. The soft hyphen is "ư".
_TCVN3 = _pairs(
    "µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ ß ã á â ä"
    " « å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \xad õ ø ö ÷ ù ú ý û ü þ ¡ ¢ § £ ¤ ¥ ¦",
    "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ"
    " ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ Ă Â Đ Ê Ô Ơ Ư",
)

# A letter and a second character for its mark; some letters stand alone.
_VNI_ALONE = _pairs(
    "ñ ô ö ì í æ ó ò î Ñ Ô Ö Ì Í Æ Ó Ò Î", "đ ơ ư ì í ỉ ĩ ị ỵ Đ Ơ Ư Ì Í Ỉ Ĩ Ị Ỵ"
)
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_BOWLS = {
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}


def _vni() -> dict[str, str]:
    """Return what each letter of VNI means, longest first where it matters."""
    table = dict(_VNI_ALONE)
    for letter in "aeouyôö":
        for mark, said in _TONES.items():
            base = _VNI_ALONE.get(letter, letter)
            table[letter + mark] = unicodedata.normalize("NFC", base + said)
    for letters, marks in (("aeo", _HATS), ("a", _BOWLS)):
        for letter in letters:
            for mark, said in marks.items():
                table[letter + mark] = unicodedata.normalize("NFC", letter + said)
    upper = {key.upper(): value.upper() for key, value in table.items()}
    # "Ñeà": a capital takes a small mark when only the first letter is one.
    mixed = {
        key[0].upper() + key[1]: value.upper()
        for key, value in table.items()
        if len(key) == 2
    }
    return table | mixed | upper


_VNI = _vni()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TCVN3_LETTER = re.compile("[" + re.escape("".join(_TCVN3)) + "]")

# Letters that only Vietnamese in Unicode has.
_UNICODE = re.compile("[ăđơưạ-ỹĂĐƠƯẠ-Ỹ]")
_SYLLABLE = re.compile(r"[^\W\d_]+")
# Common words that no other reading gives.
_COMMON = (
    "của và các được những với trong cho là có không một để này người về tại theo đến"
    " xã tỉnh huyện cấp việc làm tổ chức thực hiện đề nghị kiến số nhân dân ủy uỷ ban"
    " đảng bộ chính quyền hỗ trợ công tác quản lý giải quyết phường thành phố việt nam"
    " cộng hòa hoà hội chủ nghĩa độc lập tự hạnh phúc"
)
_WORDS = frozenset(_COMMON.split())


def convert_legacy(text: str, legacy: Legacy) -> str:
    """Return the text in Unicode, NFC."""
    if legacy == Legacy.TCVN3:
        done = _TCVN3_LETTER.sub(lambda match: _TCVN3[match.group()], text)
    else:
        done = _VNI_LETTER.sub(lambda match: _VNI[match.group()], text)
    return unicodedata.normalize("NFC", done)


def detect_legacy(text: str) -> Legacy | None:
    """
    Return the old encoding of a text, or None when it is not in one.

    >>> detect_legacy("§Ò nghÞ tØnh hç trî vèn söa trô së cña x·")
    <Legacy.TCVN3: 'TCVN3'>
    >>> detect_legacy("Déjà vu à Hanoï") is None
    True
    """
    sample = text[:20_000]
    if len(_UNICODE.findall(unicodedata.normalize("NFC", sample))) > len(sample) // 200:
        return None
    before = _known(sample)
    scores = {each: _known(convert_legacy(sample, each)) for each in Legacy}
    best = max(scores, key=lambda each: scores[each])
    # Words that become Vietnamese only by converting: two say it, and one in ten.
    gained = scores[best] - before
    n_words = len(_SYLLABLE.findall(sample))
    return best if gained >= 2 and gained * 10 >= n_words else None


def _known(text: str) -> int:
    """Return how many words of the text are common Vietnamese ones with marks."""
    words = (word.lower() for word in _SYLLABLE.findall(text))
    return sum(word in _WORDS and not word.isascii() for word in words)
