"""Demonstration data: made-up people, real places; every row says that it is demo."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from haicap.desk import demo_story
from haicap.listen.actions import documents as document_actions
from haicap.listen.models import Document, Round
from haicap.people import accounts as people_accounts
from haicap.people.models import User
from haicap.places.models import Unit


PASSWORD = "minh-hoa-hai-cap"
ROUND = "Hội nghị Thường trực Tỉnh ủy với Đảng ủy 129 xã, phường"
CONFERENCE = "hoi-nghi-129-xa.docx"
WORKBOOK = "kien-nghi-xa-binh-minh.xlsx"


def accounts() -> str:
    """Make the demonstration accounts, one or more for each role."""
    source = files("haicap.desk").joinpath("data", "demo_accounts.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = [row | {"password": PASSWORD} for row in csv.DictReader(lines)]
    n = people_accounts.load(rows, at=timezone.now(), is_demo=True)
    return f"{n} accounts, every role"


def open_round() -> str:
    """Make the conference's round if nobody made it yet."""
    today = timezone.localdate()
    round_, made = Round.objects.get_or_create(
        name=ROUND,
        defaults={
            "channel": "party_conference",
            "opens_on": today - timedelta(days=14),
            "closes_on": today + timedelta(days=14),
            "held_on": today - timedelta(days=7),
            "is_demo": True,
        },
    )
    return round_.name if made else "already there"


def documents(paths: Sequence[Path]) -> str:
    """Send and read the documents; those already sent are left as they are."""
    office = User.objects.get(username="vanphong")
    before = Document.objects.count()
    if paths:
        for path in paths:
            send(path, path.name, unit=None, by=office)
    else:
        samples = files("haicap.listen").joinpath("samples")
        with as_file(samples.joinpath(CONFERENCE)) as path:
            send(path, CONFERENCE, unit=None, by=office)
        commune = Unit.objects.commune_level().get(name="Xã Bình Minh")
        officer = User.objects.get(username="xa.binhminh")
        with as_file(samples.joinpath(WORKBOOK)) as path:
            send(path, WORKBOOK, unit=commune, by=officer)
    call_command("haicap_worker", "--batch", verbosity=0)
    new = Document.objects.count() - before
    return f"{new} read" if new else "already there"


def send(path: Path, name: str, *, unit: Unit | None, by: User) -> None:
    """Send one file into the conference's round, as a person would."""
    document_actions.receive(
        round_=Round.objects.get(name=ROUND),
        unit=unit,
        name=name,
        chunks=[path.read_bytes()],
        by=by,
        at=timezone.now(),
        is_demo=True,
    )


def earlier_round() -> str:
    """Make an earlier round that has gone the whole way, so that no page is empty."""
    return demo_story.tell(timezone.localdate())


def how_to_sign_in() -> str:
    """Return the lines that tell a new user which account shows what."""
    lines = [
        "",
        f"Sign in with password {PASSWORD} as:",
        "  vanphong      provincial office: checks, puts together, proposes",
        "  lanhdao       provincial leader: decides who leads, by when",
        "  noivu, ld.noivu            department: drafts, sends the reply",
        "  xa.binhminh, ld.binhminh   commune: sends a file, says whether it helped",
        "  thanhtra, quantri          auditor, administrator",
    ]
    return "\n".join(lines)
