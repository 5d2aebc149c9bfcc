"""Who could go where: the problem of secondment, and its JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from haicap.core.errors import BadInput
from haicap.core.optimise.language import Earlier, gettext_noop
from haicap.core.optimise.rows import (
    Record,
    not_known,
    read_earlier,
    write_earlier,
)
from haicap.core.optimise.units import (
    Road,
    Unit,
    read_km,
    read_units,
    write_km,
    write_units,
)


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What the aims are called.
AIMS: Final = {
    "worst_shortage": gettext_noop("Worst share of a need that stays missing"),
    "missing_posts": gettext_noop("Missing posts, weighted"),
    "travel": gettext_noop("Kilometres, with some for each move"),
}
VERSION: Final = 1
MOST_PEOPLE: Final = 200_000
MOST_FIELDS: Final = 40
MOST_POSTS: Final = 10_000  # in one unit and field
MOST_SKILLS: Final = 3
#: Skills are counted in hundredths of a post, so that shortages are exact.
HUNDREDTHS: Final = 100


class Exemption(StrEnum):
    """What the check list of seven cases says of a person (Decree 170/2025/NĐ-CP)."""

    OK = "ok"
    BLOCKED_UNLESS_REQUESTED = "blocked_unless_requested"
    BLOCKED = "blocked"


class Skill(NamedTuple):
    """A field in which a person can work, and how much of a post that fills."""

    field: int  # index into the problem's fields
    posts: float  # (0, 1]: 1 the first skill, say 0.8 the second, 0.5 the third


@dataclass(frozen=True, slots=True)
class Person:
    """
    A person who holds a post at home; the first skill's field is that of the post.

    Only the result of the check list is kept, never its reason.
    """

    id: str
    home: int  # index into the problem's units
    skills: tuple[Skill, ...]
    exemption: Exemption = Exemption.OK
    has_requested: bool = False
    seconded_until: date | None = None  # a secondment that runs

    @property
    def may_be_asked(self) -> bool:
        """Whether the check list lets this person be sent."""
        if self.exemption is Exemption.BLOCKED_UNLESS_REQUESTED:
            return self.has_requested
        return self.exemption is Exemption.OK


@dataclass(frozen=True, slots=True)
class Move:
    """One person goes to one unit, to work in one field there."""

    person: str
    unit: str
    field: str


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What somebody asks about: this move made (`is_wanted`), or not made.

    Without a unit: that the person moves at all, or stays.
    """

    person: str
    unit: str | None = None
    field: str | None = None
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class Allowance:
    """
    What a month costs for one seconded person, from a distance on.

    Source: Ninh Bình's Council gave 1,200,000 VND from 25 km by the shortest road,
    01/11/2025-30/06/2026; the figures are data, with their date and source.
    """

    from_km: float
    vnd_a_month: float
    valid_from: date
    source: str


@dataclass(frozen=True, eq=False)
class Problem:
    """
    Units, fields, people, and what is allowed.

    The missing posts of a cell (a unit and a field) are `need - present`, with those who
    leave and what those who come can fill; never below nothing.
    """

    units: tuple[Unit, ...]
    fields: tuple[str, ...]
    people: tuple[Person, ...]
    need: Ints  # (n_units, n_fields) posts
    present: Ints  # (n_units, n_fields) people at work there today
    weight: Floats  # (n_units, n_fields) how much a missing post counts
    floor: Ints  # (n_units, n_fields) a donor never falls below this many people
    km: Floats  # (n_units, n_units) by road
    road: Road | None
    as_of: date
    max_km: float
    max_moves: int | None = None
    worst_allowed: float | None = None  # no cell may be shorter than this share
    budget: float | None = None  # VND a month
    allowances: tuple[Allowance, ...] = ()
    km_per_move: float = 20.0
    pins: tuple[Choice, ...] = ()
    earlier: Earlier[Move] | None = None
    is_demo: bool = False

    @cached_property
    def unit_at(self) -> Mapping[str, int]:
        """Return the index of each unit by its id."""
        return {unit.id: at for at, unit in enumerate(self.units)}

    @cached_property
    def field_at(self) -> Mapping[str, int]:
        """Return the index of each field by its name."""
        return {name: at for at, name in enumerate(self.fields)}

    @cached_property
    def person_at(self) -> Mapping[str, int]:
        """Return the index of each person by id."""
        return {person.id: at for at, person in enumerate(self.people)}

    @cached_property
    def cost(self) -> Floats:
        """Return the allowance a month of each way. Shape: (n_units, n_units) VND."""
        paid = np.zeros_like(self.km)
        for rule in sorted(self.allowances, key=lambda rule: rule.from_km):
            if rule.valid_from <= self.as_of:
                paid = np.where(self.km >= rule.from_km, rule.vnd_a_month, paid)
        return paid

    def is_free(self, person: Person) -> bool:
        """Whether the person may be sent: not exempt, not away already."""
        away = person.seconded_until is not None and person.seconded_until >= self.as_of
        return person.may_be_asked and not away


def read(data: object) -> Problem:
    """Return the problem that this JSON says. Errors: BadInput names the row."""
    record = Record(data)
    record.one_of("planner", ("secondment",))
    record.whole("version", least=VERSION, most=VERSION)
    is_demo = record.flag("is_demo", False)
    units = read_units(record)
    at = {unit.id: place for place, unit in enumerate(units)}
    fields = record.texts("fields")
    if not 0 < len(fields) <= MOST_FIELDS or len(set(fields)) < len(fields):
        raise record.wrong(
            "fields",
            gettext_noop(
                "%(where)s: %(key)s has to name 1 to %(most)s fields, each once."
            ),
            most=MOST_FIELDS,
        )
    field_at = {name: place for place, name in enumerate(fields)}
    cells = _read_cells(record, at, field_at)
    km, road = read_km(record, units)
    people = _read_people(record, at, field_at, fields)
    problem = Problem(
        units=units,
        fields=fields,
        people=people,
        **cells,
        km=km,
        road=road,
        as_of=record.day("as_of"),
        max_km=record.number("max_km", most=5_000),
        max_moves=record.whole("max_moves", most=MOST_PEOPLE, default=None),
        worst_allowed=record.number("worst_allowed", most=1.0, default=None),
        budget=record.number("budget", default=None),
        allowances=tuple(_read_allowances(record)),
        km_per_move=record.number("km_per_move", most=10_000, default=20.0),
        pins=_read_pins(record, "pins"),
        earlier=read_earlier(record, _read_move, most=MOST_PEOPLE, unique="person"),
        is_demo=is_demo,
    )
    record.done()
    _check_present(problem)
    check_pins(problem)
    return problem


def _read_cells(
    record: Record, at: Mapping[str, int], field_at: Mapping[str, int]
) -> dict[str, Any]:
    shape = (len(at), len(field_at))
    need, present, floor = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    weight = np.ones(shape)
    seen: dict[tuple[int, int], int] = {}
    rows = record.rows("cells", most=2 * shape[0] * shape[1], unique="")
    for number, row in enumerate(rows, 1):
        cell = (at[row.known("unit", at)], field_at[row.known("field", field_at)])
        if cell in seen:
            raise BadInput(
                gettext_noop(
                    "%(where)s: row %(first)s has the same unit and field. "
                    "Each may stand only once."
                ),
                where=row.where,
                first=seen[cell],
            )
        seen[cell] = number
        need[cell] = row.whole("need", most=MOST_POSTS)
        present[cell] = row.whole("present", most=MOST_POSTS)
        floor[cell] = row.whole("floor", most=MOST_POSTS, default=int(need[cell]))
        weight[cell] = row.number("weight", most=1_000, default=1.0)
        row.done()
    return {"need": need, "present": present, "floor": floor, "weight": weight}


def _read_people(
    record: Record,
    at: Mapping[str, int],
    field_at: Mapping[str, int],
    fields: Sequence[str],
) -> tuple[Person, ...]:
    people = []
    for row in record.rows("people", most=MOST_PEOPLE):
        skills = []
        for skill in row.rows("skills", most=MOST_SKILLS, unique="field"):
            name = skill.one_of("field", fields)
            posts = skill.number("posts", least=0.01, most=1.0)
            if abs(posts * HUNDREDTHS - round(posts * HUNDREDTHS)) > 1e-9:
                raise skill.wrong(
                    "posts",
                    gettext_noop(
                        "%(where)s: %(key)s is %(value)s; give it in hundredths of a "
                        "post."
                    ),
                    value=posts,
                )
            skill.done()
            skills.append(Skill(field_at[name], posts))
        if not skills:
            raise row.wrong("skills", gettext_noop("%(where)s: %(key)s is empty."))
        people.append(
            Person(
                id=row.text("id"),
                home=at[row.known("home", at)],
                skills=tuple(skills),
                exemption=Exemption(
                    row.one_of("exemption", tuple(Exemption), Exemption.OK)
                ),
                has_requested=row.flag("has_requested", False),
                seconded_until=row.day("seconded_until", None),
            )
        )
        row.done()
    return tuple(people)


def _read_allowances(record: Record) -> list[Allowance]:
    rules = []
    for row in record.rows("allowances", most=50, default=[], unique=""):
        rules.append(
            Allowance(
                from_km=row.number("from_km", most=5_000),
                vnd_a_month=row.number("vnd_a_month", most=1e9),
                valid_from=row.day("valid_from"),
                source=row.text("source"),
            )
        )
        row.done()
    return rules


def _read_pins(record: Record, key: str) -> tuple[Choice, ...]:
    pins = []
    for row in record.rows(key, most=MOST_PEOPLE, default=[], unique=""):
        pins.append(
            Choice(
                person=row.text("person"),
                unit=row.text("unit", None),
                field=row.text("field", None),
                is_wanted=row.flag("is_wanted"),
            )
        )
        row.done()
    return tuple(pins)


def _read_move(row: Record) -> Move:
    return Move(row.text("person"), row.text("unit"), row.text("field"))


def _check_present(problem: Problem) -> None:
    """Refuse more people with a post in a cell than are present there."""
    held = np.zeros_like(problem.present)
    for person in problem.people:
        held[person.home, person.skills[0].field] += 1
    for unit, name in np.argwhere(held > problem.present):
        raise BadInput(
            gettext_noop(
                "%(unit)s, %(field)s: %(people)s people hold a post there, but only "
                "%(present)s are present. Correct the cell or the people."
            ),
            unit=problem.units[unit].id,
            field=problem.fields[name],
            people=int(held[unit, name]),
            present=int(problem.present[unit, name]),
        )


def check_pins(problem: Problem) -> None:
    """Refuse pins that name nobody, or that contradict each other or a fact."""
    wanted: dict[str, tuple[int, Choice]] = {}
    for number, pin in enumerate(problem.pins, 1):
        where = f"pins, row {number} ({pin.person})"
        if pin.person not in problem.person_at:
            raise not_known(where, "person", pin.person)
        for key, value, known in (
            ("unit", pin.unit, problem.unit_at),
            ("field", pin.field, problem.field_at),
        ):
            if value is not None and value not in known:
                raise not_known(where, key, value)
        if not pin.is_wanted:
            continue
        person = problem.people[problem.person_at[pin.person]]
        if not problem.is_free(person):
            raise BadInput(
                gettext_noop(
                    "%(where)s: this person is exempt or already seconded, so no move "
                    "can be pinned."
                ),
                where=where,
            )
        if pin.field is not None and all(
            problem.fields[skill.field] != pin.field for skill in person.skills
        ):
            raise BadInput(
                gettext_noop("%(where)s: this person cannot work in %(field)s."),
                where=where,
                field=pin.field,
            )
        first = wanted.setdefault(pin.person, (number, pin))
        if first[1] != pin:
            raise BadInput(
                gettext_noop(
                    "%(where)s: row %(first)s pins the same person to another move. "
                    "A person moves at most once."
                ),
                where=where,
                first=first[0],
            )
    for number, pin in enumerate(problem.pins, 1):
        if pin.is_wanted or pin.person not in wanted:
            continue
        row, other = wanted[pin.person]
        if covers(pin, other):
            raise BadInput(
                gettext_noop(
                    "%(where)s: it forbids the move that row %(first)s pins. Take one "
                    "of the two out."
                ),
                where=f"pins, row {number} ({pin.person})",
                first=row,
            )


def covers(pin: Choice, move: Choice | Move) -> bool:
    """Whether the words of a pin hold for a move."""
    return (
        pin.person == move.person
        and pin.unit in (None, move.unit)
        and pin.field in (None, move.field)
    )


def write(problem: Problem) -> dict[str, object]:
    """Return the problem as `read` takes it."""
    cells = [
        {
            "unit": problem.units[unit].id,
            "field": problem.fields[name],
            "need": int(problem.need[unit, name]),
            "present": int(problem.present[unit, name]),
            "floor": int(problem.floor[unit, name]),
            "weight": float(problem.weight[unit, name]),
        }
        for unit in range(len(problem.units))
        for name in range(len(problem.fields))
    ]
    return {
        "planner": "secondment",
        "version": VERSION,
        "is_demo": problem.is_demo,
        "as_of": problem.as_of.isoformat(),
        "units": write_units(problem.units),
        "fields": list(problem.fields),
        "cells": cells,
        "people": [_write_person(problem, person) for person in problem.people],
        **write_km(problem.km, problem.road),
        "max_km": problem.max_km,
        "max_moves": problem.max_moves,
        "worst_allowed": problem.worst_allowed,
        "budget": problem.budget,
        "allowances": [
            {
                "from_km": rule.from_km,
                "vnd_a_month": rule.vnd_a_month,
                "valid_from": rule.valid_from.isoformat(),
                "source": rule.source,
            }
            for rule in problem.allowances
        ],
        "km_per_move": problem.km_per_move,
        "pins": [asdict(pin) for pin in problem.pins],
        "earlier": write_earlier(problem.earlier),
    }


def _write_person(problem: Problem, person: Person) -> dict[str, object]:
    until = person.seconded_until
    return {
        "id": person.id,
        "home": problem.units[person.home].id,
        "skills": [
            {"field": problem.fields[skill.field], "posts": skill.posts}
            for skill in person.skills
        ],
        "exemption": person.exemption.value,
        "has_requested": person.has_requested,
        "seconded_until": until.isoformat() if until else None,
    }
