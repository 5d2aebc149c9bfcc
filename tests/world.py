"""
A small province for tests: the real units and agencies, made-up people and words.

Everything said here is synthetic; only names of units and agencies are real.
"""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from haicap.core.text.fold import fold_vi
from haicap.listen.models import (
    Document,
    DocumentText,
    Recommendation,
    Round,
    Statement,
)
from haicap.listen.states import DocumentState, Source, StatementKind, StatementState
from haicap.people.models import Post, User
from haicap.places.actions import load_registry
from haicap.places.models import Agency, Unit
from haicap.resolve.models import Case, Voice
from haicap.resolve.states import LED, CaseState


NOON = datetime(2026, 1, 7, 5, 0, tzinfo=UTC)  # 12:00 in Ninh Bình, a Wednesday
PASSWORD = "mat-khau-thu-nghiem"

numbers = itertools.count(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The registry is loaded once; each test's own rows are rolled back."""
    with django_db_blocker.unblock():
        load_registry(by=None, at=NOON)


@pytest.fixture
def noon():
    return NOON


def unit(name):
    return Unit.objects.commune_level().get(search=fold_vi(name))


def agency(code):
    return Agency.objects.get(code=code)


def person(role, *, unit=None, agency=None, name=None):
    """Return a new account with one post held since 1 July 2025."""
    number = next(numbers)
    user = User(
        username=f"thu-{role}-{number}", full_name=name or f"Người thử {number}"
    )
    user.set_unusable_password()
    user.save()
    Post.objects.create(
        user=user, role=role, unit=unit, agency=agency, starts_on=date(2025, 7, 1)
    )
    return user


@pytest.fixture
def people(db):
    """One person for each role; `co`, `cl` are of xã Bình Minh, `dh` of Sở Nội vụ."""
    binh_minh, kim_dong = unit("xã Bình Minh"), unit("xã Kim Đông")
    office = agency("van-phong-ubnd-tinh")
    home, finance = agency("so-noi-vu"), agency("so-tai-chinh")
    return SimpleNamespace(
        co=person("co", unit=binh_minh, name="Cán bộ xã Bình Minh"),
        cl=person("cl", unit=binh_minh, name="Lãnh đạo xã Bình Minh"),
        other_co=person("co", unit=kim_dong, name="Cán bộ xã Kim Đông"),
        other_cl=person("cl", unit=kim_dong, name="Lãnh đạo xã Kim Đông"),
        do=person("do", agency=home, name="Chuyên viên Sở Nội vụ"),
        dh=person("dh", agency=home, name="Lãnh đạo Sở Nội vụ"),
        other_do=person("do", agency=finance, name="Chuyên viên Sở Tài chính"),
        other_dh=person("dh", agency=finance, name="Lãnh đạo Sở Tài chính"),
        po=person("po", agency=office, name="Chuyên viên Văn phòng"),
        other_po=person("po", agency=office, name="Chuyên viên Văn phòng thứ hai"),
        pl=person("pl", name="Lãnh đạo tỉnh"),
        au=person("au", name="Thanh tra"),
        sa=person("sa", name="Quản trị hệ thống"),
        binh_minh=binh_minh,
        kim_dong=kim_dong,
        home=home,
        finance=finance,
    )


@pytest.fixture
def round_(db):
    return Round.objects.create(
        name=f"Đợt thử {next(numbers)}",
        channel="party_conference",
        opens_on=date(2025, 11, 5),
        closes_on=date(2026, 1, 5),
    )


@pytest.fixture
def make_document(people, round_):
    """Return a function that makes a read file with its proposed statements."""

    def make(*, unit=None, spans=(), text=None, by=None, submitted=True, **values):
        words = text if text is not None else "\n".join(word for _, word in spans)
        number = next(numbers)
        author = by or people.po
        document = Document.objects.create(
            **{
                "round": round_,
                "unit": unit,
                "name": f"bao-cao-{number}.txt",
                "kind": "txt",
                "size": len(words.encode()),
                "sha256": f"{number:064x}",
                "received_at": NOON,
                "sent_by": author,
                "submitted_at": NOON if submitted else None,
                "submitted_by": author if submitted else None,
                "state": DocumentState.READ,
                **values,
            }
        )
        DocumentText.objects.create(document=document, text=words)
        position = 0
        for kind, said in spans:
            start = words.index(said, position)
            position = start + len(said)
            make_statement(document, kind=kind, start=start, text=said, unit=unit)
        return document

    return make


def make_statement(document, *, kind, start, text, unit=None, confidence=0.9):
    """Return a proposed statement with the machine's own copy beside it."""
    statement = Statement(
        document=document,
        kind=kind,
        start=start,
        end=start + len(text),
        text=text,
        speaker=unit.short if unit else "các xã, phường",
        addressee="tỉnh" if kind == StatementKind.RECOMMENDATION else "",
        fields=["staffing"],
        communes=[unit.short] if unit else [],
        units=[unit.code] if unit else [],
        confidence=confidence,
        rule="test",
        why=[["cue", "đề nghị"]],
    )
    statement.proposed = statement.content()
    statement.save()
    return statement


@pytest.fixture
def make_recommendation(make_document, people):
    """Return a function that makes one accepted ask of a unit, with its words."""

    def make(text="đề nghị tỉnh bổ sung công chức địa chính", *, unit=None, **values):
        source = unit or people.binh_minh
        document = make_document(unit=source, spans=[("recommendation", text)])
        statement = document.statements.get()
        statement.state = StatementState.ACCEPTED
        statement.settled_by, statement.settled_at = people.po, NOON
        statement.save()
        return Recommendation.objects.create(
            **{
                "round": document.round,
                "document": document,
                "statement": statement,
                "unit": source,
                "said_by": source.short,
                "text": text,
                "field": "staffing",
                "fields": ["staffing"],
                "source": Source.DOCUMENT,
                "accepted_at": NOON,
                **values,
            }
        )

    return make


@pytest.fixture
def make_case(make_recommendation, people):
    """Return a function that makes a case with voices, in any state before a reply."""

    def make(*, units=None, state=CaseState.OPEN, title="Thiếu công chức", **values):
        voices = [
            make_recommendation(unit=each) for each in units or [people.binh_minh]
        ]
        if state in LED:
            values = {"lead": people.home, "assigned_at": NOON} | values
        case = Case.objects.create(
            **{
                "title": title,
                "field": "staffing",
                "round": voices[0].round,
                "state": state,
                "opened_at": NOON,
                **values,
            }
        )
        for voice in voices:
            Voice.objects.create(case=case, recommendation=voice, joined_at=NOON)
        return case

    return make


@pytest.fixture
def as_():
    """Return a function: a client that is signed in as that person."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def key():
    """Return the hidden field of a freshly opened form."""
    return {"idempotency_key": str(uuid.uuid4())}
