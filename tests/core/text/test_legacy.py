"""Texts of the fonts of before Unicode are known and converted."""

import unicodedata

import pytest

from haicap.core.text.legacy import Legacy, convert_legacy, detect_legacy


# The first line of many a report, typed in each font, read as Windows-1252.
TYPED = {
    Legacy.TCVN3: "§¶ng ñy x· ®Ò nghÞ tØnh hç trî kinh phÝ söa trô së, bæ sung biªn chÕ",
    Legacy.VNI: "Ñaûng uûy xaõ ñeà nghò tænh hoã trôï kinh phí söûa truï sôû, boå sung bieân cheá",
}
MEANT = "Đảng ủy xã đề nghị tỉnh hỗ trợ kinh phí sửa trụ sở, bổ sung biên chế"


@pytest.mark.parametrize("legacy", list(Legacy))
def test_a_text_in_an_old_font_is_known(legacy):
    assert detect_legacy(TYPED[legacy]) is legacy


@pytest.mark.parametrize("legacy", list(Legacy))
def test_a_text_in_an_old_font_becomes_unicode(legacy):
    assert convert_legacy(TYPED[legacy], legacy) == MEANT


@pytest.mark.parametrize(
    "text",
    [
        "",
        MEANT,
        unicodedata.normalize("NFD", MEANT),
        "No legacy here, only English: 100 % of the budget.",
        "Déjà vu à Hanoï, café crème",
        "123.456.789,00",
    ],
)
def test_other_texts_are_left_alone(text):
    assert detect_legacy(text) is None
