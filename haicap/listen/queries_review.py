"""What the page needs on which a person checks what the machine read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from haicap.core.text.marks import (
    Paragraph,
    Span,
    marked_paragraphs,
    paragraph_at,
)
from haicap.listen.actions.statements import last_edit, stamp
from haicap.listen.models import Document, Statement, StatementEdit
from haicap.listen.states import UNSURE_BELOW, StatementKind, StatementState
from haicap.listen.taxonomy import FIELDS
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.ui.tones import KINDS


STEPS_OF_CONFIDENCE = (0.95, 0.9, 0.8, 0.7, 0.6)
WORDS_AHEAD = 2  # closed cards after the open one
FEW = 20  # statements whose ticks are redrawn one by one


@dataclass(frozen=True)
class Card:
    """One statement on the page; `number` counts in the order of the document."""

    statement: Statement
    number: int
    paragraph: int

    @property
    def pk(self) -> int:
        """Return the statement's key."""
        return self.statement.pk

    @property
    def is_waiting(self) -> bool:
        """Return whether nobody has settled it yet."""
        return self.statement.state == StatementState.PROPOSED

    @property
    def is_rejected(self) -> bool:
        """Return whether a person said that it is no statement."""
        return self.statement.state == StatementState.REJECTED

    @property
    def is_unsure(self) -> bool:
        """Return whether the machine itself doubts, and nobody has looked yet."""
        sure = self.statement.confidence
        return self.is_waiting and sure is not None and sure < UNSURE_BELOW

    @property
    def stamp(self) -> str:
        """Return what the card's forms were opened on."""
        return stamp(self.statement)

    def labels(self, language: str) -> list[str]:
        """Return the names of its fields, the main one first."""
        slugs = self.statement.fields
        return [FIELDS[slug].label(language) for slug in slugs if slug in FIELDS]


@dataclass(frozen=True)
class KindCount:
    """One chip of the filter."""

    name: str
    key: str
    word: str | Promise
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Certain:
    """How many waiting statements one choice of "accept all above" would accept."""

    percent: int
    count: int


@dataclass(frozen=True)
class Ahead:
    """A closed card after the open one; `hook` names the key that leads there."""

    card: Card
    url: str
    hook: str


@dataclass(frozen=True)
class LastStep:
    """What `undo` would take back."""

    verb: str  # accepted, corrected, rejected, added
    count: int
    number: int
    at: datetime


@dataclass(frozen=True)
class Board:
    """The whole page."""

    document: Document
    text: str
    paragraphs: list[Paragraph]
    cards: list[Card]
    shown: list[Card]  # of the chosen kind
    kind: str
    open: Card | None
    units: dict[str, str]  # code: name, of the whole province
    certain: list[Certain]
    last: LastStep | None
    queue: list[int] = field(default_factory=list)

    @cached_property
    def total(self) -> int:
        """Return how many statements the file has, dismissed ones too."""
        return len(self.cards)

    @cached_property
    def n_checked(self) -> int:
        """Return how many of them a person has settled."""
        return sum(1 for card in self.cards if not card.is_waiting)

    @cached_property
    def n_unsure(self) -> int:
        """Return how many uncertain ones still wait: the real progress."""
        return sum(1 for card in self.cards if card.is_unsure)

    @cached_property
    def by_pk(self) -> dict[int, Card]:
        """Return the cards by key."""
        return {card.pk: card for card in self.cards}

    @cached_property
    def place(self) -> int:
        """Return the open card's place among those shown; -1 when it is not there."""
        keys = [card.pk for card in self.shown]
        return keys.index(self.open.pk) if self.open and self.open.pk in keys else -1

    @cached_property
    def before(self) -> Card | None:
        """Return the card before the open one."""
        return self.shown[self.place - 1] if self.place > 0 else None

    @cached_property
    def after(self) -> list[Card]:
        """Return the next cards, as many as fit."""
        at = self.place + 1
        return self.shown[at : at + WORDS_AHEAD] if self.open else []

    @cached_property
    def kinds(self) -> list[KindCount]:
        """Return the filter: all, then the five kinds."""
        counts = Counter(c.statement.kind for c in self.cards if not c.is_rejected)
        return [
            KindCount(
                name=name,
                key=kind.key,
                word=kind.word,
                count=counts[name],
                url=address(self.document, kind=name),
                is_current=self.kind == name,
            )
            for name, kind in KINDS.items()
        ]

    @cached_property
    def all_url(self) -> str:
        """Return the page without a filter."""
        return address(self.document)

    @cached_property
    def urls(self) -> dict[int, str]:
        """Return the address of each card's own page."""
        path = address(self.document)
        kind = f"&kind={self.kind}" if self.kind else ""
        return {card.pk: f"{path}?statement={card.pk}{kind}" for card in self.cards}

    @cached_property
    def n_standing(self) -> int:
        """Return how many statements were not dismissed."""
        return sum(1 for card in self.cards if not card.is_rejected)

    @cached_property
    def n_waiting(self) -> int:
        """Return how many nobody has settled yet."""
        return self.total - self.n_checked

    @cached_property
    def ticks_height(self) -> int:
        """Return the height of the strip: every tick has its own ten units."""
        return 10 * self.total + 1

    @cached_property
    def before_url(self) -> str:
        """Return the address of the card before."""
        return self.urls[self.before.pk] if self.before else ""

    @cached_property
    def steps_after(self) -> list[Ahead]:
        """Return the next cards with their addresses; the first one has a key."""
        return [
            Ahead(card, self.urls[card.pk], "" if number else "on")
            for number, card in enumerate(self.after)
        ]

    @cached_property
    def edit_url(self) -> str:
        """Return the address of the open card's form."""
        pk = self.open.pk if self.open else None
        return address(self.document, statement=pk, kind=self.kind, edit=1)

    @cached_property
    def add_url(self) -> str:
        """Return the address of the form for a statement that was missed."""
        pk = self.open.pk if self.open else None
        return address(self.document, statement=pk, kind=self.kind, add=1)

    @cached_property
    def open_url(self) -> str:
        """Return the address of the open card: where Esc leads."""
        return self.urls[self.open.pk] if self.open else self.all_url

    @cached_property
    def onward_url(self) -> str:
        """Return the address of the next card that waits, else of the next one."""
        later = self.shown[self.place + 1 :]
        waiting = [c for c in (*later, *self.shown) if c.is_waiting]
        ahead = [*waiting, *later]
        return self.urls[ahead[0].pk] if ahead else self.open_url

    @cached_property
    def queue_place(self) -> int:
        """Return the file's place in the queue, from 1; 0 when it is checked."""
        known = self.document.pk in self.queue
        return self.queue.index(self.document.pk) + 1 if known else 0

    @cached_property
    def next_file(self) -> int | None:
        """Return the key of the next file that waits."""
        if not self.queue_place:
            return self.queue[0] if self.queue else None
        rest = self.queue[self.queue_place :] + self.queue[: self.queue_place - 1]
        return rest[0] if rest else None


def address(document: Document, **query: object) -> str:
    """Return the address of the review page with these parameters, empty ones left out."""
    path = reverse("listen:review", args=[document.pk])
    said = {name: value for name, value in query.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path


def board(
    document: Document,
    *,
    user: User,
    open_pk: int | None = None,
    kind: str = "",
) -> Board:
    """
    Return the page of one file for one person.

    Open is the statement asked for; else the first one that waits; else the first.
    """
    kind = kind if kind in StatementKind.values else ""
    text: str = document.body.text
    rows = list(document.statements.order_by("start", "-end", "pk"))
    places = marked_paragraphs(text, [Span(r.pk, r.start, r.end) for r in rows])
    cards = [
        Card(row, number, where(places, row.start))
        for number, row in enumerate(rows, 1)
    ]
    shown = [card for card in cards if not kind or card.statement.kind == kind]
    chosen = next((card for card in cards if card.pk == open_pk), None)
    if chosen and chosen not in shown:
        kind, shown = "", cards
    waiting = Document.objects.visible_to(user).to_check()
    return Board(
        document=document,
        text=text,
        paragraphs=places,
        cards=cards,
        shown=shown,
        kind=kind,
        open=chosen or first_waiting(shown),
        units=units_by_code(),
        certain=certain(cards),
        last=last_step(document, user, cards),
        queue=list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)),
    )


def where(places: list[Paragraph], offset: int) -> int:
    """Return the number of the paragraph that holds the offset; 0 when there is none."""
    place = paragraph_at(places, offset)
    return place.number if place else 0


def first_waiting(cards: Sequence[Card]) -> Card | None:
    """Return the first card that waits, else the first one."""
    return next((c for c in cards if c.is_waiting), cards[0] if cards else None)


def next_waiting(document: Document, *, after: Statement, kind: str) -> int:
    """Return the key of the statement to look at next: one that waits, then any."""
    rows = document.statements.order_by("start", "-end", "pk")
    if kind in StatementKind.values:
        rows = rows.filter(kind=kind)
    keys = list(rows.values_list("pk", "state", "start", "end"))
    later = [
        row
        for row in keys
        if (row[2], -row[3], row[0]) > (after.start, -after.end, after.pk)
    ]
    for row in (*later, *keys):
        if row[1] == StatementState.PROPOSED and row[0] != after.pk:
            return int(row[0])
    return int(later[0][0]) if later else after.pk


def units_by_code() -> dict[str, str]:
    """Return the communes of the province, by code."""
    return dict(Unit.objects.commune_level().values_list("code", "name"))


def certain(cards: Iterable[Card]) -> list[Certain]:
    """Return the choices of "accept all above", each with what it would accept."""
    sure = [c.statement.confidence or 0 for c in cards if c.is_waiting]
    found: list[Certain] = []
    for step in STEPS_OF_CONFIDENCE:
        count = sum(1 for confidence in sure if confidence >= step)
        if count and (not found or count > found[-1].count):
            found.append(Certain(round(step * 100), count))
    return found


def last_step(document: Document, user: User, cards: list[Card]) -> LastStep | None:
    """Return what this person did last in the file, if it still stands."""
    edit = last_edit(document, by=user)
    if edit is None:
        return None
    count = StatementEdit.objects.filter(batch=edit.batch).count()
    numbers = {card.pk: card.number for card in cards}
    return LastStep(verb(edit), count, numbers.get(edit.statement_id, 0), edit.at)


def verb(edit: StatementEdit) -> str:
    """Return what the edit was."""
    if edit.before is None:
        return "added"
    if edit.after["state"] == StatementState.REJECTED:
        return "rejected"
    changed = [n for n in Statement.CONTENT if edit.before[n] != edit.after[n]]
    return "accepted" if changed == ["state"] else "corrected"


def touched(page: Board, spans: Iterable[tuple[int, int]]) -> list[Paragraph]:
    """Return the paragraphs that these stretches touch: what a decision redraws."""
    stretches = list(spans)
    return [
        place
        for place in page.paragraphs
        if any(start < place.end and end > place.start for start, end in stretches)
    ]


def redrawn(page: Board, keys: Iterable[int]) -> list[Card]:
    """Return the cards whose ticks alone are redrawn; none: the whole strip is."""
    changed = [page.by_pk[key] for key in keys if key in page.by_pk]
    return changed if len(changed) <= FEW else []
