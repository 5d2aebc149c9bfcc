"""
Makes vectors.csv: due dates that owe nothing to the engine they test.

    python tests/core/deadlines/vectors.py         writes the file anew

The days off below were typed from the announcements, as stretches "off from … to …"; the
counter walks a day, or a minute, at a time. Neither reads anything of the package.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path


PAGE = Path(__file__).with_name("vectors.csv")
DAY = timedelta(days=1)
COLUMNS = [
    "class",
    "start",
    "received",
    "n",
    "unit",
    "cutoff",
    "due",
    "made",
    "what",
    "source",
]
HEAD = """\
# Due dates in Vietnam, 2019-2026. tests/core/deadlines/vectors.py made this file: rows "by
# hand" were reasoned out one by one and typed with their due date; rows "by counter" were
# counted day by day (minute by minute for hours of work, 7:30-11:30 and 13:30-17:30) over
# days off typed from the announcements. The engine under test had no part in it. The day of
# receipt is day 0; what is received after the cut-off is received on the next working day.
# A due date with a time belongs to a period of hours.
"""

L12 = "Labour Code 2012, art. 115"
L19 = "Labour Code 2019, art. 111-112"
CIVIL = "Civil Code 2015, art. 147-148"
V19 = "6519/VPCP-KGVX, 11/07/2018"
V21 = "9895/VPCP-KGVX, 26/11/2020"
V22 = "letter 245 of the Government Office, 11/01/2022"
V23 = "letter of the Government Office, 01/12/2022"
V24 = "8662/VPCP-KGVX, 03/11/2023"
V24_SWAP = "2450/VPCP-KGVX, 12/04/2024"
V25 = "8726/VPCP-KGVX, 26/11/2024"
V26_NEW_YEAR = "12729/VPCP-KGVX, 25/12/2025"
V26 = "announcement of the holidays of 2026"

# Which feast, off from, to (weekends beside it included), by which document.
OFF = """
new_year     01/01/2019 01/01/2019 | {L12}
tet          02/02/2019 10/02/2019 | {V19}
hung_kings   13/04/2019 15/04/2019 | {L12}
april_may    27/04/2019 01/05/2019 | {V19}
national_day 31/08/2019 02/09/2019 | {L12}
new_year     01/01/2020 01/01/2020 | {L12}
tet          23/01/2020 29/01/2020 | announcement of the Lunar New Year 2020
hung_kings   02/04/2020 02/04/2020 | {L12}
april_may    30/04/2020 03/05/2020 | {L12}
national_day 02/09/2020 02/09/2020 | {L12}
new_year     01/01/2021 03/01/2021 | {L19}
tet          10/02/2021 16/02/2021 | {V21}
hung_kings   21/04/2021 21/04/2021 | {L19}
april_may    30/04/2021 03/05/2021 | {L19}
national_day 02/09/2021 05/09/2021 | {V21}
new_year     01/01/2022 03/01/2022 | {L19}
tet          29/01/2022 06/02/2022 | {V22}
hung_kings   09/04/2022 11/04/2022 | {L19}
april_may    30/04/2022 03/05/2022 | {L19}
national_day 01/09/2022 04/09/2022 | announcement of National Day 2022
new_year     31/12/2022 02/01/2023 | {L19}
tet          20/01/2023 26/01/2023 | {V23}
april_may    29/04/2023 03/05/2023 | {L19}
national_day 01/09/2023 04/09/2023 | {V23}
new_year     30/12/2023 01/01/2024 | {L19}
tet          08/02/2024 14/02/2024 | {V24}
hung_kings   18/04/2024 18/04/2024 | {L19}
april_may    27/04/2024 01/05/2024 | {V24_SWAP}
national_day 31/08/2024 03/09/2024 | {V24}
new_year     01/01/2025 01/01/2025 | {L19}
tet          25/01/2025 02/02/2025 | {V25}
hung_kings   05/04/2025 07/04/2025 | {L19}
april_may    30/04/2025 04/05/2025 | {V25}
national_day 30/08/2025 02/09/2025 | {V25}
new_year     01/01/2026 04/01/2026 | {V26_NEW_YEAR}
tet          14/02/2026 22/02/2026 | {V26}
hung_kings   25/04/2026 27/04/2026 | {L19}
april_may    30/04/2026 03/05/2026 | {L19}
national_day 29/08/2026 02/09/2026 | {V26}
new_year     01/01/2027 03/01/2027 | {L19}
"""

# The Saturdays worked for a day off, and by which document.
WORKED = """
05/01/2019 | {V19}
04/05/2019 | {V19}
04/05/2024 | {V24_SWAP}
26/04/2025 | {V25}
10/01/2026 | {V26_NEW_YEAR}
22/08/2026 | {V26}
"""

# Typed with their due dates: class | start | n unit | due | why.
BY_HAND = """
hours | 01/01/2019 09:00 | 2 hours | 02/01/2019 09:30 | closed on New Year's Day: two hours from opening on Wednesday
make_up | 04/01/2019 | 1 working_days | 05/01/2019 | Saturday 05/01 is worked for 31/12/2018
make_up | 03/01/2019 | 3 working_days | 07/01/2019 | Fri 4, Sat 5 (worked), Mon 7
tet | 01/02/2019 | 1 working_days | 11/02/2019 | off 02-10/02, so Monday 11/02 is day 1
tet | 01/02/2019 | 5 working_days | 15/02/2019 | off 02-10/02, then Mon 11 to Fri 15
hung_kings | 12/04/2019 | 1 working_days | 16/04/2019 | Hùng Kings on Sunday 14, Monday 15 in lieu
april_may | 26/04/2019 | 1 working_days | 02/05/2019 | weekend, 29 swapped, 30 and 01 off
make_up | 26/04/2019 | 3 working_days | 04/05/2019 | Thu 2, Fri 3, Saturday 4 worked for 29/04
national_day | 30/08/2019 | 1 working_days | 03/09/2019 | Monday 02/09 is off, 03/09 not yet
tet | 22/01/2020 | 1 working_days | 30/01/2020 | off 23-29/01
tet | 22/01/2020 | 3 working_days | 03/02/2020 | Thu 30, Fri 31, Mon 3
hung_kings | 01/04/2020 | 1 working_days | 03/04/2020 | Thursday 02/04 is off
april_may | 29/04/2020 | 1 working_days | 04/05/2020 | Thu 30 and Fri 01 off, weekend
national_day | 01/09/2020 | 1 working_days | 03/09/2020 | one day of National Day until 2020
tet | 09/02/2021 | 1 working_days | 17/02/2021 | off 10-16/02, the last two in lieu
hung_kings | 20/04/2021 | 1 working_days | 22/04/2021 | Wednesday 21/04 is off
april_may | 29/04/2021 | 1 working_days | 04/05/2021 | Fri 30 off, Labour Day on Saturday, Mon 3 in lieu
national_day | 01/09/2021 | 1 working_days | 06/09/2021 | Thu 2 and Fri 3: two days from 2021 on
year_end | 31/12/2021 | 1 working_days | 04/01/2022 | New Year on Saturday, Monday 3 in lieu
tet | 28/01/2022 | 1 working_days | 07/02/2022 | off 29/01-06/02
hung_kings | 08/04/2022 | 1 working_days | 12/04/2022 | Hùng Kings on Sunday 10, Monday 11 in lieu
april_may | 29/04/2022 | 1 working_days | 04/05/2022 | 30/04 Saturday, 01/05 Sunday: Mon 2 and Tue 3 in lieu
national_day | 31/08/2022 | 1 working_days | 05/09/2022 | Thu 1 and Fri 2 off, weekend
year_end | 30/12/2022 | 1 working_days | 03/01/2023 | New Year on Sunday, Monday 2 in lieu
tet | 19/01/2023 | 1 working_days | 27/01/2023 | off 20-26/01
april_may | 28/04/2023 | 1 working_days | 04/05/2023 | Sat 29, Sun 30, Mon 1, two days in lieu
national_day | 31/08/2023 | 1 working_days | 05/09/2023 | Fri 1, Saturday 2 with Monday 4 in lieu
year_end | 29/12/2023 | 1 working_days | 02/01/2024 | weekend, Monday 01/01 off
tet | 07/02/2024 | 1 working_days | 15/02/2024 | off 08-14/02
hung_kings | 17/04/2024 | 1 working_days | 19/04/2024 | Thursday 18/04 is off
make_up | 26/04/2024 | 3 working_days | 04/05/2024 | off 27/04-01/05, Thu 2, Fri 3, Saturday 4 worked
national_day | 30/08/2024 | 1 working_days | 04/09/2024 | Mon 2 and Tue 3 off
year_end | 31/12/2024 | 1 working_days | 02/01/2025 | Wednesday 01/01 is off
tet | 24/01/2025 | 1 working_days | 03/02/2025 | off 25/01-02/02
hung_kings | 04/04/2025 | 1 working_days | 08/04/2025 | weekend, Monday 07/04 off
make_up | 25/04/2025 | 1 working_days | 26/04/2025 | Saturday 26/04 is worked for 02/05
april_may | 29/04/2025 | 1 working_days | 05/05/2025 | Wed 30, Thu 1, Fri 2 swapped, weekend
national_day | 29/08/2025 | 1 working_days | 03/09/2025 | Mon 1 and Tue 2 off
year_end | 31/12/2025 | 1 working_days | 05/01/2026 | Thu 1 off, Fri 2 swapped, weekend
make_up | 09/01/2026 | 1 working_days | 10/01/2026 | Saturday 10/01 is worked for 02/01
tet | 13/02/2026 | 1 working_days | 23/02/2026 | off 14-22/02
hung_kings | 24/04/2026 | 1 working_days | 28/04/2026 | Hùng Kings on Sunday 26, Monday 27 in lieu
april_may | 29/04/2026 | 1 working_days | 04/05/2026 | Thu 30 and Fri 1 off, weekend
make_up | 21/08/2026 | 1 working_days | 22/08/2026 | Saturday 22/08 is worked for 31/08
national_day | 28/08/2026 | 1 working_days | 03/09/2026 | Mon 31 swapped, Tue 1 and Wed 2 off
tet_span | 02/02/2026 | 30 working_days | 23/03/2026 | 3-6/02 4, 9-13/02 9, 23-27/02 14, then 5 a week: 19, 24, 29, Mon 23/03
months | 31/01/2024 | 1 months | 29/02/2024 | February of a leap year is shorter than 31
months | 29/02/2024 | 12 months | 28/02/2025 | no 29 February in 2025
months | 31/01/2026 | 1 months | 02/03/2026 | 28/02 is a Saturday, so Monday
calendar_days | 19/01/2026 | 30 calendar_days | 23/02/2026 | 18/02 lies in Tết, so the Monday after it
calendar_days | 05/01/2026 | 5 calendar_days | 10/01/2026 | a Saturday that is worked does not move on
hours | 09/01/2026 16:30 | 2 hours | 10/01/2026 08:30 | one hour on Friday, one on the worked Saturday
hours | 13/02/2026 15:30 | 4 hours | 23/02/2026 09:30 | two hours before Tết, two after it
cutoff | 13/02/2026 16:00 > 15:00 | 8 hours | 23/02/2026 17:30 | received after 15:00: from Monday's opening, a whole day
cutoff | 09/01/2026 16:00 > 15:00 | 1 working_days | 12/01/2026 | day 0 is the worked Saturday 10/01
"""


@dataclass(frozen=True)
class Vector:
    """One due date with its reason; `received` and `cutoff` may be missing."""

    group: str
    start: date
    n: int
    unit: str
    what: str
    received: time | None = None
    cutoff: time | None = None
    due: date | datetime | None = None  # typed by hand

    def row(self) -> list[str]:
        """Return the line of the file."""
        due, made = self.due or count(self), "by hand" if self.due else "by counter"
        last = due.date() if isinstance(due, datetime) else due
        shown = due.isoformat(*(["T", "minutes"] if isinstance(due, datetime) else []))
        hour, cutoff = self.received, self.cutoff
        return [
            self.group,
            self.start.isoformat(),
            hour.isoformat("minutes") if hour else "",
            str(self.n),
            self.unit,
            cutoff.isoformat("minutes") if cutoff else "",
            shown,
            made,
            self.what,
            "; ".join(sources(self.start, last)),
        ]


def typed(text: str) -> list[list[str]]:
    """Return the fields of a typed table, documents put in for their names."""
    lines = text.format(**globals()).strip().splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines]


def day_of(words: str) -> date:
    """Return the date that dd/mm/yyyy names."""
    day, month, year = map(int, words.split("/"))
    return date(year, month, day)


def days_from(first: date, last: date) -> Iterator[date]:
    """Yield every day of a stretch."""
    while first <= last:
        yield first
        first += DAY


STRETCHES = [
    (group, day_of(first), day_of(last), source)
    for words, source in typed(OFF)
    for group, first, last in [words.split()]
]
OFF_DAYS = {d for _, first, last, _ in STRETCHES for d in days_from(first, last)}
MAKE_UP = {day_of(day): source for day, source in typed(WORKED)}


def worked(day: date) -> bool:
    """Return whether offices work."""
    return day in MAKE_UP or (day.weekday() < 5 and day not in OFF_DAYS)


def next_worked(day: date) -> date:
    """Return the day itself, or the next one that is worked."""
    while not worked(day):
        day += DAY
    return day


def count(vector: Vector) -> date | datetime:
    """Return when a period ends, by counting on one's fingers."""
    day = vector.start
    late = vector.received and vector.cutoff and vector.received > vector.cutoff
    if late:
        day = next_worked(day + DAY)
    if vector.unit == "hours":
        assert vector.received
        begin = datetime.combine(day, time(0) if late else vector.received)
        return count_minutes(begin, vector.n * 60)
    if vector.unit == "working_days":
        left = vector.n
        while left:
            day += DAY
            left -= worked(day)
        return day
    if vector.unit == "calendar_days":
        for _ in range(vector.n):
            day += DAY
        return next_worked(day)
    return next_worked(months_after(day, vector.n))


def count_minutes(at: datetime, left: int) -> datetime:
    """Return when so many minutes are worked, a minute at a time."""
    while left:
        hour = at.hour * 60 + at.minute
        is_open = 450 <= hour < 690 or 810 <= hour < 1050
        left -= is_open and worked(at.date())
        at += timedelta(minutes=1)
    return at


def months_after(day: date, n: int) -> date:
    """Return the same day number, or the last day that month has."""
    year, month, number = day.year, day.month, day.day
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def sources(first: date, last: date) -> list[str]:
    """Return the documents that decide days from the receipt to the due date."""
    found = [s for _, a, b, s in STRETCHES if a <= last and b >= first]
    found += [s for day, s in MAKE_UP.items() if first <= day <= last]
    return [*dict.fromkeys(found), CIVIL]


def by_hand() -> Iterator[Vector]:
    """Yield the rows that were reasoned out."""
    for group, start, period, due, why in typed(BY_HAND):
        begin, _, cutoff = start.partition(" > ")
        day, _, hour = begin.partition(" ")
        n, unit = period.split()
        last, _, until = due.partition(" ")
        end = datetime.combine(day_of(last), time.fromisoformat(until or "00:00"))
        yield Vector(
            group,
            day_of(day),
            int(n),
            unit,
            why,
            time.fromisoformat(hour) if hour else None,
            time.fromisoformat(cutoff) if cutoff else None,
            end if until else end.date(),
        )


def over_feasts() -> Iterator[Vector]:
    """Yield counts over every stretch of days off, and into each day of it."""
    for group, first, last, _ in STRETCHES[:-1]:
        eve = first - DAY
        while eve.year >= 2019 and not worked(eve):
            eve -= DAY
        span = f"{first:%d/%m}-{last:%d/%m/%Y}" if first < last else f"{last:%d/%m/%Y}"
        if eve.year >= 2019:
            for n in (2, 5):
                what = f"received on the eve of {span}"
                yield Vector(group, eve, n, "working_days", what)
        yield Vector(group, last, 1, "working_days", f"received on the last of {span}")
        for day in days_from(first, last):
            if day.weekday() < 5 and (start := day - 7 * DAY).year >= 2019:
                what = f"would end on {day:%d/%m/%Y}, off, and moves on"
                yield Vector("calendar_days", start, 7, "calendar_days", what)


def over_tet() -> Iterator[Vector]:
    """Yield long counts over each Tết."""
    for group, first, _, _ in STRETCHES:
        if group == "tet":
            for n in (1, 3, 10, 15, 20, 30, 45, 60):
                start, what = first - 3 * DAY, f"{n} working days over Tết {first.year}"
                yield Vector("tet_span", start, n, "working_days", what)


def about_saturdays() -> Iterator[Vector]:
    """Yield counts to, from and over each Saturday that is worked."""
    for day in MAKE_UP:
        words = f"Saturday {day:%d/%m/%Y} is worked"
        yield Vector("make_up", day - 2 * DAY, 2, "working_days", words)
        yield Vector("make_up", day - 1 * DAY, 5, "working_days", words)
        yield Vector("make_up", day, 1, "working_days", f"{words}; received then")
        yield Vector("make_up", day - 4 * DAY, 4, "calendar_days", f"{words}: no move")
        yield Vector("make_up", day - DAY, 6, "hours", words, time(14, 0))
        late = "after the cut-off on the Friday before a worked Saturday"
        yield Vector("cutoff", day - DAY, 1, "working_days", late, time(16), time(15))


def about_the_rest() -> Iterator[Vector]:
    """Yield year ends, months, hours and cut-offs, holidays or not."""
    for year in range(2019, 2026):
        for start, n in ((date(year, 12, 31), 1), (date(year, 12, 20), 10)):
            what = f"{n} working days over the end of {year}"
            yield Vector("year_end", start, n, "working_days", what)
        start = date(year, 12, 2)
        what = f"30 days end on 01/01/{year + 1}, off"
        yield Vector("year_end", start, 30, "calendar_days", what)
    yield Vector("year_end", date(2026, 12, 31), 1, "working_days", "into 2027")
    for start, n in (
        (date(2019, 1, 31), 1),
        (date(2020, 1, 29), 1),
        (date(2020, 1, 31), 1),
        (date(2020, 2, 29), 12),
        (date(2020, 2, 29), 48),
        (date(2020, 8, 31), 6),
        (date(2021, 10, 30), 6),
        (date(2022, 8, 31), 1),
        (date(2023, 11, 30), 3),
        (date(2024, 2, 29), 1),
        (date(2024, 11, 30), 15),
        (date(2025, 3, 31), 1),
        (date(2025, 12, 17), 2),
        (date(2026, 5, 31), 1),
        (date(2026, 8, 2), 1),
    ):
        what = f"the same day number {n} months after {start:%d/%m/%Y}, or the last day"
        yield Vector("months", start, n, "months", what)
    for start, hour, n in (
        (date(2026, 1, 5), time(8, 0), 1),
        (date(2026, 1, 5), time(6, 0), 8),
        (date(2026, 1, 5), time(12, 0), 1),
        (date(2026, 1, 5), time(11, 0), 1),
        (date(2026, 1, 5), time(18, 0), 4),
        (date(2026, 1, 8), time(17, 30), 8),
        (date(2026, 1, 10), time(9, 0), 8),
        (date(2026, 1, 11), time(9, 0), 8),
        (date(2026, 8, 28), time(17, 0), 1),
        (date(2025, 4, 29), time(16, 0), 24),
        (date(2024, 2, 7), time(13, 30), 12),
        (date(2023, 4, 28), time(10, 15), 40),
    ):
        what = f"{n} hours of work from {hour:%H:%M}"
        yield Vector("hours", start, n, "hours", what, hour)
    for start, hour, n, unit in (
        (date(2026, 1, 5), time(15, 0), 1, "working_days"),
        (date(2026, 1, 5), time(15, 1), 1, "working_days"),
        (date(2026, 1, 5), time(15, 1), 4, "hours"),
        (date(2026, 1, 11), time(16, 0), 1, "working_days"),
        (date(2025, 12, 31), time(16, 0), 2, "working_days"),
        (date(2025, 4, 29), time(16, 0), 5, "calendar_days"),
        (date(2024, 2, 7), time(16, 0), 3, "working_days"),
        (date(2023, 8, 31), time(15, 30), 2, "hours"),
        (date(2022, 4, 29), time(17, 0), 1, "months"),
        (date(2019, 4, 26), time(16, 0), 2, "working_days"),
    ):
        what = f"received at {hour:%H:%M}, cut-off at 15:00"
        yield Vector("cutoff", start, n, unit, what, hour, time(15))


def text() -> str:
    """Return the whole file; of two equal questions the one by hand stays."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for part in (by_hand, over_feasts, over_tet, about_saturdays, about_the_rest):
        for vector in part():
            row = vector.row()
            rows.setdefault(tuple(row[1:6]), row)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows.values(), key=lambda row: row[1:6]))
    return HEAD + out.getvalue()


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
