"""
A made-up province of any size: real units, agencies and fields, synthetic people and words.

The same numbers, seed and day give the same rows. Every table is filled in bulk, the
ledger line by line in its chain, so `haicap check` finds it whole.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, models, transaction

from benchmarks.province_words import ANSWERS, PLACES, REASONS, THINGS, WANTS
from haicap.core.deadlines.clock import replay
from haicap.core.deadlines.working_days import add_working_days
from haicap.core.text.fold import fold_vi
from haicap.ledger.models import Event, Head, Kind
from haicap.ledger.record import next_line
from haicap.listen.models import (
    Document,
    DocumentText,
    Recommendation,
    Round,
    Statement,
)
from haicap.listen.states import DocumentState, Source, StatementKind, StatementState
from haicap.listen.taxonomy import FIELDS
from haicap.people.models import Post, User
from haicap.places.actions import load_registry
from haicap.places.models import Agency, Unit
from haicap.places.workdays import calendar
from haicap.resolve.actions import routing
from haicap.resolve.clocks import histories, kept_of
from haicap.resolve.models import Assignment, Case, Delivery, Reply, Voice
from haicap.resolve.states import (
    ANSWERED,
    LED,
    SOLVED,
    CaseState,
    OutcomeClass,
    ReplyState,
    Verdict,
)
from haicap.verify.models import Outcome
from haicap.verify.models import Verdict as Word


SEED = 129
CHUNK = 4_000

CHANNELS = ("party_conference", "state_conference", "voters", "report")
# What a busy province looks like: most is answered, some is late, some nobody has.
STATES = {
    CaseState.OPEN: 10,
    CaseState.PROPOSED: 5,
    CaseState.ASSIGNED: 27,
    CaseState.REPLIED: 6,
    CaseState.ANSWERED: 29,
    CaseState.CLOSED: 21,
    CaseState.MERGED: 2,
}
CLASSES = {
    OutcomeClass.SOLVED_EXECUTION: 30,
    OutcomeClass.SOLVED_LEGAL_DOC: 12,
    OutcomeClass.SOLVED_INSPECTION: 8,
    OutcomeClass.IN_PROGRESS_ROADMAP: 15,
    OutcomeClass.IN_PROGRESS_NO_RESOURCES: 8,
    OutcomeClass.WILL_SOLVE: 10,
    OutcomeClass.EXPLAINED: 12,
    OutcomeClass.OUT_OF_COMPETENCE: 5,
}


@dataclass
class Made:
    """What the province holds, as the measurement names it."""

    office: User
    leader: User
    counts: dict[str, int] = field(default_factory=dict)


class Ledger:
    """Lines in their chain, kept in memory until they are written at once."""

    def __init__(self) -> None:
        head = Head.objects.get(pk=1)
        self.seq, self.hash = head.seq, head.hash
        self.lines: list[Event] = []

    def add(
        self,
        kind: Kind,
        subject: models.Model,
        by: User | None,
        at: datetime,
        **data: Any,
    ) -> None:
        """Seal one line to the line before it, as `ledger.record` does."""
        line = next_line(
            self.seq, self.hash, kind, subject=subject, by=by, at=at, **data
        )
        self.seq, self.hash = line.seq, line.hash
        self.lines.append(line)

    def write(self) -> None:
        """Store the lines and move the head behind them."""
        Event.objects.bulk_create(self.lines, batch_size=CHUNK)
        Head.objects.filter(pk=1).update(seq=self.seq, hash=self.hash)


class Builder:
    """Fills one empty, migrated database; every choice comes from one seeded source."""

    def __init__(
        self,
        *,
        n_asks: int,
        n_cases: int,
        today: date,
        seed: int = SEED,
        states: dict[CaseState, int] = STATES,
    ) -> None:
        self.states = states
        self.n_asks, self.n_cases, self.today = n_asks, n_cases, today
        self.dice = random.Random(seed)
        self.noon = datetime.combine(today, time(5), UTC)
        self.folded: dict[str, str] = {}

    def fold(self, text: str) -> str:
        """Return the search form of a phrase; the same few phrases come again and again."""
        if text not in self.folded:
            self.folded[text] = fold_vi(text)
        return self.folded[text]

    def ago(self, days: float) -> datetime:
        """Return the moment that many days before noon of today."""
        return self.noon - timedelta(days=days)

    def pick(self, weights: dict[Any, int]) -> Any:
        """Return one key, likelier with its weight."""
        return self.dice.choices(list(weights), list(weights.values()))[0]

    @transaction.atomic
    def build(self, say: Callable[[str], None] = lambda _words: None) -> Made:
        """Fill every table; `say` hears what is done."""
        load_registry(by=None, at=self.ago(800))
        routing.load(by=None, at=self.ago(800))
        self.units = list(Unit.objects.commune_level().order_by("code"))
        self.agencies = list(Agency.objects.order_by("code"))
        self.leads = {
            rule.field: (rule.lead, rule.working_days)
            for rule in routing.RoutingRule.objects.select_related("lead")
        }
        self.people()
        say("people")
        self.documents()
        say("documents")
        self.ledger = Ledger()
        self.asks()
        say("recommendations")
        self.cases()
        say("cases")
        self.replies()
        say("replies and verdicts")
        self.settle()
        say("clocks")
        self.ledger.write()
        say("ledger")
        return Made(
            self.office,
            self.leader,
            {
                name: model._default_manager.count()
                for name, model in {
                    "accounts": User,
                    "files": Document,
                    "statements": Statement,
                    "recommendations": Recommendation,
                    "cases": Case,
                    "voices": Voice,
                    "assignments": Assignment,
                    "replies": Reply,
                    "deliveries": Delivery,
                    "verdicts": Outcome,
                    "ledger lines": Event,
                }.items()
            },
        )

    # People

    def person(self, name: str, words: str) -> User:
        """Return an account nobody can sign in to with a password."""
        return User(username=name, full_name=words, password="!bench", is_demo=True)

    def people(self) -> None:
        """Make the office, the leader, two people an agency and two a commune."""
        begin = self.today - timedelta(days=900)
        rows: list[tuple[User, dict[str, Any]]] = []
        home = next(a for a in self.agencies if a.code == "van-phong-ubnd-tinh")
        for number in (1, 2):
            rows.append(
                (
                    self.person(f"po-{number}", f"Chuyên viên Văn phòng {number}"),
                    {"role": "po", "agency": home},
                )
            )
        rows.append((self.person("pl", "Lãnh đạo tỉnh"), {"role": "pl"}))
        for agency in self.agencies:
            for role, words in (("do", "Chuyên viên"), ("dh", "Lãnh đạo")):
                user = self.person(
                    f"{role}-{agency.code}"[:80], f"{words} {agency.name}"
                )
                user.full_name = user.full_name[:150]
                rows.append((user, {"role": role, "agency": agency}))
        for unit in self.units:
            for role, words in (("co", "Cán bộ"), ("cl", "Lãnh đạo")):
                user = self.person(f"{role}-{unit.code}", f"{words} {unit.short}")
                rows.append((user, {"role": role, "unit": unit}))
        users = User.objects.bulk_create([user for user, _post in rows])
        Post.objects.bulk_create(
            Post(user=user, starts_on=begin, **post)
            for user, (_old, post) in zip(users, rows, strict=True)
        )
        by_name = {user.username: user for user in users}
        self.office, self.second, self.leader = users[0], users[1], users[2]
        self.officer = {a.pk: by_name[f"do-{a.code}"[:80]] for a in self.agencies}
        self.head = {a.pk: by_name[f"dh-{a.code}"[:80]] for a in self.agencies}
        self.speaker = {u.pk: by_name[f"cl-{u.code}"] for u in self.units}

    # What was asked

    def documents(self) -> None:
        """Make one checked file for each commune and round."""
        self.rounds = Round.objects.bulk_create(
            Round(
                name=f"Đợt {number + 1} năm {self.today.year - 2 + number // 3}",
                channel=CHANNELS[number % len(CHANNELS)],
                opens_on=self.today - timedelta(days=700 - 110 * number),
                closes_on=self.today - timedelta(days=680 - 110 * number),
            )
            for number in range(6)
        )
        pairs = list(itertools.product(self.rounds, self.units))
        self.files = Document.objects.bulk_create(
            (
                Document(
                    round=round_,
                    unit=unit,
                    name=f"bao-cao-{unit.code}.docx",
                    kind="docx",
                    size=40_000 + 37 * number,
                    sha256=hashlib.sha256(f"{number}".encode()).hexdigest(),
                    received_at=self.ago((self.today - round_.opens_on).days),
                    sent_by=self.speaker[unit.pk],
                    submitted_at=self.ago((self.today - round_.opens_on).days),
                    submitted_by=self.speaker[unit.pk],
                    state=DocumentState.CHECKED,
                )
                for number, (round_, unit) in enumerate(pairs)
            ),
            batch_size=CHUNK,
        )
        DocumentText.objects.bulk_create(
            (DocumentText(document=file, text="") for file in self.files),
            batch_size=CHUNK,
        )

    def asks(self) -> None:
        """Make the statements, each accepted as one recommendation of its commune."""
        slugs = list(FIELDS)
        units = {unit.pk: unit for unit in self.units}
        self.n_of: dict[int, int] = {}
        made: list[Recommendation] = []
        for begin in range(0, self.n_asks, CHUNK):
            statements, asks = [], []
            for number in range(begin, min(begin + CHUNK, self.n_asks)):
                file = self.dice.choice(self.files)
                unit = units[file.unit_id]
                slug = slugs[min(int(self.dice.expovariate(0.12)), len(slugs) - 1)]
                parts = [self.dice.choice(each) for each in (WANTS, THINGS, PLACES)]
                why = self.dice.choice(REASONS)
                words = f"{parts[0]} {parts[1]} {parts[2]} {unit.short}"
                words = f"{words} (mục {number + 1})"
                place = self.n_of.get(file.pk, 0)
                self.n_of[file.pk] = place + len(words) + 1
                at = file.received_at + timedelta(days=4)
                statements.append(
                    Statement(
                        document=file,
                        kind=StatementKind.RECOMMENDATION,
                        start=place,
                        end=place + len(words),
                        text=words,
                        speaker=unit.short,
                        addressee="tỉnh",
                        fields=[slug],
                        communes=[unit.short],
                        units=[unit.code],
                        confidence=0.9,
                        rule="bench",
                        state=StatementState.ACCEPTED,
                        settled_by=self.office,
                        settled_at=at,
                    )
                )
                folded = [self.fold(each) for each in (*parts, unit.short, why)]
                asks.append(
                    Recommendation(
                        round_id=file.round_id,
                        document=file,
                        unit=unit,
                        said_by=unit.short,
                        text=words,
                        difficulty=why,
                        field=slug,
                        fields=[slug],
                        addressee="tỉnh",
                        source=Source.DOCUMENT,
                        accepted_at=at,
                        search=" ".join(
                            [*folded[:4], f"muc {number + 1}", folded[4], folded[3]]
                        ),
                    )
                )
            Statement.objects.bulk_create(statements, batch_size=CHUNK)
            for ask, statement in zip(asks, statements, strict=True):
                ask.statement = statement
            made += Recommendation.objects.bulk_create(asks, batch_size=CHUNK)
            for row in statements:
                self.ledger.add(
                    Kind.STATEMENT_ACCEPTED, row, self.office, row.settled_at, units=1
                )
        self.made = made

    # What became of it

    def groups(self) -> list[list[Recommendation]]:
        """Return the voices of each case: most of few communes, some of very many."""
        loose = self.n_asks // 20
        pool = self.made[: self.n_asks - loose]
        weights = [1 + self.dice.paretovariate(1.3) for _ in range(self.n_cases)]
        weights = [min(weight, 90.0) for weight in weights]
        room, total = max(len(pool) - self.n_cases, 0), sum(weights)
        found, at, owed = [], 0, 0.0
        for weight in weights:
            owed += room * weight / total
            more = int(owed)
            owed -= more
            found.append(pool[at : at + 1 + more])
            at += 1 + more
        found[-1] += pool[at:]  # what rounding left over
        return found

    def cases(self) -> None:
        """Make the cases with their voices, and who was asked to lead them."""
        self.story: list[tuple[Case, list[Recommendation], Agency, int]] = []
        merged: list[tuple[Case, Case]] = []
        states = [agency for agency in self.agencies if agency.block == "state"]
        others = states or self.agencies
        for group in self.groups():
            state = self.pick(self.states) if self.story else CaseState.OPEN
            case, lead, days = self.case(group[0], state, others)
            if state == CaseState.MERGED:
                into, said, _lead, _days = self.story[-1]
                said += group
                merged.append((case, into))
            else:
                self.story.append((case, group, lead, days))
        cases = [case for case, *_rest in self.story]
        Case.objects.bulk_create([*cases, *(c for c, _into in merged)], CHUNK)
        # A merged case names another by its number, which is known only now.
        self.rewrite(
            "state = %s, merged_into_id = %s",
            [["merged", into.pk, case.pk] for case, into in merged],
        )
        for case, group, _lead, _days in self.story:
            self.ledger.add(
                Kind.CASE_OPENED, case, self.office, case.opened_at, voices=len(group)
            )
        Voice.objects.bulk_create(
            (
                Voice(case=case, recommendation=ask, joined_at=case.opened_at)
                for case, group, _lead, _days in self.story
                for ask in group
            ),
            batch_size=CHUNK,
        )
        self.assignments(others)

    def case(
        self, first: Recommendation, state: CaseState, others: list[Agency]
    ) -> tuple[Case, Agency, int]:
        """Return one case in that state, who leads it, and in how many working days."""
        lead, days = self.leads.get(first.field) or (self.dice.choice(others), 15)
        opened = first.accepted_at + timedelta(days=2)
        case = Case(
            title=first.text[:1].upper() + first.text[1:290],
            field=first.field,
            round_id=first.round_id,
            state=CaseState.OPEN if state == CaseState.MERGED else state,
            opened_at=opened,
            search=first.search,
        )
        if state in LED:
            case.lead = lead
            case.assigned_at = opened + timedelta(days=3)
            if state == CaseState.ASSIGNED:
                # Those in work are of these weeks, some of them late.
                case.assigned_at = self.ago(self.dice.randint(3, 33))
            begun = case.assigned_at.date()
            case.due_on = add_working_days(begun, days, calendar())
        if state in ANSWERED:
            case.answered_at = case.assigned_at + timedelta(days=9)
            case.outcome_class = self.pick(CLASSES)
        return case, lead, days

    def assignments(self, others: list[Agency]) -> None:
        """Make what was proposed and decided, with those who coordinate."""
        rows, shared = [], []
        for case, _group, lead, days in self.story:
            if case.state not in (CaseState.PROPOSED, *LED):
                continue
            asked = (case.assigned_at or self.noon) - timedelta(days=1)
            row = Assignment(
                case=case, lead=lead, working_days=days, proposed_by=self.office,
                proposed_at=asked,
            )  # fmt: skip
            if case.state in LED:
                row.verdict, row.due_on = Verdict.APPROVED, case.due_on
                row.decided_by, row.decided_at = self.leader, case.assigned_at
            rows.append(row)
            count = self.dice.choices((0, 1, 2), (50, 35, 15))[0]
            near = [each for each in self.dice.sample(others, count) if each != lead]
            shared.append((case, row, near))
        Assignment.objects.bulk_create(rows, batch_size=CHUNK)
        of_case, of_row = Case.coordinators.through, Assignment.coordinators.through
        of_row.objects.bulk_create(
            (
                of_row(assignment_id=row.pk, agency_id=agency.pk)
                for _case, row, near in shared
                for agency in near
            ),
            batch_size=CHUNK,
        )
        of_case.objects.bulk_create(
            (
                of_case(case_id=case.pk, agency_id=agency.pk)
                for case, _row, near in shared
                if case.state in LED
                for agency in near
            ),
            batch_size=CHUNK,
        )
        for case, row, _near in shared:
            self.ledger.add(
                *(Kind.ASSIGNMENT_PROPOSED, case, self.office, row.proposed_at),
                assignment=row.pk,
                lead=row.lead.code,
            )
            if row.decided_at:
                self.ledger.add(
                    *(Kind.ASSIGNMENT_DECIDED, case, self.leader, row.decided_at),
                    assignment=row.pk,
                    due_on=row.due_on,
                )

    def replies(self) -> None:
        """Make the replies, their arrival at every author, and what the authors say."""
        written = [
            (self.reply(case, lead), case, group)
            for case, group, lead, _days in self.story
            if case.state in LED
            and (case.state != CaseState.ASSIGNED or self.dice.random() < 0.2)
        ]
        Reply.objects.bulk_create((row for row, *_rest in written), batch_size=CHUNK)
        arrived: list[tuple[Delivery, Case, Reply]] = []
        told: list[Case] = []
        for reply, case, group in written:
            if reply.state == ReplyState.DRAFT:
                self.ledger.add(
                    Kind.REPLY_DRAFTED, reply, reply.drafted_by, reply.drafted_at
                )
                continue
            self.ledger.add(Kind.REPLY_SENT, reply, reply.sent_by, reply.sent_at)
            if reply.state != ReplyState.CONFIRMED:
                continue
            self.ledger.add(
                Kind.REPLY_CONFIRMED, reply, reply.confirmed_by, reply.confirmed_at
            )
            for unit_id in sorted({ask.unit_id for ask in group}):
                row = Delivery(reply=reply, unit_id=unit_id, at=reply.confirmed_at)
                arrived.append((row, case, reply))
            told.append(case)
        Delivery.objects.bulk_create((row for row, *_rest in arrived), batch_size=CHUNK)
        silent = self.verdicts(arrived)
        rows = []
        for case in told:
            at = case.answered_at + timedelta(days=9)
            closed = case.state == CaseState.CLOSED
            if closed:
                self.ledger.add(Kind.CASE_CLOSED, case, self.office, at)
            published = closed and self.dice.random() < 0.5
            verified = case.pk not in silent
            moments = [at if is_so else None for is_so in (verified, closed, published)]
            rows.append(
                [*map(connection.ops.adapt_datetimefield_value, moments), case.pk]
            )
        self.rewrite("verified_at = %s, closed_at = %s, published_at = %s", rows)

    def reply(self, case: Case, lead: Agency) -> Reply:
        """Return the reply of the agency as far as the case has come."""
        drafted = case.assigned_at + timedelta(days=2)
        row = Reply(
            case=case,
            text=f"{self.dice.choice(ANSWERS)}. {self.dice.choice(ANSWERS)}.",
            drafted_by=self.officer[lead.pk],
            drafted_at=drafted,
        )
        if case.state == CaseState.ASSIGNED:
            return row
        late = self.dice.choices((-3, 4), (80, 20))[0]
        issued = case.due_on + timedelta(days=late)
        row.state = ReplyState.SENT
        row.number, row.issued_on = f"{case.pk}/{lead.code[:20]}", issued
        row.outcome_class = case.outcome_class or self.pick(CLASSES)
        row.sent_by, row.sent_at = self.head[lead.pk], drafted + timedelta(days=6)
        if row.outcome_class in SOLVED:
            row.products = "Văn bản hướng dẫn; biên bản nghiệm thu"
        if row.outcome_class == OutcomeClass.OUT_OF_COMPETENCE:
            row.forwarded_to, row.forwarding_document = "Bộ chủ quản", f"{case.pk}/CV"
        if case.state != CaseState.REPLIED:
            row.state = ReplyState.CONFIRMED
            row.confirmed_by = self.second
            row.confirmed_at = case.answered_at
        return row

    def settle(self) -> None:
        """Let every case keep what its clock comes to, as the actions do."""
        days = calendar()
        led = [case for case, *_rest in self.story if case.state in LED]
        for begin in range(0, len(led), CHUNK):
            part = {case.pk: case for case in led[begin : begin + CHUNK]}
            for pk, past in histories(part).items():
                told = kept_of(replay(past, days))
                part[pk].due_on, part[pk].late_days = told.due_on, told.late_days
        self.rewrite(
            "due_on = %s, late_days = %s",
            [
                [connection.ops.adapt_datefield_value(c.due_on), c.late_days, c.pk]
                for c in led
            ],
        )

    def verdicts(self, arrived: Iterable[tuple[Delivery, Case, Reply]]) -> set[int]:
        """Make what communes say; return the cases that some commune has not confirmed."""
        rows, silent = [], set()
        for delivery, case, reply in arrived:
            fate = self.dice.random()
            if fate > 0.72:
                silent.add(case.pk)
                continue
            by, at = self.speaker[delivery.unit_id], delivery.at + timedelta(days=5)
            row = Outcome(delivery=delivery, verdict=Word.ACCEPTED, by=by, at=at)
            if fate < 0.03 and reply.outcome_class not in SOLVED:
                row.verdict, row.reason = Word.REOPEN_ASKED, "Tuyến đường vẫn chưa sửa"
                silent.add(case.pk)
            rows.append(row)
        Outcome.objects.bulk_create(rows, batch_size=CHUNK)
        for row in rows:
            accepted = row.verdict == Word.ACCEPTED
            kind = Kind.OUTCOME_ACCEPTED if accepted else Kind.REOPENING_ASKED
            self.ledger.add(kind, row, row.by, row.at)
        return silent

    def rewrite(self, columns: str, rows: list[list[Any]]) -> None:
        """Set columns of many cases; the last value of each row is the case's number."""
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE resolve_case SET {columns} WHERE id = %s", rows)
