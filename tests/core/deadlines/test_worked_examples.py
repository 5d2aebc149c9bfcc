"""The worked examples of the page "How a date is counted" are true."""

import re
from pathlib import Path

import pytest

from haicap.core.deadlines.explain import explain_period
from haicap.core.deadlines.period import Period, Unit
from haicap.core.deadlines.status import Status
from haicap.places.workdays import calendar
from tests.core.deadlines.vectors import day_of


ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/reference/how-a-date-is-counted.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### (.+?)$(.+?)(?=^##)", PAGE, re.M | re.S)
ASKED = re.compile(r"Received on (\S+), (\d+) (working days|calendar days|months)\.")
ROW = re.compile(r"^\| (\d\S+) \| (\S+) \| (\d+) \| (\w+) \|$", re.M)


def test_there_are_three_of_them():
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize(
    ("title", "text"), EXAMPLES, ids=[each[0] for each in EXAMPLES]
)
def test_an_example_is_what_the_engine_says(title, text):
    start, n, unit = ASKED.search(text).groups()
    period = Period(int(n), Unit(unit.replace(" ", "_")))
    why = explain_period(day_of(start), period, calendar())
    weekday, last = re.search(r"The last\s+day is (\w+) (\S+)\.\n", text).groups()
    assert (f"{why.due_on:%A}", why.due_on) == (weekday, day_of(last))
    lines = [(line.first, line.last, line.counted, line.why) for line in why.lines]
    told = [
        (day_of(first), day_of(last), int(counted), reason)
        for first, last, counted, reason in ROW.findall(text)
    ]
    assert told == lines


def test_the_page_names_every_code_in_the_order_in_which_they_are_asked():
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.M)
    assert sorted(told) == sorted(Status)
    assert told[:2] == ["cancelled", "done_late"]
