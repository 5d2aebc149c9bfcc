"""Brings Vietnamese text into one form: for storing, searching, sorting and addresses."""

from __future__ import annotations

import re
import unicodedata


LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER_RANK = {letter: chr(33 + rank) for rank, letter in enumerate(LETTERS)}
# The order of tones in Vietnamese dictionaries: level, huyền, hỏi, ngã, sắc, nặng.
TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Marks that make another letter, and are therefore no tone.
SHAPES = ("\u0302", "\u0306", "\u031b")
OLD_PLACES = {
    old: new
    for olds, news in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
# Only a syllable that ends with the pair has two spellings (hoá, hóa); in "hoán" the
# tone has one place, and after q the u belongs to the consonant ("quý").
OLD_PLACE = re.compile(
    r"(?<!q)(?:" + "|".join(OLD_PLACES) + r")(?!\w)", flags=re.IGNORECASE
)


def nfc(text: str) -> str:
    """Return the text in composed form, which is the form we store."""
    return unicodedata.normalize("NFC", text)


def fold_vi(text: str) -> str:
    """
    Return the search form: lower case, no marks, đ as d, single spaces.

    >>> fold_vi("Đảng  uỷ") == fold_vi("đảng ủy") == fold_vi("dang uy")
    True
    """
    bare = strip_marks(strip_marks(text).lower()).replace("đ", "d")
    return " ".join(bare.split())


def strip_marks(text: str) -> str:
    """Return the text without tones and marks of letters; đ is a letter and stays."""
    marks = unicodedata.normalize("NFD", text)
    return nfc("".join(c for c in marks if not unicodedata.combining(c)))


def slug_vi(text: str) -> str:
    """
    Return the text as part of an address.

    >>> slug_vi("Sở Nông nghiệp và Môi trường")
    'so-nong-nghiep-va-moi-truong'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold_vi(text)).strip("-")


def sort_key_vi(text: str) -> tuple[str, str, str]:
    """
    Return a key that sorts as a Vietnamese dictionary does: letters, then tones.

    >>> sorted(["đá", "dạ", "da", "ăn", "an"], key=sort_key_vi)
    ['an', 'ăn', 'da', 'dạ', 'đá']
    """
    words, tones = [], []
    for word in nfc(text).lower().split():
        letters, tone = _letters_and_tone(word)
        words.append(letters)
        tones.append(tone)
    return " ".join(words), " ".join(tones), text


def _letters_and_tone(word: str) -> tuple[str, str]:
    """Return the ranks of a word's letters, and the rank of its tone."""
    ranks, tone = [], "0"
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        tone = next((TONE_RANK[p] for p in parts if p in TONE_RANK), tone)
        letter = nfc("".join(p for p in parts if p not in TONE_RANK))
        # What is no Vietnamese letter stands before (digits) or after them.
        other = letter if letter < "a" else "\u0100" + letter
        ranks.append(LETTER_RANK.get(letter, other))
    return "".join(ranks), tone


def one_tone_placement(text: str) -> str:
    """
    Return the text with tones placed the new way; its length does not change.

    >>> one_tone_placement("Uỷ ban, hoà, quý, hoán")
    'Ủy ban, hòa, quý, hoán'
    """

    def place(match: re.Match[str]) -> str:
        said = match.group()
        new = OLD_PLACES[said.lower()]
        if said.isupper():
            return new.upper()
        return new.capitalize() if said[0].isupper() else new

    return OLD_PLACE.sub(place, text)
