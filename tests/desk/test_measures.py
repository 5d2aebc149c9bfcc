"""The figures of units and agencies: answered is not solved, sums are sums."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from haicap.desk.boundaries import borders
from haicap.desk.queries_measures import (
    Class,
    class_number,
    classes_of,
    sorted_by,
    total_of,
    unit_figures,
)
from haicap.resolve.states import CaseState
from tests.world import NOON


TODAY = date(2026, 1, 7)


@given(st.lists(st.one_of(st.none(), st.integers(0, 400).map(float))))
def test_every_value_stands_in_exactly_one_of_at_most_five_classes(values):
    classes = classes_of(values)
    assert len(classes) <= 5
    for value in values:
        number = class_number(value, classes)
        if value is None:
            assert number == -1
        else:
            inside = [
                n for n, one in enumerate(classes) if one.low <= value <= one.high
            ]
            assert inside == [number]


def test_few_values_make_one_class_each():
    assert classes_of([0, 2, 2, None]) == [Class(0, 0), Class(2, 2)]


@pytest.mark.django_db
def test_a_unit_without_asks_has_no_figure_rather_than_zero(people, make_case):
    make_case()
    rows = {one.code: one for one in unit_figures(people.po, on=TODAY)}
    assert len(rows) == 129
    assert rows[people.binh_minh.code].value("overdue") == 0
    assert rows[people.kim_dong.code].value("overdue") is None


@pytest.mark.django_db
def test_the_parts_of_a_unit_add_up(people, make_case):
    make_case(state=CaseState.ASSIGNED, due_on=date(2026, 1, 2))
    make_case(state=CaseState.ANSWERED, answered_at=NOON, outcome_class="explained")
    make_case(
        state=CaseState.CLOSED, answered_at=NOON, outcome_class="solved_execution",
        verified_at=NOON, closed_at=NOON,
    )  # fmt: skip
    tally = total_of(unit_figures(people.po, on=TODAY))
    assert (tally.total, tally.open, tally.answered) == (3, 1, 2)
    assert (tally.overdue, tally.solved, tally.verified) == (1, 1, 1)


@pytest.mark.django_db
def test_a_commune_counts_only_its_own_asks(people, make_case):
    make_case(units=[people.binh_minh, people.kim_dong])
    rows = unit_figures(people.co, on=TODAY)
    assert [one.name for one in rows if one.tally] == [people.binh_minh.name]


@pytest.mark.django_db
def test_units_without_figures_stand_last_however_one_sorts(people, make_case):
    make_case(units=[people.kim_dong])
    rows = unit_figures(people.po, on=TODAY)
    ranked = sorted_by(rows, "", "overdue", per_head=False)
    assert ranked[0].name == people.kim_dong.name
    assert ranked[-1].tally is None


@pytest.mark.django_db
class TestMap:
    @pytest.fixture(autouse=True)
    def _wednesday(self):
        with time_machine.travel(NOON, tick=False):
            yield

    def test_the_table_says_the_same_as_the_map(self, as_, people, make_case):
        make_case()
        page = as_(people.po).get("/map/?measure=open")
        data = page.context["data"]["units"][people.binh_minh.code]
        shown = dict((one.code, value) for one, value in page.context["rows"])
        assert data["value"] == shown[people.binh_minh.code] == "1"
        assert data["class"] == 0

    def test_no_ask_is_no_data_and_not_the_lowest_class(self, as_, people, make_case):
        make_case()
        page = as_(people.po).get("/map/")
        assert page.context["data"]["units"][people.kim_dong.code]["class"] == -1
        assert page.context["n_silent"] == 128

    def test_a_commune_reads_no_other_communes_figures(self, as_, people, make_case):
        make_case(units=[people.kim_dong])
        page = as_(people.co).get("/map/")
        assert page.context["total"].total == 0
        assert page.context["n_silent"] == 129

    def test_an_unknown_measure_is_the_first_one(self, as_, people):
        page = as_(people.po).get("/map/?measure=secrets&sort=drop")
        assert page.context["measure"] == "recommendations"

    def test_values_reach_the_script_as_data(self, as_, people):
        words = as_(people.po).get("/map/").content.decode()
        assert '<script id="map-data" type="application/json">' in words
        assert "style=" not in words

    @pytest.mark.parametrize("query", ["", "?measure=solved&per=head&sort=name"])
    def test_the_questions_are_few(
        self, as_, people, make_case, django_assert_max_num_queries, query
    ):
        make_case()
        client = as_(people.po)
        with django_assert_max_num_queries(8):
            client.get(f"/map/{query}")


@pytest.mark.django_db
class TestBorders:
    def test_every_unit_has_one_border(self, people):
        data = json.loads(borders().plain)
        codes = [feature["properties"]["code"] for feature in data["features"]]
        assert len(codes) == len(set(codes)) == 129
        assert people.binh_minh.code in codes

    def test_anybody_may_keep_them_for_a_year(self, client):
        answer = client.get("/map/borders.geojson")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        again = client.get(
            "/map/borders.geojson", headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304

    def test_they_travel_packed(self, client):
        answer = client.get("/map/borders.geojson", headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.content) == borders().plain

    def test_points_of_shared_borders_stay_shared(self):
        points: dict[tuple[float, float], int] = {}
        for feature in json.loads(borders().plain)["features"]:
            shape = feature["geometry"]
            rings = shape["coordinates"]
            if shape["type"] == "MultiPolygon":
                rings = [ring for part in rings for ring in part]
            for point in {tuple(point) for ring in rings for point in ring}:
                points[point] = points.get(point, 0) + 1
        shared = sum(n > 1 for n in points.values())
        assert shared > len(points) * 0.6
