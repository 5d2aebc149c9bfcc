"""
What the measurement asks of haicap itself; run inside its environment by `web.py`.

    python benchmarks/ours.py fill 100000 20000    fill the database, print its counts
    python benchmarks/ours.py targets              print the pages, a session, the command
    python benchmarks/ours.py queries              print the queries of each page
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django


sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  after setup, like all below
from django.contrib import auth  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.forms import fields_of  # noqa: E402
from benchmarks.province import Builder  # noqa: E402
from haicap.desk.processes import prepare_static, web_command  # noqa: E402
from haicap.people.models import User  # noqa: E402
from haicap.resolve.models import Case  # noqa: E402
from haicap.resolve.states import LED, CaseState  # noqa: E402


LOOKED_AT = 200  # different pages of one kind, in turn
SAVED = 800  # forms sent in a row; each case once


def fill(n_asks: int, n_cases: int) -> dict[str, Any]:
    """Migrate, fill, and let the database learn what it holds."""
    call_command("migrate", verbosity=0)
    builder = Builder(n_asks=n_asks, n_cases=n_cases, today=timezone.localdate())
    made = builder.build(lambda words: print(f"  {words}", file=sys.stderr, flush=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return made.counts


def signed_in(user: User) -> str:
    """Return the session key of a person who signed in."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def pages() -> list[dict[str, Any]]:
    """Return the pages to measure: each a list of addresses, taken in turn."""
    busy = Case.objects.filter(state=CaseState.ASSIGNED).values_list("lead__code")
    lead = busy.order_by("lead__code")[len(busy) // 2][0] if busy else ""
    led = Case.objects.filter(state__in=LED).order_by("pk")
    step = max(led.count() // LOOKED_AT, 1)
    cases = [f"/cases/{pk}" for pk in led.values_list("pk", flat=True)[::step]]
    words = "duong lien thon"
    return [
        {"name": "cases", "paths": ["/cases/"]},
        {
            "name": "cases-filtered",
            "paths": [
                f"/cases/?q={words}&lead={lead}&stage=assigned".replace(" ", "+")
            ],
        },
        {"name": "cases-last", "paths": ["/cases/?page=last"]},
        {"name": "asks", "paths": ["/recommendations/"]},
        {
            "name": "asks-words",
            "paths": [f"/recommendations/?q={words}".replace(" ", "+")],
        },
        {"name": "asks-last", "paths": ["/recommendations/?page=last"]},
        {"name": "case", "paths": cases[:LOOKED_AT]},
    ]


def targets() -> dict[str, Any]:
    """Return all that the load generator needs to know."""
    prepare_static()
    office = User.objects.get(username="po-1")
    waiting = Case.objects.filter(state__in=[CaseState.OPEN, CaseState.PROPOSED])
    saved = list(waiting.order_by("pk").values_list("pk", flat=True)[:SAVED])
    return {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={signed_in(office)}",
        "pages": pages(),
        "saving": {
            "name": "save",
            "forms": [
                [f"/cases/{pk}", reverse("resolve:propose", args=[pk])] for pk in saved
            ],
        },
        "command": web_command("ADDRESS"),
    }


def queries() -> dict[str, int]:
    """Return how many queries each page takes once a process is warm."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="po-1"))
    found: dict[str, int] = {}
    for page in pages():
        client.get(page["paths"][0])
        counts = [counted(client, path) for path in page["paths"][:20]]
        found[page["name"]] = max(counts)
    case = Case.objects.filter(state=CaseState.OPEN).order_by("-pk").first()
    assert case is not None
    html = client.get(f"/cases/{case.pk}").content.decode()
    action = reverse("resolve:propose", args=[case.pk])
    with CaptureQueriesContext(connection) as seen:
        response = client.post(action, fields_of(html, action))
    assert response.status_code == 302, response.status_code
    found["save"] = real(seen)
    return found


def counted(client: Client, path: str) -> int:
    """Return the queries of one page."""
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
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
