"""
What the measurement asks of the peer; run inside its own environment by `web.py`.

    run.py fill 20000 100000    fill the database with tickets and follow-ups
    run.py targets              print the pages and a session
    run.py queries              print the queries of each page
"""

from __future__ import annotations

import html
import json
import os
import random
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


sys.path[:0] = [
    str(Path(__file__).resolve().parents[1]),
    str(Path(__file__).resolve().parents[2]),
]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  after setup, like below
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

from benchmarks.forms import fields_of  # noqa: E402


LOOKED_AT = 200
SAVED = 800
ROWS = 50  # of the lengths its list offers (10, 25, 50, 100); haicap's list has 50
CHUNK = 2_000


@transaction.atomic
def make(n_tickets: int, n_followups: int) -> dict[str, int]:
    """Make queues and staff as haicap has fields and people, then tickets."""
    dice, now = random.Random(129), timezone.now()
    users = get_user_model().objects
    staff = [
        users.create(username=f"staff-{n}", is_staff=True, is_superuser=n == 0)
        for n in range(43)
    ]
    queues = [
        Queue.objects.create(title=f"Lĩnh vực {n}", slug=f"field-{n}")
        for n in range(36)
    ]
    tickets = Ticket.objects.bulk_create(
        (
            Ticket(
                title=f"Đề nghị sửa chữa tuyến đường liên thôn (mục {n})",
                queue=dice.choice(queues),
                created=now - timedelta(days=dice.randrange(1, 700)),
                submitter_email="commune@example.org",
                assigned_to=dice.choice([*staff, None]),
                # Open, reopened, resolved, closed: about as many as haicap's cases.
                status=dice.choices((1, 2, 3, 4), (42, 8, 29, 21))[0],
                description="Tuyến đường đã xuống cấp, đề nghị tỉnh bố trí kinh phí. "
                * 3,
                priority=dice.randint(1, 5),
                due_date=now + timedelta(days=dice.randint(-9, 25)),
            )
            for n in range(n_tickets)
        ),
        batch_size=CHUNK,
    )
    FollowUp.objects.bulk_create(
        (
            FollowUp(
                ticket=tickets[n % n_tickets],
                date=now - timedelta(days=dice.randrange(1, 300)),
                title="Trả lời",
                comment="Cơ quan đã kiểm tra thực tế và thống nhất phương án.",
                public=True,
                user=dice.choice(staff),
            )
            for n in range(n_followups)
        ),
        batch_size=CHUNK,
    )
    return {"tickets": n_tickets, "followups": n_followups, "queues": 36, "staff": 43}


def fill(n_tickets: int, n_followups: int) -> dict[str, int]:
    """Migrate, fill, and let the database learn what it holds."""
    call_command("migrate", verbosity=0)
    Queue.objects.all().delete()
    counts = make(n_tickets, n_followups)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return counts


def client() -> Client:
    """Return somebody of the staff, signed in."""
    found = Client(SERVER_NAME="127.0.0.1")
    found.force_login(get_user_model().objects.get(username="staff-0"))
    return found


def pages(signed_in: Client) -> list[dict[str, Any]]:
    """Return the pages to measure; the list is its frame and then its rows."""
    frame = signed_in.get("/tickets/").content.decode()
    rows = re.search(r'"url": "([^"]*datatables_ticket_list[^"]*)"', frame)
    assert rows, "the list asks for its rows somewhere else"
    address = f"{html.unescape(rows[1])}?draw=1&length={ROWS}&search[value]=&start="
    n = Ticket.objects.filter(status__in=[1, 2]).count()
    last = max((n - 1) // ROWS * ROWS, 0)
    step = max(Ticket.objects.count() // LOOKED_AT, 1)
    tickets = Ticket.objects.order_by("pk").values_list("pk", flat=True)[::step]
    return [
        {"name": "cases", "paths": [["/tickets/", f"{address}0"]]},
        {"name": "cases-last", "paths": [["/tickets/", f"{address}{last}"]]},
        {"name": "case", "paths": [f"/tickets/{pk}/" for pk in tickets][:LOOKED_AT]},
    ]


def targets() -> dict[str, Any]:
    """Return all that the load generator needs to know."""
    signed_in = client()
    return {
        "cookie": f"sessionid={signed_in.cookies['sessionid'].value}",
        "pages": pages(signed_in),
        "saving": {
            "name": "save",
            "forms": [["/tickets/submit/", ""]] * SAVED,
            "fill": {
                "queue": str(Queue.objects.order_by("pk")[0].pk),
                "title": "Đề nghị sửa chữa tuyến đường",
                "body": "Tuyến đường đã xuống cấp, đề nghị tỉnh bố trí kinh phí.",
                "submitter_email": "commune@example.org",
            },
        },
    }


def queries() -> dict[str, int]:
    """Return how many queries each page takes once a process is warm."""
    signed_in, found = client(), {}
    for page in pages(signed_in):
        counts = []
        for work in page["paths"][:20]:
            steps = [work] if isinstance(work, str) else work
            counted(signed_in, steps)
            counts.append(counted(signed_in, steps))
        found[page["name"]] = max(counts)
    plan = targets()["saving"]
    form = fields_of(signed_in.get("/tickets/submit/").content.decode(), "")
    with CaptureQueriesContext(connection) as seen:
        response = signed_in.post("/tickets/submit/", {**form, **plan["fill"]})
    assert response.status_code == 302, response.status_code
    found["save"] = real(seen)
    return found


def counted(signed_in: Client, steps: list[str]) -> int:
    """Return the queries of what a person waits for."""
    with CaptureQueriesContext(connection) as seen:
        for path in steps:
            response = signed_in.get(path)
            assert response.status_code == 200, (path, response.status_code)
    return real(seen)


def real(seen: CaptureQueriesContext) -> int:
    """Return how many were queries, the marks of a transaction left out."""
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not each["sql"].startswith(marks) for each in seen.captured_queries)


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "fill":
        print(json.dumps(fill(int(rest[0]), int(rest[1]))))
    elif verb == "targets":
        print(json.dumps(targets()))
    elif verb == "queries":
        print(json.dumps(queries()))
