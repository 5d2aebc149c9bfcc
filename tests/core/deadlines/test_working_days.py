import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.deadlines import working_days as module
from haicap.core.deadlines.calendar import Calendar, DayKind, SpecialDay
from haicap.core.deadlines.explain import explain_period
from haicap.core.deadlines.lines import Tone, Why
from haicap.core.deadlines.period import Period, Unit
from haicap.core.deadlines.working_days import (
    add_calendar_days,
    add_months,
    add_working_days,
    first_working_day,
    working_days_between,
)
from haicap.core.errors import BadInput


H, S, W, M = (
    DayKind.HOLIDAY,
    DayKind.SUBSTITUTE_DAY_OFF,
    DayKind.SWAPPED_DAY_OFF,
    DayKind.MAKE_UP_WORKING_DAY,
)


def explain(start, n, calendar):
    return explain_period(start, Period(n), calendar)


def explain_calendar_days(start, n, calendar):
    return explain_period(start, Period(n, Unit.CALENDAR_DAYS), calendar)


def build(**days):
    """`d0102=H` is the 2nd of January 2026."""
    return Calendar(
        {
            date(2026, int(key[1:3]), int(key[3:])): SpecialDay(
                kind, f"nhãn {kind}", f"label {kind}", f"căn cứ {kind}"
            )
            for key, kind in days.items()
        },
        (2025, 2027),
    )


YEAR = build(
    d0101=H,
    d0102=W,
    d0110=M,
    d0216=H,
    d0217=H,
    d0218=H,
    d0219=H,
    d0220=H,
    d0426=H,
    d0427=S,
    d0430=H,
    d0501=H,
)


@pytest.mark.parametrize(
    ("start", "n", "due", "reason"),
    [
        (date(2025, 12, 15), 20, date(2026, 1, 13), "swap and make-up Saturday"),
        (date(2026, 2, 13), 1, date(2026, 2, 23), "the Tết block"),
        (date(2026, 4, 24), 1, date(2026, 4, 28), "holiday on Sunday, day in lieu"),
        (date(2026, 4, 29), 1, date(2026, 5, 4), "30 April and 1 May"),
        (date(2026, 1, 9), 1, date(2026, 1, 10), "a Saturday that is worked"),
        (date(2026, 1, 8), 0, date(2026, 1, 8), "the day itself"),
        (date(2026, 1, 1), 0, date(2026, 1, 5), "0 days received on a holiday"),
        (date(2026, 1, 3), 1, date(2026, 1, 5), "received on a Saturday"),
    ],
)
def test_working_days_are_counted_from_the_day_after_receipt(start, n, due, reason):
    assert add_working_days(start, n, YEAR) == due, reason


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 3, 2), 3, date(2026, 3, 5)),
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 4, 20), 6, date(2026, 4, 28)),
        (date(2026, 1, 5), 5, date(2026, 1, 10)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
    ],
)
def test_a_calendar_period_never_ends_on_a_day_off(start, n, due):
    assert add_calendar_days(start, n, YEAR) == due


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2026, 1, 6), date(2026, 1, 13), 6),
        (date(2026, 1, 13), date(2026, 1, 13), 0),
        (date(2026, 1, 15), date(2026, 1, 13), -2),
        (date(2026, 1, 12), date(2026, 1, 9), -2),
        (date(2026, 1, 18), date(2026, 1, 16), 0),
    ],
)
def test_days_left_are_positive_and_days_late_negative(today, due, left):
    assert working_days_between(today, due, YEAR) == left


def test_the_explanation_reads_like_the_due_button():
    why = explain(date(2025, 12, 15), 20, YEAR)
    assert [
        (f"{x.first:%d/%m}", f"{x.last:%d/%m}", x.why, x.counted, x.tone)
        for x in why.lines
    ] == [
        ("16/12", "31/12", Why.WORKING, 12, Tone.PLAIN),
        ("01/01", "01/01", Why.HOLIDAY, 0, Tone.OFF),
        ("02/01", "02/01", Why.SWAPPED_DAY_OFF, 0, Tone.OFF),
        ("03/01", "04/01", Why.WEEKEND, 0, Tone.OFF),
        ("05/01", "09/01", Why.WORKING, 5, Tone.PLAIN),
        ("10/01", "10/01", Why.MAKE_UP_WORKING_DAY, 1, Tone.MAKE_UP),
        ("11/01", "11/01", Why.WEEKEND, 0, Tone.OFF),
        ("12/01", "13/01", Why.WORKING, 2, Tone.PLAIN),
    ]
    assert (why.lines[0].n_saturdays, why.lines[0].n_sundays) == (2, 2)
    assert why.due_on == date(2026, 1, 13)


def test_each_decided_day_names_itself_and_its_basis():
    why = explain(date(2025, 12, 31), 2, YEAR)
    holiday, _swapped, _weekend, week = why.lines
    assert (holiday.label_vi, holiday.label_en) == ("nhãn holiday", "label holiday")
    assert (week.label_vi, week.label_en, week.legal_basis) == ("", "", "")
    assert why.legal_bases == ("căn cứ holiday", "căn cứ swapped_day_off")


def test_an_expected_day_makes_the_explanation_unverified():
    day = date(2026, 3, 3)
    expected = SpecialDay(H, "dự kiến", "expected", "luật", verified=False)
    calendar = Calendar({day: expected}, (2026, 2026))
    assert not explain(date(2026, 3, 2), 1, calendar).is_verified
    assert explain(date(2026, 3, 3), 1, calendar).is_verified


def test_a_period_that_ends_on_a_day_off_shows_how_it_moves_on():
    why = explain_calendar_days(date(2026, 4, 20), 6, YEAR)
    assert [(x.first.day, x.last.day, x.why, x.counted) for x in why.lines] == [
        (21, 26, Why.COUNTED, 6),
        (27, 27, Why.SUBSTITUTE_DAY_OFF, 0),
        (28, 28, Why.MOVED, 0),
    ]
    assert why.lines[-1].tone is Tone.PLAIN
    assert explain(date(2026, 4, 26), 0, YEAR).lines == why.lines[1:]
    assert explain(date(2026, 4, 28), 0, YEAR).lines == ()


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 3, 31), 1, date(2026, 5, 4)),  # 30 April and 1 May are off
        (date(2026, 1, 12), 12, date(2027, 1, 12)),
    ],
)
def test_months_end_on_the_same_number_or_on_the_last_day_of_a_shorter_one(
    start, n, due
):
    assert add_months(start, n, YEAR) == due


def test_a_year_after_29_february_is_28_february():
    assert module.same_day_of_a_later_month(date(2024, 2, 29), 12) == date(2025, 2, 28)


@pytest.mark.parametrize("count", [add_working_days, add_calendar_days, add_months])
def test_a_negative_period_is_refused(count):
    with pytest.raises(BadInput, match="shorter than 0"):
        count(date(2026, 1, 5), -1, YEAR)


@pytest.mark.parametrize("count", [add_working_days, add_calendar_days])
def test_a_period_beyond_the_calendar_is_refused_with_the_year(count):
    with pytest.raises(BadInput, match="no days of 2028"):
        count(date(2027, 12, 31), 1, YEAR)


@pytest.mark.parametrize("count", [add_calendar_days, add_months])
def test_an_absurd_period_is_refused_clearly(count):
    with pytest.raises(BadInput, match="too far away"):
        count(date(2026, 1, 5), 10**12, YEAR)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(module).failed == 0


year_days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(DayKind)
calendars = st.dictionaries(
    year_days, kinds.map(lambda kind: SpecialDay(kind, "a", "b", "c")), max_size=40
).map(lambda days: Calendar(days, (2025, 2028)))
starts = st.dates(date(2025, 12, 1), date(2026, 12, 31))
periods = st.integers(0, 60)


@given(calendars, year_days, starts, periods)
def test_one_more_holiday_never_makes_a_due_date_earlier(calendar, day, start, n):
    holiday = SpecialDay(DayKind.HOLIDAY, "a", "b", "c")
    more = Calendar({**calendar.days, day: holiday}, calendar.covers)
    assert add_working_days(start, n, more) >= add_working_days(start, n, calendar)
    assert add_calendar_days(start, n, more) >= add_calendar_days(start, n, calendar)


@given(
    calendars,
    starts,
    st.integers(1, 60),
    st.sampled_from([explain, explain_calendar_days]),
)
def test_an_explanation_adds_up_and_shows_every_day_once(calendar, start, n, say):
    why = say(start, n, calendar)
    assert why.total == n
    shown = [
        line.first + timedelta(days=i)
        for line in why.lines
        for i in range((line.last - line.first).days + 1)
    ]
    between = (why.due_on - start).days
    assert shown == [start + timedelta(days=i) for i in range(1, between + 1)]


@given(calendars, starts, st.integers(1, 60))
def test_days_left_on_receipt_are_the_whole_period(calendar, start, n):
    due = add_working_days(start, n, calendar)
    assert calendar.is_working(due)
    assert working_days_between(start, due, calendar) == n
    assert working_days_between(due, start, calendar) == -n


@given(calendars, starts)
def test_the_first_working_day_is_worked_and_nothing_before_it_is(calendar, start):
    first = first_working_day(start, calendar)
    assert calendar.is_working(first)
    skipped = (first - start).days
    assert not any(
        calendar.is_working(start + timedelta(days=i)) for i in range(skipped)
    )
