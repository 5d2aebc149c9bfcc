"""
An earlier round that has gone the whole way, told through the real actions.

The words are made up and stand in `data/demo_story.json`; what happens to them is done by
the same actions as on the pages, at plausible moments before today, in order of time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.working_days import add_working_days
from haicap.core.text.findings import Finding
from haicap.listen.actions import documents, readings, rounds, statements
from haicap.listen.actions.readings import Found
from haicap.listen.intake.gate import Kind
from haicap.listen.intake.sandbox import Extracted
from haicap.listen.models import Document, Recommendation, Round
from haicap.listen.states import DocumentState
from haicap.people.models import User
from haicap.places.models import Agency, Unit
from haicap.places.workdays import calendar
from haicap.resolve.actions import assignments, clocks, grouping, publishing, replies
from haicap.resolve.models import Case, Delivery, Reply
from haicap.synthesise.actions_looks import look
from haicap.verify.actions import outcomes
from haicap.verify.models import Outcome


CHANNEL = "report"
# Working days before today: far enough that every period of the story fits between.
CLOSED, CHECKED, GATHERED = 42, 39, 37
OPEN_FOR = timedelta(days=28)
CONFIDENCES = (0.94, 0.88, 0.91, 0.64, 0.86, 0.97, 0.58)
# How far a case has come when its story ends, in the order of the journey.
PATH = (
    "open",
    "proposed",
    "assigned",
    "drafted",
    "handed_on",
    "replied",
    "answered",
    "verified",
    "closed",
)


@dataclass(frozen=True)
class Said:
    """One difficulty and the ask that goes with it, from one commune."""

    unit: str
    field: str
    difficulty: str
    ask: str
    slug: str = ""  # of the matter; none: no case carries it yet


@dataclass
class Story:
    """Everything that happens, put in order of time before it is done."""

    today: date
    source: dict[str, Any]
    steps: list[tuple[datetime, int, Callable[[datetime], object]]] = field(
        default_factory=list
    )
    cases: dict[str, Case] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, User]:
        """Return the demonstration accounts by name."""
        return {user.username: user for user in User.objects.filter(is_demo=True)}

    @cached_property
    def days(self) -> Calendar:
        """Return the working calendar, read once for the whole story."""
        return calendar()

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Return the agencies by code."""
        return {agency.code: agency for agency in Agency.objects.all()}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return the communes by name."""
        return {unit.name: unit for unit in Unit.objects.commune_level()}

    @cached_property
    def members(self) -> dict[tuple[str, int], User]:
        """Return the accounts by their role and the body they act for."""
        return {
            (post.role, post.agency_id or post.unit_id or 0): user
            for user in self.people.values()
            for post in user.posts_today
        }

    @property
    def office(self) -> User:
        """Return who checks and puts together."""
        return self.people["vanphong"]

    @property
    def leader(self) -> User:
        """Return who decides."""
        return self.people["lanhdao"]

    def on(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Return a moment of that working day, or of the last one before it."""
        return timezone.make_aware(
            datetime.combine(working(day, self.days), time(hour, minute))
        )

    def back(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return a moment so many working days before today, so that steps keep order."""
        day = working(self.today, self.days)
        for _step in range(days):
            day = working(day - timedelta(days=1), self.days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def then(self, at: datetime, do: Callable[[datetime], object]) -> None:
        """Remember to do this at that moment; nothing happens after now."""
        self.steps.append((at, len(self.steps), do))

    def tell(self) -> None:
        """Do every step in the order of its moment."""
        now = timezone.now()
        for at, _number, do in sorted(self.steps, key=lambda step: step[:2]):
            do(min(at, now))

    def said(self) -> list[Said]:
        """Return what each commune of the earlier round says, one line a matter."""
        lines = []
        for matter in self.source["matters"]:
            for number, unit in enumerate(speakers(matter, self.source["senders"])):
                lines.append(
                    Said(
                        unit,
                        matter["field"],
                        pick(matter["difficulties"], number),
                        pick(matter["asks"], number),
                        matter["slug"],
                    )
                )
        lines += [Said(**line) for line in self.source["loose"]]
        return lines


def tell(today: date) -> str:
    """Make the earlier round; return how much of it there is, in words."""
    source = json.loads(
        files("haicap.desk").joinpath("data", "demo_story.json").read_text("utf-8")
    )
    story = Story(today=today, source=source)
    closes = timezone.localdate(story.back(CLOSED))
    name = f"Đợt xin ý kiến tháng {closes.month} (minh họa)"
    # The name holds the month: the same story told next month is the same story.
    if Round.objects.filter(channel=CHANNEL, is_demo=True).exists():
        return "already there"
    # One commit for all of it: no demonstration that stops half way.
    with transaction.atomic():
        round_ = rounds.open_round(
            name=name,
            channel=CHANNEL,
            opens_on=closes - OPEN_FOR,
            closes_on=closes,
            held_on=None,
            by=story.office,
            at=story.on(closes - OPEN_FOR, 8),
        )
        hear(story, round_)
        for number, matter in enumerate(source["matters"]):
            follow(story, matter, number)
        conference(story)
        story.tell()
        look(by=story.office, at=timezone.now())
    n = Document.objects.filter(round=round_).count()
    return f"{n} reports, {len(story.cases)} cases"


def hear(story: Story, round_: Round) -> None:
    """Let every commune send its short report, and let the office check each."""
    by_unit: dict[str, list[Said]] = {}
    for line in story.said():
        by_unit.setdefault(line.unit, []).append(line)
    late = story.source["latecomers"]
    closes = round_.closes_on
    for number, (name, lines) in enumerate(by_unit.items()):
        if name in late:
            sent = story.back(CLOSED - 1 - number % 2, 8 + number % 8, number)
        else:
            # From a Saturday one goes back to the Friday: never before the first day.
            day = closes - OPEN_FOR + timedelta(days=4 + number % 20)
            sent = story.on(day, 8 + number % 8, number)
        checked = story.back(CHECKED, 14, number)
        report(story, round_, name, lines, sent=sent, checked=checked)


def conference(story: Story) -> None:
    """Let some communes send a report to the round that is open today."""
    round_ = Round.objects.filter(
        is_demo=True, channel="party_conference", closes_on__gte=story.today
    ).first()
    if round_ is None:
        return
    words = story.source["conference"]
    for number, name in enumerate([*words["checked"], *words["to_check"]]):
        lines = [
            Said(name, one["field"], one["difficulty"], one["ask"])
            for one in (
                pick(words["statements"], number),
                pick(words["statements"], number + 2),
            )
        ]
        sent = story.back(6 - number % 4, 9 + number % 6, 3 * number)
        checked = story.back(1, 10, number) if name in words["checked"] else None
        report(story, round_, name, lines, sent=sent, checked=checked)


def report(
    story: Story,
    round_: Round,
    name: str,
    lines: list[Said],
    *,
    sent: datetime,
    checked: datetime | None,
) -> None:
    """Send one commune's report, have it read, approved by its leader, and checked."""
    unit = story.units[name]
    officer = story.members.get(("co", unit.pk), story.office)
    head = story.members.get(("cl", unit.pk))
    made: list[Document] = []
    # Over a long holiday the last working day may lie before the round opened.
    first = timezone.make_aware(datetime.combine(round_.opens_on, time(8, 30)))
    sent = max(sent, first)

    def send(at: datetime) -> None:
        text, findings = written(unit, lines)
        received = documents.receive(
            round_=round_,
            unit=unit,
            name=f"Báo cáo ngắn {unit.short}.txt",
            chunks=[text.encode()],
            by=officer,
            at=at,
            written_on=timezone.localdate(at),
            is_demo=True,
        )
        made.append(received.document)
        lease = readings.begin(document_id=received.document.pk, at=at)
        if lease is None:
            return
        # The words are ours, so the wall around strangers' files would only cost time.
        found = Found(
            DocumentState.READ,
            Extracted(kind=Kind.TXT, text=text),
            [readings.from_finding(lease.document, one) for one in findings],
        )
        readings.finish(lease=lease, found=found, at=at)

    def approve(at: datetime) -> None:
        if head is not None and officer is not story.office:
            documents.submit(document=made[0], by=head, at=at)

    def check(at: datetime) -> None:
        statements.accept_above(document=made[0], threshold=0, by=story.office, at=at)

    story.then(sent, send)
    story.then(sent + timedelta(hours=2), approve)
    if checked is not None:
        story.then(max(checked, sent + timedelta(hours=3)), check)


def written(unit: Unit, lines: Iterable[Said]) -> tuple[str, list[Finding]]:
    """Return the report's text and what stands where in it."""
    text = (
        f"ỦY BAN NHÂN DÂN\n{unit.name.upper()}\n\nBÁO CÁO NGẮN\n"
        "Khó khăn, vướng mắc và kiến nghị (dữ liệu minh họa)\n\n"
    )
    findings: list[Finding] = []
    for number, line in enumerate(lines, start=1):
        text += f"{number}. "
        spans = (("difficulty", line.difficulty), ("recommendation", line.ask))
        for place, (kind, words) in enumerate(spans):
            start = len(text)
            text += words
            findings.append(
                Finding(
                    kind=kind,
                    start=start,
                    end=len(text),
                    text=words,
                    speaker=unit.short,
                    addressee="tỉnh" if kind == "recommendation" else None,
                    fields=(line.field,),
                    communes=(unit.short,),
                    confidence=pick(CONFIDENCES, len(findings)),
                    rule="minh-hoa",
                    why=(("cue", words.split(" ", 2)[0]),),
                )
            )
            text += " " if place == 0 else "\n"
    return f"{text}\nNơi nhận: Văn phòng UBND tỉnh; lưu: VT.\n", findings


def follow(story: Story, matter: dict[str, Any], number: int) -> None:
    """Take one matter as far as its story goes."""
    slug, until = matter["slug"], matter["until"]
    clock = {"minute": 5 + 2 * number}

    def gather(at: datetime) -> None:
        asks = Recommendation.objects.without_case().filter(
            text__in=matter["asks"], round__channel=CHANNEL
        )
        story.cases[slug] = grouping.gather(
            recommendations=asks.order_by("pk"),
            by=story.office,
            at=at,
            title=matter["title"],
        )

    story.then(story.back(GATHERED, 10, **clock), gather)
    if until == "open":
        return
    days = matter["days"]
    if "due_in" in matter:
        decided = begins(story.today, matter["due_in"], days, story.days)
        decided_at = story.on(decided, 16, **clock)
    else:
        decided_at = story.back(matter.get("decided_ago", 0), 16, **clock)
    proposed_at = (
        story.back(matter["proposed_ago"], 10, **clock)
        if "proposed_ago" in matter
        else decided_at - timedelta(hours=5)
    )
    story.then(proposed_at, lambda at: propose(story, matter, at))
    if until == "returned":
        story.then(
            story.back(1, 15, **clock),
            lambda at: assignments.send_back(
                case=story.cases[slug], reason=matter["reason"], by=story.leader, at=at
            ),
        )
        return
    if until == "proposed":
        return
    story.then(
        decided_at,
        lambda at: assignments.decide(case=story.cases[slug], by=story.leader, at=at),
    )
    turns, replied = matter.get("clock", []), matter.get("replied_ago", 0)
    for event in turns:
        if event["ago"] > replied:
            turn(story, slug, event, clock)
    if until != "assigned":
        answer(story, matter, clock)
    for event in turns:
        if event["ago"] <= replied:
            turn(story, slug, event, clock)


def propose(story: Story, matter: dict[str, Any], at: datetime) -> None:
    """Put the lead of the routing table, or the one of the story, before the leader."""
    case = story.cases[matter["slug"]]
    rule = assignments.routing(matter["field"], on=timezone.localdate(at))
    lead = story.agencies[matter["lead"]] if "lead" in matter else rule.lead
    others = [each for each in rule.others() if each != lead]
    assignments.propose(
        case=case,
        lead=lead,
        coordinators=others,
        working_days=matter["days"],
        by=story.office,
        at=at,
    )


def turn(story: Story, slug: str, event: dict[str, Any], clock: dict[str, int]) -> None:
    """Stop the clock of a matter, ask for more time or give it, so many days ago."""

    def stop(at: datetime) -> None:
        clocks.stop(
            case=story.cases[slug],
            reason=event["reason"],
            reference=event["reference"],
            by=story.office,
            at=at,
        )

    def ask(at: datetime) -> None:
        case = Case.objects.get(pk=story.cases[slug].pk)
        clocks.ask_extension(
            case=case,
            until=add_working_days(timezone.localdate(at), event["days"], story.days),
            reason=event["reason"],
            by=story.members["dh", case.lead_id or 0],
            at=at,
        )

    def grant(at: datetime) -> None:
        clocks.grant_extension(
            case=story.cases[slug],
            reference=event["reference"],
            by=story.leader,
            at=at,
        )

    verb, hour = {"stop": (stop, 11), "ask": (ask, 10), "grant": (grant, 15)}[
        event["do"]
    ]
    story.then(story.back(event["ago"], hour, **clock), verb)


def answer(story: Story, matter: dict[str, Any], clock: dict[str, int]) -> None:
    """Draft, send, confirm, deliver the reply, as far as the story goes."""
    slug, until, words = matter["slug"], matter["until"], matter["reply"]
    reached = PATH.index("answered") if until == "reopened" else PATH.index(until)
    ago = matter.get("replied_ago", 1)

    def draft(at: datetime) -> None:
        case = story.cases[slug] = Case.objects.get(pk=story.cases[slug].pk)
        replies.save_draft(
            case=case,
            version=0,
            by=story.members["do", case.lead_id or 0],
            at=at,
            text=words["text"],
            outcome_class=words.get("class", ""),
            next_steps=words.get("next_steps", ""),
            contact=words.get("contact", ""),
        )

    def hand_on(at: datetime) -> None:
        case = story.cases[slug]
        replies.hand_on(
            case=case, version=1, by=story.members["do", case.lead_id or 0], at=at
        )

    def send(at: datetime) -> None:
        case = story.cases[slug]
        replies.send(
            case=case,
            version=2,
            number=words["number"],
            issued_on=timezone.localdate(at),
            outcome_class=words["class"],
            products=words.get("products", ""),
            forwarded_to=words.get("forwarded_to", ""),
            forwarding_document=words.get("forwarding_document", ""),
            by=story.members["dh", case.lead_id or 0],
            at=at,
        )

    def confirm(at: datetime) -> None:
        reply = Reply.objects.get(case=story.cases[slug])
        replies.confirm(reply=reply, by=story.office, at=at)

    steps = (
        ("drafted", story.back(ago + 2, 9, **clock), draft),
        ("handed_on", story.back(ago + 1, 15, **clock), hand_on),
        ("replied", story.back(ago, 9, **clock), send),
        ("answered", story.back(max(ago - 1, 0), 10, **clock), confirm),
    )
    for name, at, do in steps:
        if PATH.index(name) <= reached:
            story.then(at, do)
    if reached >= PATH.index("answered"):
        hear_back(story, matter, ago, clock)


def hear_back(
    story: Story, matter: dict[str, Any], ago: int, clock: dict[str, int]
) -> None:
    """Publish the answer, hear what the communes say of it, close or reopen."""
    slug, until = matter["slug"], matter["until"]

    def accept(name: str, at: datetime) -> None:
        unit = story.units[name]
        outcomes.accept(
            delivery=Delivery.objects.get(reply__case=story.cases[slug], unit=unit),
            by=story.members["co", unit.pk],
            at=at,
        )

    def ask_reopen(at: datetime) -> None:
        unit = story.units[matter["reopen"]["unit"]]
        outcomes.ask_reopen(
            delivery=Delivery.objects.get(reply__case=story.cases[slug], unit=unit),
            reason=matter["reopen"]["reason"],
            by=story.members["cl", unit.pk],
            at=at,
        )

    def reopen(at: datetime) -> None:
        outcomes.reopen(
            outcome=Outcome.objects.get(delivery__reply__case=story.cases[slug]),
            working_days=matter["again"],
            by=story.leader,
            at=at,
        )

    if matter.get("publish"):
        story.then(
            story.back(max(ago - 2, 0), 11, **clock),
            lambda at: publishing.publish(
                case=story.cases[slug], by=story.office, at=at
            ),
        )
    happy = matter.get("accept", [])
    if happy == "all":
        happy = speakers(matter, story.source["senders"])
    for number, name in enumerate(happy):
        moment = story.back(max(ago - 3 - number, 0), 14, **clock)
        story.then(moment, lambda at, name=name: accept(name, at))  # type: ignore[misc]
    if "reopen" in matter:
        story.then(story.back(max(ago - 3, 1), 15, **clock), ask_reopen)
    if until == "reopened":
        story.then(story.back(matter["reopened_ago"], 11, **clock), reopen)
    if until == "closed":
        story.then(
            story.back(max(ago - 9, 0), 16, **clock),
            lambda at: outcomes.close(case=story.cases[slug], by=story.office, at=at),
        )


def speakers(matter: dict[str, Any], senders: list[str]) -> list[str]:
    """Return the communes that raise the matter, each once."""
    names = list(matter.get("units", []))
    if "spread" in matter:
        n, first, step = matter["spread"]
        names += [senders[(first + i * step) % len(senders)] for i in range(n)]
    return list(dict.fromkeys([*names, *matter.get("with", [])]))


def pick(choices: Any, number: int) -> Any:
    """Return the choice of that number, round and round."""
    return choices[number % len(choices)]


def working(day: date, calendar: Calendar) -> date:
    """Return the day when offices work on it, else the last one before it."""
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def begins(today: date, due_in: int, working_days: int, calendar: Calendar) -> date:
    """Return the latest day from which so many working days end `due_in` days off."""
    if due_in >= 0:
        due = add_working_days(today, due_in, calendar)
    else:
        due = working(today - timedelta(days=1), calendar)
        for _day in range(-due_in - 1):
            due = working(due - timedelta(days=1), calendar)
    day = working(due - timedelta(days=1), calendar)
    while add_working_days(day, working_days, calendar) > due:
        day = working(day - timedelta(days=1), calendar)
    return day
