"""What stands on the page of each line of tests/matrix.csv, with valid data to send."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haicap.listen import storage
from haicap.listen.actions import statements
from haicap.listen.actions.statements import stamp
from haicap.listen.models import Document, Statement
from haicap.listen.states import DocumentState
from haicap.resolve.actions import calendar, clocks, grouping
from haicap.resolve.clocks import local
from haicap.resolve.forms_calendar import DecisionForm
from haicap.resolve.models import Case, Regrouping
from haicap.resolve.moves import preview
from haicap.resolve.states import CaseState
from haicap.synthesise.models import Suggestion
from haicap.verify.actions import outcomes
from tests.steps import LETTER
from tests.world import NOON


@dataclass
class Scene:
    """The arguments of the address and what the form or the query holds."""

    args: tuple[Any, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def nothing(request):
    return Scene()


def of(name):
    """Return a function that asks pytest for a fixture by its name."""
    return lambda request: request.getfixturevalue(name)


def own_case(request):
    return Scene(args=(of("make_case")(request)(state=CaseState.ASSIGNED).pk,))


def open_case(request):
    return Scene(args=(of("make_case")(request)().pk,), data={"title": "Lời khác"})


def rename(request):
    scene = open_case(request)
    scene.data["version"] = "1"
    return scene


def others_case(request):
    """A case of another commune, led by another department."""
    people = of("people")(request)
    case = of("make_case")(request)(
        units=[people.kim_dong], state=CaseState.ASSIGNED, lead=people.finance
    )
    return Scene(args=(case.pk,))


def two_voices(request):
    people = of("people")(request)
    case = of("make_case")(request)(units=[people.binh_minh, people.kim_dong])
    voice = case.voices.last()
    return Scene(args=(case.pk,), data={"voice": [voice.pk], "title": "Việc khác"})


def two_cases(request):
    make = of("make_case")(request)
    into, other = make(), make()
    return Scene(
        args=(into.pk,), data={"other": [other.pk], "row": [into.pk, other.pk]}
    )


def ticked_cases(request):
    scene = two_cases(request)
    return Scene(data=scene.data)


def undoable(request):
    people = of("people")(request)
    make = of("make_case")(request)
    grouping.merge(into=make(), others=[make()], by=people.po, at=NOON)
    return Scene(args=(Regrouping.objects.get().pk,))


def nothing_there(request):
    return Scene(args=(987654,))


def suggestion(request):
    row = Suggestion.objects.create(score=0.9, why=[], made_at=NOON)
    return Scene(args=(row.pk,))


def dismissed(request):
    scene = suggestion(request)
    Suggestion.objects.update(state="dismissed")
    return scene


def ticked_open(request):
    return Scene(data=to_propose(request).data)


def ticked_proposed(request):
    return Scene(data=proposed(request).data)


def loose_ask(request):
    ask = of("make_recommendation")(request)()
    return Scene(args=(ask.pk,), data={"recommendation": [ask.pk]})


def ticked_asks(request):
    return Scene(data=loose_ask(request).data)


def to_propose(request):
    people = of("people")(request)
    case = of("make_case")(request)()
    return Scene(
        args=(case.pk,),
        data={"lead": people.home.pk, "working_days": 10, "row": case.pk},
    )


def proposed(request):
    case = of("steps")(request).proposed()
    pk = case.assignments.get().pk
    return Scene(
        args=(case.pk,),
        data={
            "proposal": pk,
            "back-proposal": pk,
            "back-reason": "Chưa rõ",
            "row": case.pk,
        },
    )


def assigned(request):
    case = of("steps")(request).assigned()
    return Scene(args=(case.pk,), data={"version": 0, "text": "Đang soạn."})


def to_stop(request):
    form = {"stop-reason": "opinion", "stop-reference": "Công văn số 9/SNV-VP"}
    return Scene(args=(of("steps")(request).assigned().pk,), data=form)


def stopped(request):
    scene = to_stop(request)
    clocks.stop(
        case=Case.objects.get(pk=scene.args[0]),
        reason="opinion",
        reference="Công văn số 9/SNV-VP",
        by=of("people")(request).po,
        at=NOON,
    )
    return scene


def to_ask(request):
    case = of("steps")(request).assigned()
    return Scene(
        args=(case.pk,),
        data={"ask-until": "31/03/2027", "ask-reason": "Chờ số liệu"},
    )


def more_time_asked(request):
    case = of("steps")(request).assigned()
    asked = clocks.ask_extension(
        case=case,
        until=date(2026, 12, 31),
        reason="Chờ số liệu",
        by=of("people")(request).dh,
        at=NOON,
    )
    return Scene(
        args=(case.pk,),
        data={
            "grant-read": asked.pk,
            "grant-reference": "Công văn số 12/UBND-VP",
            "refuse-read": asked.pk,
            "refuse-answer": "Việc gấp",
        },
    )


LETTER_FORM = {**LETTER, "issued_on": "07/01/2026", "version": 1}


def drafted(request):
    people = of("people")(request)
    steps = of("steps")(request)
    words = "Đã cử hai người."
    case = steps.drafted(text=words, by=people.do)
    return Scene(args=(case.pk,), data={**LETTER_FORM, "text": words})


def sent(request):
    case, reply = of("steps")(request).sent()
    return Scene(
        args=(reply.pk,),
        data={"outcome_class": reply.outcome_class, "back-reason": "Thiếu ngày"},
    )


def answered(request):
    people = of("people")(request)
    case, _reply = of("steps")(request).answered(
        units=[people.binh_minh, people.kim_dong]
    )
    return Scene(args=(case.pk,))


def published(request):
    scene = answered(request)
    Case.objects.filter(pk=scene.args[0]).update(published_at=NOON)
    return scene


def delivered(request):
    """The reply in the hands of xã Bình Minh."""
    people = of("people")(request)
    _case, reply = of("steps")(request).answered(
        units=[people.binh_minh, people.kim_dong]
    )
    delivery = reply.deliveries.get(unit=people.binh_minh)
    return Scene(
        args=(delivery.pk,), data={f"ask-{delivery.pk}-reason": "Chưa có người về."}
    )


def reopen_asked(request):
    people = of("people")(request)
    _case, reply = of("steps")(request).answered(units=[people.binh_minh])
    outcome = outcomes.ask_reopen(
        delivery=reply.deliveries.get(), reason="Chưa có ai về", by=people.cl, at=NOON
    )
    return Scene(
        args=(outcome.pk,),
        data={"decision": "reopen", f"reopen-{outcome.pk}-working_days": 5},
    )


def accepted(request):
    people = of("people")(request)
    case, reply = of("steps")(request).answered(units=[people.binh_minh])
    outcomes.accept(delivery=reply.deliveries.get(), by=people.co, at=NOON)
    return Scene(args=(case.pk,))


def own_file(request):
    """A file of xã Bình Minh that the province has."""
    people = of("people")(request)
    document = of("make_document")(request)(
        unit=people.binh_minh, spans=[("recommendation", "đề nghị cấp máy quét")]
    )
    path = storage.place(document.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("đề nghị cấp máy quét")
    quote = {"kind": "difficulty", "quote": "cấp máy", "speaker": "xã Bình Minh"}
    return Scene(args=(document.pk,), data={"percent": 50, **quote})


def settled_file(request):
    """A file whose last statement the office has just accepted."""
    scene = own_file(request)
    row = Statement.objects.get(document_id=scene.args[0])
    statements.accept(statement=row, by=of("people")(request).po, at=NOON)
    return scene


def unread_file(request):
    """A file that the machine could not read."""
    scene = own_file(request)
    Document.objects.filter(pk=scene.args[0]).update(state=DocumentState.UNREADABLE)
    return scene


def draft_file(request):
    """A file of xã Bình Minh that its leader has not sent yet."""
    people = of("people")(request)
    document = of("make_document")(request)(
        unit=people.binh_minh,
        spans=[("recommendation", "đề nghị cấp máy quét")],
        by=people.co,
        submitted=False,
    )
    return Scene(args=(document.pk,))


def statement(request):
    document = own_file(request).args[0]
    row = Statement.objects.get(document_id=document)
    return Scene(args=(row.pk,), data={"seen": stamp(row), "kind": "difficulty"})


def a_round(request):
    return Scene(args=(of("round_")(request).pk,))


def new_round(request):
    return Scene(
        data={
            "name": "Đợt mới",
            "channel": "report",
            "opens_on": "07/01/2026",
            "closes_on": "20/01/2026",
        }
    )


def a_view(request):
    return Scene(data={"page": "cases", "query": "due=late", "name": "Gấp"})


def theme(request):
    return Scene(data={"theme": "dark"})


def a_unit(request):
    return Scene(args=(of("people")(request).binh_minh.code,))


def an_agency(request):
    return Scene(args=(of("people")(request).home.code,))


def a_field(request):
    people = of("people")(request)
    return Scene(
        args=("staffing",),
        data={
            "lead": people.home.pk,
            "working_days": 12,
            "version": 0,
            "valid_from": date(2030, 1, 1).strftime("%d/%m/%Y"),
        },
    )


DECISION = {
    "document": "15/QĐ-TTg, 08/01/2026",
    "title": "Nghỉ hoán đổi",
    "place": "VN",
    "kind": "swapped_day_off",
    "day_off": "16/01/2026",
    "make_up": "24/01/2026",
}


def a_decision(request):
    """What the office typed, with the seal of what it was shown."""
    of("people")(request)
    form = DecisionForm(DECISION)
    assert form.is_valid(), form.errors
    shown = preview(form.decisions, now=local(NOON))
    return Scene(data=DECISION | {"seen": shown.seal})


def decided_days(request):
    """A decision that stands, and the seal of what its end would move."""
    people = of("people")(request)
    shown = a_decision(request)
    form = DecisionForm(shown.data)
    assert form.is_valid(), form.errors
    done = calendar.decide(
        decisions=form.decisions, seen=shown.data["seen"], by=people.po, at=NOON
    )
    return Scene(args=(done.group,))


SCENES = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__
}
