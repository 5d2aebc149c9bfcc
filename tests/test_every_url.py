"""
Every address, every kind of person: what the matrix says is what happens.

tests/matrix.csv is written from the rights matrix by hand and reviewed as such; the product
never reads it. A new address needs a line there in the same commit.
"""

import csv
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.scenes import SCENES
from tests.world import key


TABLE = Path(__file__).with_name("matrix.csv").read_text(encoding="utf-8")
LINES = list(csv.DictReader(TABLE.splitlines()))
ROLES = [
    "anon",
    "co",
    "cl",
    "other_co",
    "other_cl",
    "do",
    "dh",
    "other_do",
    "other_dh",
    "po",
    "pl",
    "au",
    "sa",
]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
# A session slides along and a message is shown once; nothing else may change on a GET.
# The monitor's trial write is rolled back.
ITS_OWN = re.compile(r'"django_session"|UPDATE "ledger_head" SET "hash"')


def addresses(patterns=None, prefix=""):
    """Yield the full name and the view of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback


FOUND = list(addresses())


@pytest.mark.parametrize(
    ("name", "view"),
    FOUND,
    ids=[f"{n}-{name}" for n, (name, _view) in enumerate(FOUND)],
)
def test_every_view_names_its_rule(name, view):
    assert getattr(view, "rule", ""), (
        f"{name} has no rule: use sees, acts or open_to_all"
    )


def test_every_address_has_a_line_in_the_matrix():
    known = {line["url"] for line in LINES}
    assert {name for name, _view in addresses()} == known


@contextmanager
def undone():
    """Everything inside is rolled back, so that each person meets the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer(line, role, scene, people):
    """Return the status that this person gets, and whether a GET wrote anything."""
    client = Client(raise_request_exception=False)
    if role != "anon":
        client.force_login(getattr(people, role))
    url = reverse(line["url"], args=scene.args)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        if line["method"] == "GET":
            response = client.get(url, scene.data)
        else:
            response = client.post(url, {**scene.data, **key()})
    wrote = [
        query["sql"]
        for query in queries
        if WRITES.match(query["sql"]) and not ITS_OWN.search(query["sql"])
    ]
    if response.streaming:  # not response.close(): that closes the database too
        list(response.streaming_content)
    if response.status_code == 302 and "/sign-in" in response["Location"]:
        return "login", wrote
    return str(response.status_code), wrote


@pytest.mark.parametrize(
    "line", LINES, ids=[f"{li['method']}-{li['url']}-{li['scene']}" for li in LINES]
)
def test_each_person_gets_what_the_matrix_says(line, people, request):
    scene = SCENES[line["scene"]](request)
    found = {}
    for role in ROLES:
        with undone():
            found[role], wrote = answer(line, role, scene, people)
        if line["method"] == "GET":
            assert not wrote, f"GET {line['url']} wrote as {role}"
    assert found == {role: line[role] for role in ROLES}
