"""
The language model only proposes: what it gets wrong never becomes a statement.

A small server on loopback plays the model: it answers, lies, stalls and breaks.
"""

import json
import logging
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.text.findings import KINDS, Finding
from haicap.listen import tasks
from haicap.listen.actions import documents
from haicap.listen.language_model import endpoint
from haicap.listen.language_model.answers import CONFIDENCE, RULE, Checker
from haicap.listen.language_model.circuit import FAILURES, REST_SECONDS, Circuit
from haicap.listen.language_model.endpoint import Limits, NoAnswer
from haicap.listen.language_model.propose import (
    CIRCUIT,
    LIMITS,
    MOST_CALLS,
    PIECE_LETTERS,
    propose,
)
from haicap.listen.models import Document
from haicap.listen.queries_review import STEPS_OF_CONFIDENCE
from haicap.listen.states import UNSURE_BELOW, DocumentState
from haicap.listen.taxonomy import FIELDS
from tests.listen.fake_model import (
    FakeModel,
    closing,
    dripping,
    flooding,
    hanging_up,
    resetting,
    saying,
    sending,
    stalling,
    telling,
)
from tests.test_house import HOUSE, all_imports
from tests.world import NOON


ASK = "đề nghị tỉnh bổ sung công chức địa chính"
LACK = "Trụ sở làm việc đã xuống cấp nghiêm trọng"
TEXT = f"Các xã báo cáo.\nXã Bình Minh {ASK}.\n{LACK}, nhiều phòng dột.\n"
GOOD = {"kind": "difficulty", "quote": LACK, "fields": ["staffing"]}
KNOWN = [
    Finding(
        kind="recommendation",
        start=TEXT.index(ASK),
        end=TEXT.index(ASK) + len(ASK),
        text=ASK,
    )
]
# Patience with the fake, so that a test that waits does not wait for long.
QUICK = replace(LIMITS, connect_seconds=1.0, total_seconds=0.2)
LONG = "\n".join(f"Dòng thứ {number} nói về việc của xã. " * 40 for number in range(60))


@pytest.fixture
def fake(settings):
    """A running fake model, which the settings name."""
    model = FakeModel()
    settings.MODEL_URL = model.url
    yield model
    model.close()


@pytest.fixture
def circuit():
    return Circuit()


@pytest.fixture
def proposed(circuit):
    """Return a function: what is proposed for a text."""

    def proposed(text=TEXT, known=KNOWN, limits=LIMITS):
        return propose(text, known, document_id=7, limits=limits, circuit=circuit)

    return proposed


def codes(said):
    """Return the notes by code, with their parameters."""
    return {note.code: dict(note.params) for note in said.notes}


# It answers.


def test_a_good_answer_becomes_an_unsure_finding_with_its_exact_place(fake, proposed):
    fake.behave = saying([GOOD])
    said = proposed()
    (finding,) = said.findings
    assert TEXT[finding.start : finding.end] == finding.text == LACK
    assert (finding.kind, finding.fields) == ("difficulty", ("staffing",))
    assert finding.confidence == CONFIDENCE < UNSURE_BELOW
    assert min(STEPS_OF_CONFIDENCE) > CONFIDENCE
    assert (finding.rule, finding.why) == (RULE, (("rule", RULE),))
    assert codes(said) == {"model_proposed": {"n": 1}}


def test_nobody_is_asked_unless_an_address_is_set(fake, proposed, settings):
    settings.MODEL_URL = ""
    said = proposed()
    assert (fake.n_calls, said.findings, said.notes) == (0, (), ())


def test_the_question_is_what_such_servers_understand(fake, proposed, settings):
    settings.MODEL_NAME, settings.MODEL_KEY = "may-cua-tinh", "khoa-bi-mat"
    settings.MODEL_URL += "/"
    proposed()
    (asked,), (head,) = fake.asked, fake.heads
    assert head.startswith("POST /v1/chat/completions HTTP/1.1")
    assert "Authorization: Bearer khoa-bi-mat" in head
    assert asked["model"] == "may-cua-tinh"
    assert asked["messages"][1] == {"role": "user", "content": TEXT}
    told = asked["messages"][0]["content"]
    assert all(f"\n{slug}: " in told for slug in FIELDS)
    assert all(f"- {kind}: " in told for kind in KINDS)


def test_an_answer_that_ends_with_the_connection_is_read_to_its_end(fake, proposed):
    said = json.dumps({"items": [GOOD]})
    body = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
    fake.behave = closing(body)
    assert len(proposed().findings) == 1


def test_without_name_and_key_neither_is_sent(fake, proposed):
    proposed()
    assert "model" not in fake.asked[0]
    assert "Authorization" not in fake.heads[0]


@pytest.mark.parametrize(
    "content",
    [
        "Đây là kết quả:\n```json\n%s\n```\nHết.",
        "\n\n  %s",
    ],
)
def test_words_around_the_answer_do_no_harm(fake, proposed, content):
    fake.behave = telling(content % json.dumps({"items": [GOOD]}))
    assert len(proposed().findings) == 1


def test_a_text_in_two_pieces_a_letter_keeps_its_own_places(fake, proposed):
    text = unicodedata.normalize("NFD", TEXT)
    fake.behave = saying([GOOD | {"quote": f"  {LACK}".replace(" ", "\n")}])
    (finding,) = proposed(text, known=[]).findings
    assert text[finding.start : finding.end] == finding.text
    assert unicodedata.normalize("NFC", finding.text) == LACK


def test_a_long_document_is_asked_about_in_bounded_pieces(fake, proposed):
    fake.behave = saying([])
    said = proposed(LONG, known=[])
    assert fake.n_calls == MOST_CALLS
    pieces = [asked["messages"][1]["content"] for asked in fake.asked]
    assert max(map(len, pieces)) <= PIECE_LETTERS
    assert LONG.startswith("".join(pieces))
    assert codes(said)["model_silent"]["n"] == MOST_CALLS


def test_words_of_a_later_piece_get_the_place_in_the_whole_text(fake, proposed):
    text = LONG[: PIECE_LETTERS * 2] + "\n" + TEXT
    fake.behave = saying([GOOD])
    (finding,) = proposed(text, known=[]).findings
    assert finding.start == text.index(LACK)


@pytest.mark.parametrize("text", ["", " \n \n"])
def test_a_text_without_words_asks_nobody(fake, proposed, text):
    said = proposed(text, known=[])
    assert (fake.n_calls, said.notes) == (0, [])


# It lies.


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param({"quote": "Trụ sở làm việc đã cháy hoàn toàn"}, id="invented"),
        pytest.param({"quote": LACK.replace("xuống", "Xuống")}, id="a letter"),
        pytest.param({"quote": LACK[1:]}, id="cut word"),
        pytest.param({"quote": f"{LACK[:12]} … {LACK[-10:]}"}, id="shortened"),
        pytest.param({"quote": ".*" * 4}, id="pattern"),
        pytest.param({"quote": "xuống cấp"}, id="too few words"),
        pytest.param({"quote": ""}, id="nothing"),
        pytest.param({"quote": None}, id="no words"),
        pytest.param({"quote": ["Trụ", "sở"]}, id="a list of words"),
        pytest.param({"quote": "\ud800 a b c d"}, id="half a character"),
        pytest.param({"quote": ASK}, id="the reader's own"),
        pytest.param({"quote": TEXT}, id="everything"),
        pytest.param({"quote": f"{ASK}.\n{LACK}"}, id="overlap"),
        pytest.param(
            {"quote": "chức địa chính. Trụ sở làm việc"}, id="overlaps the end"
        ),
        pytest.param({"kind": "complaint"}, id="sixth kind"),
        pytest.param({"kind": "Difficulty"}, id="kind in capitals"),
        pytest.param({"kind": ["difficulty"]}, id="list of kinds"),
        pytest.param({"kind": None}, id="no kind"),
    ],
)
def test_an_item_that_is_wrong_is_dropped_and_the_right_one_stays(fake, proposed, lie):
    right = {"kind": "result", "quote": "Các xã báo cáo.", "fields": []}
    fake.behave = saying([GOOD | lie, right])
    assert [each.text for each in proposed().findings] == ["Các xã báo cáo."]


@pytest.mark.parametrize(
    "item", [None, 3, "đề nghị", [], [GOOD], {}, {"items": [GOOD]}]
)
def test_an_item_that_is_none_is_dropped(fake, proposed, item):
    fake.behave = saying([item])
    assert proposed().findings == []


def test_offsets_that_the_model_claims_are_not_believed(fake, proposed):
    fake.behave = saying(
        [GOOD | {"start": 0, "end": 4, "confidence": 1.0, "rule": "x"}]
    )
    (finding,) = proposed().findings
    assert (finding.start, finding.text) == (TEXT.index(LACK), LACK)
    assert (finding.confidence, finding.rule) == (CONFIDENCE, RULE)


def test_the_same_item_again_is_one(fake, proposed):
    fake.behave = saying([GOOD] * 30 + [GOOD | {"kind": "result"}])
    assert [each.kind for each in proposed().findings] == ["difficulty"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (["magic", "staffing", "staffing", "SALARY"], ("staffing",)),
        ([None, 3, {}, []], ()),
        ("staffing", ()),
        (None, ()),
        (list(FIELDS), tuple(FIELDS)[:3]),
    ],
)
def test_fields_are_of_the_list_or_left_out(fake, proposed, said, kept):
    fake.behave = saying([GOOD | {"fields": said}])
    assert proposed().findings[0].fields == kept


def test_a_very_long_list_is_read_to_a_limit(fake, proposed):
    fake.behave = saying([None] * 1_000 + [GOOD])
    assert proposed().findings == []


# It answers with something else.


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(sending("<html><body>Đăng nhập</body></html>"), id="html"),
        pytest.param(sending(""), id="empty"),
        pytest.param(sending(b"\xff\xfe\x00\x01"), id="bytes"),
        pytest.param(sending("[" * 100_000), id="deep"),
        pytest.param(sending("9" * 10_000), id="long number"),
        pytest.param(sending("null"), id="null"),
        pytest.param(sending('{"choices": []}'), id="no choice"),
        pytest.param(sending('{"error": {"message": "out of memory"}}'), id="error"),
        pytest.param(telling(None), id="no content"),
        pytest.param(telling([{"type": "text"}]), id="content in parts"),
        pytest.param(telling("Xin lỗi, tôi không thể."), id="excuse"),
        pytest.param(telling('{"items": [{"kind": "diff'), id="cut off"),
        pytest.param(telling("} {"), id="brackets"),
        pytest.param(telling('{"items": ' + "[" * 50_000 + "}"), id="deep inside"),
        pytest.param(saying({"kind": "difficulty"}), id="no list"),
        pytest.param(saying([GOOD], status="500 Oops"), id="500"),
        pytest.param(saying([GOOD], status="429 Later"), id="429"),
        pytest.param(saying([GOOD], status="401 Who"), id="401"),
        pytest.param(saying([GOOD], status="201 Made"), id="201"),
        pytest.param(
            saying(
                [GOOD], status="302 There", more="Location: http://127.0.0.1:1/\r\n"
            ),
            id="redirect",
        ),
        pytest.param(saying([GOOD], more="Content-Encoding: gzip\r\n"), id="not gzip"),
        pytest.param(sending(" " * 400_000), id="too long"),
        pytest.param(flooding, id="endless"),
        pytest.param(resetting, id="reset"),
        pytest.param(hanging_up, id="hung up"),
        pytest.param(dripping(b"SSH-2.0-x\r\n", b"x"), id="another protocol"),
    ],
)
def test_any_other_answer_leaves_the_local_reading(fake, proposed, circuit, behave):
    fake.behave = behave
    said = proposed()
    if said.findings:  # only the header lied
        assert [each.text for each in said.findings] == [LACK]
        return
    assert codes(said) == {"model_silent": {"n": 0, "total": 1}}
    assert (fake.n_calls, circuit.failures) == (1, 1)


def test_an_answer_is_read_to_its_limit_and_no_further(fake, proposed, caplog):
    fake.behave = flooding
    proposed()
    assert "(too-long)" in caplog.text


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_bytes_break_the_checker(body):
    checker = Checker(TEXT, FIELDS)
    with pytest.raises(NoAnswer):
        checker.findings(body, start=0, end=len(TEXT))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(KINDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "quote", "fields", "items"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": JSON,
                "quote": JSON
                | st.tuples(st.integers(0, 120), st.integers(0, 120)).map(
                    lambda pair: TEXT[min(pair) : max(pair)]
                ),
                "fields": JSON,
            }
        )
        | JSON,
        max_size=5,
    )
)
def test_whatever_is_proposed_stands_in_the_text_once(items):
    words = json.dumps({"items": items})
    body = json.dumps({"choices": [{"message": {"content": words}}]}).encode()
    found = Checker(TEXT, FIELDS, taken=[(KNOWN[0].start, KNOWN[0].end)]).findings(
        body, start=0, end=len(TEXT)
    )
    for each in found:
        assert TEXT[each.start : each.end] == each.text
        assert each.kind in KINDS
        assert set(each.fields) <= set(FIELDS)
    places = sorted((each.start, each.end) for each in (*KNOWN, *found))
    assert all(
        one[1] <= other[0] for one, other in zip(places, places[1:], strict=False)
    )


# It stalls.


def test_an_exchange_has_the_time_that_is_promised():
    assert Limits().connect_seconds == 3
    assert Limits().total_seconds == 10


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(stalling, id="silent"),
        pytest.param(dripping(b"", b"H"), id="status a byte at a time"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x"), id="head"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n\r\n", b" "), id="body"),
        pytest.param(
            dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
            id="chunks",
        ),
        pytest.param(dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="continue"),
    ],
)
def test_a_server_that_never_comes_to_an_end_is_left(fake, proposed, behave, caplog):
    # Each byte comes well within the time; only all of them together do not.
    fake.behave = behave
    said = proposed(limits=QUICK)
    assert codes(said) == {"model_silent": {"n": 0, "total": 1}}
    assert fake.n_calls == 1
    assert "too-slow" in caplog.text


def test_a_stalling_server_gets_no_more_than_the_documents_time(
    fake, proposed, monkeypatch
):
    monkeypatch.setattr("haicap.listen.language_model.propose.DOCUMENT_SECONDS", 0.3)
    fake.behave = stalling
    proposed(LONG, known=[], limits=QUICK)
    assert fake.n_calls <= 2  # of 0.2 seconds each


def test_a_name_that_the_resolver_sits_on_is_given_up(monkeypatch, fake):
    monkeypatch.setattr(
        endpoint.socket, "getaddrinfo", lambda *_, **__: fake.ends.wait() and []
    )
    with pytest.raises(NoAnswer, match="no-such-host"):
        endpoint.ask("http://may.tinh/v1", b"", key="", limits=QUICK, seconds=0.1)


# It is down: the circuit.


def test_after_five_failures_nobody_is_asked_for_a_while(fake, proposed, circuit):
    fake.behave = sending("", status="500 Oops")
    said = proposed(LONG, known=[])
    assert fake.n_calls == FAILURES == 5 < MOST_CALLS
    assert codes(said)["model_silent"]["n"] == 0
    proposed()
    assert fake.n_calls == FAILURES
    circuit.failed_at -= REST_SECONDS
    proposed(LONG, known=[])
    assert fake.n_calls == FAILURES + 1  # one is let through, and fails
    circuit.failed_at -= REST_SECONDS
    fake.behave = saying([GOOD])
    assert len(proposed().findings) == 1
    assert circuit.failures == 0


def test_a_part_that_failed_does_not_take_the_others_along(fake, proposed):
    def behave(connection, model):
        only = sending("") if model.n_calls == 1 else saying([GOOD])
        only(connection, model)

    fake.behave = behave
    text = LONG[: PIECE_LETTERS * 2] + "\n" + TEXT
    said = proposed(text, known=[])
    assert [each.text for each in said.findings] == [LACK]
    assert codes(said)["model_silent"]["n"] == fake.n_calls - 1


# Whom it asks.


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("127.0.0.1", True),
        ("10.9.8.7", True),
        ("172.31.0.1", True),
        ("192.168.1.20", True),
        ("::1", True),
        ("fd12::7", True),
        ("8.8.8.8", False),
        ("172.32.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("2001:db8::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:8.8.8.8", False),
        ("::", False),
    ],
)
def test_near_is_this_machine_and_private_networks(address, near):
    assert endpoint.is_near(address) is near


@pytest.mark.parametrize("far", [["203.0.113.9"], ["127.0.0.1", "203.0.113.9"]])
def test_a_name_that_leads_outside_is_not_connected_to(fake, monkeypatch, far):
    rows = [(None, None, None, "", (address, 0)) for address in far]
    monkeypatch.setattr(endpoint.socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(NoAnswer, match="not-near"):
        endpoint.ask(
            f"http://may.tinh:{fake.port}/v1", b"{}", key="", limits=LIMITS, seconds=9
        )
    assert fake.n_calls == 0


def test_a_proxy_of_the_environment_is_passed_by(fake, proposed, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    fake.behave = saying([GOOD])
    assert len(proposed().findings) == 1


BAD = [
    "file:///etc/passwd",
    "ftp://10.0.0.5/v1",
    "10.0.0.5:8000/v1",
    "http://",
    "http://user:word@10.0.0.5/v1",
    "http://10.0.0.5/v1?key=word",
    "http://10.0.0.5/v1#a",
    "http://10.0.0.5/v1\nX: y",
]


@pytest.mark.parametrize("url", BAD)
def test_an_address_of_another_sort_is_refused(proposed, settings, url, caplog):
    assert not endpoint.ADDRESS.fullmatch(url)
    settings.MODEL_URL = url
    assert codes(proposed()) == {"model_silent": {"n": 0, "total": 1}}
    assert "bad-address" in caplog.text


def test_such_an_address_stops_the_start_and_is_not_repeated():
    env = {**os.environ, "HAICAP_MODEL_URL": "http://user:word@10.0.0.5/v1"}
    words = [sys.executable, "-c", "import haicap.config.settings"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "HAICAP_MODEL_URL is no address such as" in done.stderr
    assert "word@" not in done.stderr


@pytest.mark.parametrize(
    "url", ["http://10.0.0.5", "http://[fd12::7]:8000/v1", "https://may.tinh/v1/"]
)
def test_an_address_of_the_right_sort_is_taken(url):
    assert endpoint.ADDRESS.fullmatch(url)


def test_tls_wants_a_certificate(fake, proposed, settings, circuit):
    settings.MODEL_URL = fake.url.replace("http:", "https:")
    assert proposed(limits=QUICK).findings == []
    assert (fake.n_calls, circuit.failures) == (0, 1)


@pytest.mark.parametrize("port", ["1", "99999"])
def test_a_port_where_nobody_listens_is_a_failure_like_others(proposed, settings, port):
    settings.MODEL_URL = f"http://127.0.0.1:{port}"
    assert codes(proposed()) == {"model_silent": {"n": 0, "total": 1}}


def test_the_log_has_the_number_and_no_contents(fake, proposed, settings, caplog):
    caplog.set_level(logging.DEBUG)
    settings.MODEL_KEY = "khoa-bi-mat"
    fake.behave = sending(f"<p>{LACK}</p>", status="503 Khoa-bi-mat")
    proposed()
    assert "document 7: 0 of 1 parts answered (status-503)" in caplog.text
    for words in ("khoa", LACK, ASK, "127.0.0.1"):
        assert words not in caplog.text.lower()


# From the worker to the page.


@pytest.fixture
def document(people, round_, monkeypatch):
    """A file that waits; the local reader finds the ask in it."""

    def read(text, **_):
        start = text.index(ASK)
        return [replace(KNOWN[0], start=start, end=start + len(ASK), confidence=0.9)]

    monkeypatch.setattr(tasks, "read", read)
    CIRCUIT.worked()
    yield documents.receive(
        round_=round_,
        unit=people.binh_minh,
        name="bao-cao.txt",
        chunks=[TEXT.encode()],
        by=people.po,
        at=NOON,
    ).document
    CIRCUIT.worked()


def read_by_the_worker(document):
    """Read the file as the worker does; return its row as it stands then."""
    tasks.read_document.func(document.pk)
    return Document.objects.get(pk=document.pk)


def test_the_worker_keeps_both_and_the_page_tells_them_apart(
    fake, document, client, people
):
    fake.behave = saying([GOOD, GOOD | {"quote": ASK}])
    row = read_by_the_worker(document)
    assert row.state == DocumentState.READ
    local, further = row.statements.order_by("start")
    assert (local.text, local.confidence) == (ASK, 0.9)
    assert (further.text, further.rule, further.state) == (LACK, RULE, "proposed")
    assert further.proposed == further.content()
    client.force_login(people.po)
    page = client.get(reverse("listen:document", args=[document.pk])).content.decode()
    assert "Mô hình ngôn ngữ đề xuất thêm 1 đoạn" in page
    review = reverse("listen:review", args=[document.pk])
    card = client.get(review, {"statement": further.pk}).content.decode()
    assert "do mô hình ngôn ngữ đề xuất" in card
    assert "Chưa chắc" in card


@pytest.mark.parametrize(
    "behave", [sending("<p>"), resetting, sending("", status="429 X")]
)
def test_a_model_that_fails_costs_one_line_and_nothing_else(fake, document, behave):
    fake.behave = behave
    row = read_by_the_worker(document)
    assert row.state == DocumentState.READ
    assert [each.text for each in row.statements.all()] == [ASK]
    assert len(row.notes) == 1
    assert row.reason == []


def test_receiving_a_file_asks_nobody(fake, document):
    assert fake.n_calls == 0


def test_only_the_worker_knows_the_model():
    package = "haicap.listen.language_model"
    known_by = {
        each.module
        for each in all_imports(HOUSE)
        if each.target.startswith(package) and not each.module.startswith(package)
    }
    # The settings know what an address looks like, and open nothing.
    assert known_by == {"haicap.listen.tasks", "haicap.config.settings"}
