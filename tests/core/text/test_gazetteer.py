"""Names of communes, today's and yesterday's, are found and resolved."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.text.gazetteer import Gazetteer, Place, split_prefix
from haicap.places import registry


GAZETTEER = Gazetteer(
    own=[
        Place("1", "Xã Kim Sơn", ("Xã Ân Hòa", "Xã Hùng Tiến"), ("Huyện Kim Sơn",)),
        Place("2", "Xã Phát Diệm", ("Thị trấn Phát Diệm",), ("Huyện Kim Sơn",)),
        Place("3", "Xã Lai Thành", ("Xã Yên Lộc", "Xã Lai Thành"), ("Huyện Kim Sơn",)),
        Place("4", "Phường Nam Định", ("Phường Quang Trung",), ("Thành phố Nam Định",)),
        Place("5", "Xã Yên Cường", ("Xã Yên Lộc",), ("Huyện Ý Yên",)),
        Place("6", "Phường Yên Thắng", ("Xã Yên Thắng",), ("Thành phố Tam Điệp",)),
        Place("7", "Xã Vạn Thắng", ("Xã Yên Thắng",), ("Huyện Ý Yên",)),
    ],
    others=[
        Place("90", "Xã Ba Vì"),
        Place("91", "Xã Hòa Bình"),
        Place("92", "Xã Hòa Bình"),
    ],
)


@pytest.mark.parametrize(
    "said, codes, how",
    [
        ("xã Kim Sơn", ("1",), "exact"),
        ("kim son", ("1",), "exact"),
        ("X. Kim Sơn", ("1",), "exact"),
        ("P.Nam Định", ("4",), "exact"),
        ("UBND xã Phát Diệm", ("2",), "exact"),
        ("Xã Ân Hoà", ("1",), "former"),
        ("Thị trấn Phát Diệm", ("2",), "former"),
        ("xã Yên Lộc", ("3", "5"), "ambiguous"),
        ("xã Yên Thắng", ("6", "7"), "ambiguous"),
        ("phường Yên Thắng", ("6",), "exact"),
        ("xã Phát Diêm", ("2",), "exact"),
        ("xã Phát Diệmm", ("2",), "near"),
        ("xã Ba Vì", ("90",), "exact"),
        ("xã Hòa Bình", ("91", "92"), "ambiguous"),
        ("xã Không Có Thật", (), "unknown"),
        ("", (), "unknown"),
    ],
)
def test_a_name_says_which_commune_and_how_we_know(said, codes, how):
    found = GAZETTEER.resolve(said)
    assert (found.codes, found.how) == (codes, how)


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "các xã Kim Sơn, Phát Diệm và Lai Thành",
            ["xã Kim Sơn", "Phát Diệm", "Lai Thành"],
        ),
        ("XÃ KIM SƠN", ["XÃ KIM SƠN"]),
        ("P. Nam Định, X. Lai Thành", ["P. Nam Định", "X. Lai Thành"]),
        ("các xã, phường trong tỉnh", []),
        ("nhà ở xã hội", []),
        ("đê Kim Sơn", []),
        ("Xã Kim Sơn họp. Tại Kim Sơn, dân hỏi", ["Xã Kim Sơn", "Kim Sơn"]),
        ("ba xã gồm Kim Sơn, Lai Thành", []),
        ("ba xã khu vực biển gồm Kim Sơn", ["xã khu vực biển gồm Kim Sơn"]),
    ],
)
def test_communes_are_found_where_they_are_named(text, said):
    assert [mention.said for mention in GAZETTEER.find(text)] == said


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mention_keeps_its_place_however_the_text_was_composed(form):
    text = unicodedata.normalize(form, "Cử tri xã Ân Hoà và phường Nam Định hỏi")
    found = GAZETTEER.find(text)
    assert [m.codes for m in found] == [("1",), ("4",)]
    assert all(text[m.start : m.end] == m.said for m in found)


WORDS = ["xã", "phường", "Kim", "Sơn", "Yên", ",", "và", ".", ":", "X.", "Nam", "Định"]


@given(st.lists(st.sampled_from(WORDS)))
def test_mentions_stand_in_order_and_apart(words):
    text = " ".join(words)
    found = GAZETTEER.find(text)
    places = [place for m in found for place in (m.start, m.end)]
    assert places == sorted(places)


def test_a_former_district_is_the_communes_of_today():
    assert GAZETTEER.in_district("huyện kim sơn") == ("1", "2", "3")


def test_a_prefix_is_told_from_a_name():
    assert split_prefix("TT. Cồn") == ("thi tran", "con")
    assert split_prefix("Xã") == ("", "xa")


def test_every_commune_of_the_register_is_found_by_its_own_name():
    gazetteer = registry.gazetteer()
    for row in registry.units():
        assert gazetteer.resolve(row.name).codes == (row.code,)


def test_every_former_commune_leads_to_where_its_people_live_now():
    gazetteer = registry.gazetteer()
    for row in registry.units():
        for former in row.merged_from:
            if not former.code:
                continue
            found = gazetteer.resolve(former.name)
            is_new_name = any(unit.name == former.name for unit in registry.units())
            assert row.code in found.codes or is_new_name
