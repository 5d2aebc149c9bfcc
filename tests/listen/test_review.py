"""The page on which a person checks what the machine read: with htmx and without."""

import re
import uuid

import pytest
from django.urls import reverse

from haicap.ledger.models import Event
from haicap.listen.actions import statements
from haicap.listen.models import Recommendation, Statement, StatementEdit
from tests.world import key, make_statement


ASK = "đề nghị tỉnh bổ sung công chức địa chính"
WANT = "thiếu công chức địa chính"
FINANCE = "Đề nghị Sở Tài chính cấp kinh phí"
TEXT = f"Xã còn {WANT}; {ASK} cho xã.\n\n{FINANCE}."
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def document(make_document):
    made = make_document(text=TEXT)
    rows = [("difficulty", WANT, 0.95), ("recommendation", ASK, 0.9)]
    for kind, words, confidence in [*rows, ("recommendation", FINANCE, 0.4)]:
        start = TEXT.index(words)
        make_statement(made, kind=kind, start=start, text=words, confidence=confidence)
    return made


@pytest.fixture
def ask(document):
    return document.statements.get(text=ASK)


@pytest.fixture
def office(as_, people):
    return as_(people.po)


def url(name, row):
    return reverse(f"listen:{name}", args=[row.pk])


def body(row, **values):
    return {**key(), "seen": statements.stamp(row), **values}


def full(row, **values):
    """Return what the form of a statement sends."""
    return (
        body(
            row,
            kind=row.kind,
            start=row.start,
            end=row.end,
            speaker=row.speaker,
            addressee=row.addressee,
            field="staffing",
            communes="",
            deadline="",
            deadline_text="",
        )
        | values
    )


def words(response):
    """Return the visible text of a page."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


@pytest.mark.parametrize("role", ["co", "cl", "do", "dh", "pl", "au", "sa"])
def test_who_does_not_check_finds_no_page_and_changes_nothing(
    role, as_, people, document, ask
):
    client = as_(getattr(people, role))
    assert client.get(url("review", document)).status_code == 404
    before = list(Statement.objects.values()), Event.objects.count()
    for name, row, values in forms(document, ask):
        answer = client.post(url(name, row), values)
        assert answer.status_code in (403, 404), name
    assert (list(Statement.objects.values()), Event.objects.count()) == before


def forms(document, ask):
    return [
        ("accept", ask, body(ask)),
        ("reject", ask, body(ask)),
        ("correct", ask, full(ask, speaker="ai khác")),
        ("correct", ask, full(ask, step="end_on")),
        ("add", document, full(ask, start=0, end=2)),
        ("accept-above", document, {**key(), "percent": "90"}),
        ("undo", document, key()),
    ]


def test_the_page_shows_the_document_and_one_open_card(office, document):
    page = office.get(url("review", document))
    html = page.content.decode()
    assert page.status_code == 200
    for said in (WANT, ASK, FINANCE):
        assert said in re.sub(r"<[^>]+>", "", html)
    assert "¶ 1" in html
    assert "¶ 2" in html
    assert html.count('id="review-side"') == 1
    assert "0/3" in html
    assert "style=" not in html
    assert "onclick" not in html


def test_words_of_the_document_carry_their_offsets(office, document):
    html = office.get(url("review", document)).content.decode()
    found = re.findall(r'<span data-start="(\d+)">([^<]*)</span>', html)
    assert found
    for start, said in found:
        assert TEXT[int(start) : int(start) + len(said)] == said
    assert "".join(said for _start, said in found) == TEXT.replace("\n", "")


def test_words_of_a_file_are_never_markup(office, make_document):
    text = 'Đề nghị <script>alert("x")</script> & <b>tỉnh</b>.'
    document = make_document(text=text)
    make_statement(document, kind="recommendation", start=0, text=text[:40])
    html = office.get(url("review", document)).content.decode()
    assert "<script>alert" not in html
    assert "<b>tỉnh" not in html


def test_a_file_that_was_not_read_leads_to_its_own_page(office, make_document):
    document = make_document(text="x", state="waiting")
    answer = office.get(url("review", document))
    assert (answer.status_code, answer["Location"]) == (
        302,
        document.get_absolute_url(),
    )


def test_the_card_of_any_statement_has_its_own_address(office, document, ask):
    page = office.get(url("review", document), {"statement": ask.pk})
    assert page.context["board"].open.pk == ask.pk
    part = office.get(url("review", document), {"statement": ask.pk}, **HTMX)
    assert part.content.decode().lstrip().startswith("<aside")
    assert "HX-Request" in part["Vary"]


def test_one_kind_can_be_looked_at_alone(office, document):
    page = office.get(url("review", document), {"kind": "recommendation"})
    assert [c.statement.text for c in page.context["board"].shown] == [ASK, FINANCE]


def test_right_next_one_without_javascript(office, document, ask):
    answer = office.post(url("accept", ask), body(ask))
    assert answer.status_code == 302
    page = office.get(answer["Location"])
    assert page.context["board"].open.statement.text == FINANCE
    ask.refresh_from_db()
    assert ask.state == "accepted"


def test_with_htmx_the_cards_and_the_changed_paragraph_come_back(office, document, ask):
    answer = office.post(url("accept", ask), body(ask), **HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count('id="review-side"') == 1
    assert 'id="p1" hx-swap-oob="true"' in html
    assert 'id="p2"' not in html
    assert f'data-haicap-retick="{ask.pk}" class="hc-rv-tick-recommendation"' in html
    assert 'id="review-ticks"' not in html
    assert f"statement={document.statements.last().pk}" in answer["HX-Replace-Url"]


def test_a_step_that_moves_words_sends_the_whole_strip(office, document, ask):
    sent = full(ask, end=ask.end - 6)
    answer = office.post(url("correct", ask), sent, **HTMX)
    assert 'id="review-ticks" hx-swap-oob="true"' in answer.content.decode()


def test_a_decision_with_htmx_leaves_the_page_as_a_fresh_one(office, document, ask):
    swapped = office.post(url("accept", ask), body(ask), **HTMX)
    answer = swapped.content.decode()
    fresh = office.get(swapped["HX-Replace-Url"]).content.decode()

    def part(html, opens, closes):
        html = html.replace(' hx-swap-oob="true"', "")
        html = re.sub(
            r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", html
        )
        found = html[html.index(opens) :]
        return " ".join(found[: found.index(closes)].split())

    for opens, closes in [
        ('<div class="hc-rv-paragraph" id="p1"', "</p></div>"),
        ('id="review-kinds"', "</nav>"),
        ('<section class="hc-rv-open"', "</section>"),
    ]:
        assert part(answer, opens, closes) == part(fresh, opens, closes)


def test_the_same_form_twice_is_one_effect(office, ask):
    values = body(ask)
    office.post(url("accept", ask), values)
    lines = Event.objects.count()
    again = office.post(url("accept", ask), values)
    assert again.status_code == 302
    assert again["Idempotent-Replay"] == "true"
    assert Event.objects.count() == lines


def test_a_kind_key_corrects_and_stays_on_the_card(office, document, ask):
    answer = office.post(url("correct", ask), body(ask, kind="directive"))
    ask.refresh_from_db()
    assert (ask.kind, ask.state) == ("directive", "accepted")
    assert f"statement={ask.pk}" in answer["Location"]


def test_a_whole_correction(office, ask, people):
    values = full(
        ask,
        speaker="  đại diện   các xã ",
        field="land",
        more_fields=["staffing", "land"],
        units=[people.binh_minh.code],
        communes="xã Bình Minh;; xã Kim Đông ; xã Bình Minh",
        deadline="1/3/2026",
        deadline_text="trong quý I",
    )
    assert office.post(url("correct", ask), values).status_code == 302
    ask.refresh_from_db()
    assert ask.speaker == "đại diện các xã"
    assert ask.fields == ["land", "staffing"]
    assert ask.communes == ["xã Bình Minh", "xã Kim Đông"]
    assert f"{ask.deadline:%d/%m/%Y}" == "01/03/2026"
    assert Recommendation.objects.get().unit == people.binh_minh


def test_a_fault_keeps_everything_typed(office, ask):
    values = full(ask, deadline="32/01/2026", speaker="chữ tôi gõ")
    answer = office.post(url("correct", ask), values)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "32/01/2026" in html
    assert "chữ tôi gõ" in html
    ask.refresh_from_db()
    assert ask.state == "proposed"


def test_a_refusal_of_the_action_keeps_everything_typed(office, document, ask):
    other = document.statements.get(text=FINANCE)
    office.post(url("accept", other), body(other))
    values = full(ask, start=other.start, end=other.end - 2, speaker="chữ tôi gõ")
    assert office.post(url("correct", ask), values).status_code == 302
    ask.refresh_from_db()
    crossing = full(ask, start=other.start, end=other.end, speaker="chữ nữa")
    answer = office.post(url("correct", ask), crossing)
    assert answer.status_code == 422
    assert "chữ nữa" in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("end_back", "đề nghị tỉnh bổ sung công chức địa"),
        ("end_on", f"{ASK} cho"),
        ("start_on", "nghị tỉnh bổ sung công chức địa chính"),
        ("start_back", f"chính; {ASK}"),
    ],
)
def test_the_words_grow_and_shrink_without_a_mouse(office, ask, step, expected):
    values = full(ask, step=step, speaker="chữ tôi gõ")
    answer = office.post(url("correct", ask), values)
    assert answer.context["form"].words == expected
    assert "chữ tôi gõ" in answer.content.decode()
    ask.refresh_from_db()
    assert (ask.text, ask.state) == (ASK, "proposed")


def test_a_missed_statement_is_added_from_a_selection(office, document, ask):
    start = TEXT.index("cho xã")
    page = office.get(
        url("review", document), {"add": 1, "start": start, "end": start + 6}
    )
    assert page.context["form"].words == "cho xã"
    values = full(ask, start=start, end=start + 6, kind="result")
    answer = office.post(url("add", document), values)
    added = document.statements.get(text="cho xã")
    assert f"statement={added.pk}" in answer["Location"]
    assert added.kind == "result"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"quote": "cho xã"}, "cho xã"),
        ({"quote": " Đề nghị Sở ", "paragraph": "2"}, "Đề nghị Sở"),
        ({"paragraph": "2"}, f"{FINANCE}."),
    ],
)
def test_a_missed_statement_is_added_by_its_words(
    office, document, ask, values, expected
):
    sent = full(ask, start="", end="", kind="result", **values)
    assert office.post(url("add", document), sent).status_code == 302
    assert document.statements.filter(text=expected, kind="result").exists()


@pytest.mark.parametrize(
    "values",
    [
        {"quote": "không có trong tệp"},
        {"quote": "công chức địa chính"},
        {"quote": "cho xã", "paragraph": "2"},
        {},
    ],
)
def test_words_that_are_nowhere_or_twice_are_asked_for_again(
    office, document, ask, values
):
    sent = full(ask, start="", end="", **values)
    answer = office.post(url("add", document), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["quote"]
    assert document.statements.count() == 3


def test_the_words_of_a_missed_statement_grow_without_a_mouse(office, document, ask):
    start = TEXT.index("cho xã")
    sent = full(ask, start=start, end=start + 3, step="end_on")
    answer = office.post(url("add", document), sent)
    assert answer.status_code == 422
    assert answer.context["form"].words == "cho xã."
    assert document.statements.count() == 3


def test_a_missed_statement_does_not_cross_an_accepted_one(office, document, ask):
    office.post(url("accept", ask), body(ask))
    sent = full(ask, start=ask.start + 3, end=ask.end + 4, speaker="chữ tôi gõ")
    answer = office.post(url("add", document), sent)
    assert answer.status_code == 422
    assert "chữ tôi gõ" in answer.content.decode()
    assert document.statements.count() == 3


def test_the_next_one_is_of_the_kind_that_is_looked_at(office, document, ask):
    sent = body(ask, kind_filter="recommendation")
    answer = office.post(url("accept", ask), sent)
    other = document.statements.get(text=FINANCE)
    assert f"statement={other.pk}&kind=recommendation" in answer["Location"]
    last = office.post(url("accept", other), body(other, kind_filter="recommendation"))
    assert f"statement={other.pk}" in last["Location"]


def test_a_card_of_another_kind_than_the_filter_opens_all(office, document, ask):
    query = {"statement": ask.pk, "kind": "difficulty"}
    page = office.get(url("review", document), query)
    assert page.context["board"].open.pk == ask.pk
    assert page.context["board"].kind == ""


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (["rule", "ask-verb"], "là lời đề nghị"),
        (["rule", "never-heard-of"], ""),
        (["cue", "đề nghị"], "“đề nghị”"),
        (["section", "khó khăn, vướng mắc"], "nằm dưới “khó khăn"),
        (["speaker-level", "commune"], "người nói là cấp xã"),
        (["row", "Sheet1, 4"], "một dòng của bảng: Sheet1, 4"),
        (["word", "trụ sở"], "nói về “trụ sở”"),
    ],
)
def test_the_machine_says_why_in_words(office, document, ask, why, said):
    ask.why, ask.rule = [why], "ask-verb"
    ask.save()
    page = office.get(url("review", document), {"statement": ask.pk})
    assert said in words(page).replace("&quot;", '"')
    assert "never-heard-of" not in words(page)
    assert "Quy tắc R01" in words(page)


def test_many_are_accepted_at_once_and_taken_back_in_one_go(office, document):
    page = office.get(url("review", document))
    choices = page.context["board"].certain
    assert [(each.percent, each.count) for each in choices] == [(95, 1), (90, 2)]
    office.post(url("accept-above", document), {**key(), "percent": "90"})
    assert document.statements.filter(state="accepted").count() == 2
    back = office.post(url("undo", document), key())
    assert back.status_code == 302
    assert not document.statements.filter(state="accepted").exists()


def test_after_a_step_the_page_offers_to_take_it_back(office, document, ask):
    assert "data-haicap-undo" not in words(office.get(url("review", document)))
    office.post(url("reject", ask), body(ask))
    page = office.get(url("review", document))
    assert (page.context["board"].last.verb, page.context["board"].last.number) == (
        "rejected",
        2,
    )
    assert "data-haicap-undo" in page.content.decode()


def test_undo_that_comes_too_late_says_so_and_keeps_the_page(
    office, as_, people, document, ask
):
    statements.accept(statement=ask, by=people.po, at=document.received_at)
    ask.refresh_from_db()
    as_(people.other_po).post(url("reject", ask), body(ask))
    answer = office.post(url("undo", document), key(), **HTMX)
    assert answer.status_code == 409
    assert people.other_po.full_name in answer.content.decode()
    assert 'id="review-side"' in answer.content.decode()


@pytest.mark.parametrize("htmx", [{}, HTMX])
def test_two_people_on_one_card_see_both_texts_and_lose_none(
    office, as_, people, document, ask, htmx
):
    seen = full(ask, speaker="bản của tôi", end=ask.end - 6)
    as_(people.other_po).post(url("correct", ask), full(ask, speaker="bản của họ"))
    before = list(Statement.objects.values()), StatementEdit.objects.count()
    answer = office.post(url("correct", ask), seen, **htmx)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "bản của tôi" in html
    assert "bản của họ" in html
    assert people.other_po.full_name in html
    assert (list(Statement.objects.values()), StatementEdit.objects.count()) == before

    # Taking one's own text is a new form on what stands now.
    ask.refresh_from_db()
    again = seen | {"seen": statements.stamp(ask), "idempotency_key": str(uuid.uuid4())}
    assert f'value="{statements.stamp(ask)}"' in html
    assert office.post(url("correct", ask), again).status_code == 302
    ask.refresh_from_db()
    assert ask.speaker == "bản của tôi"
    assert ask.edits.count() == 2


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_stale_decision_is_not_made(verb, office, as_, people, ask):
    stale = body(ask)
    as_(people.other_po).post(url("correct", ask), full(ask, speaker="bản của họ"))
    answer = office.post(url(verb, ask), stale)
    assert answer.status_code == 409
    ask.refresh_from_db()
    assert (ask.speaker, ask.state) == ("bản của họ", "accepted")


def test_a_file_that_is_checked_says_so_and_leads_on(office, document):
    office.post(url("accept-above", document), {**key(), "percent": "0"})
    document.refresh_from_db()
    assert document.state == "checked"
    page = office.get(url("review", document))
    assert page.context["board"].n_waiting == 0
    assert reverse("resolve:suggestions") in page.content.decode()


def test_a_file_without_statements_offers_to_add_one(office, make_document):
    document = make_document(text="Báo cáo ngắn.")
    page = office.get(url("review", document))
    assert page.context["board"].open is None
    assert "add=1" in page.content.decode()
    added = office.get(url("review", document), {"add": 1})
    assert added.status_code == 200


def test_numbers_inside_the_page_carry_no_thousands_mark(office, document):
    start = TEXT.index("cho xã")
    Statement.objects.create(
        pk=1_234_567,
        document=document,
        kind="result",
        start=start,
        end=start + 6,
        text="cho xã",
        confidence=0.9,
    )
    for query in ({}, {"edit": 1}, {"add": 1}):
        page = office.get(url("review", document), {"statement": 1_234_567, **query})
        html = page.content.decode()
        assert "1.234.567" not in html
        assert 'data-open="1234567"' in html
        assert "statement=1234567" in html


def test_odd_addresses_are_answered_with_the_page(office, document):
    for query in (
        {"statement": "x"},
        {"statement": "9" * 30},
        {"kind": "wish"},
        {"add": 1, "start": -4, "end": 10**9},
        {"add": 1, "start": 5, "end": 900},
    ):
        assert office.get(url("review", document), query).status_code == 200


@pytest.fixture
def long(make_document):
    """A file with 500 statements."""
    lines = [f"Đề nghị tỉnh cấp kinh phí cho việc số {n}." for n in range(500)]
    document = make_document(text="\n".join(lines))
    start, rows = 0, []
    for line in lines:
        rows.append(
            Statement(
                document=document,
                kind="recommendation",
                start=start,
                end=start + len(line) - 1,
                text=line[:-1],
                confidence=0.9,
                proposed={"kind": "recommendation", "text": line[:-1]},
            )
        )
        start += len(line) + 1
    Statement.objects.bulk_create(rows)
    return document


def test_the_page_takes_few_queries_for_500_statements(
    office, long, django_assert_max_num_queries
):
    office.get(url("review", long))
    with django_assert_max_num_queries(10):
        page = office.get(url("review", long))
    assert page.context["board"].total == 500


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_decision_takes_few_queries_among_500_statements(
    verb, office, long, django_assert_max_num_queries
):
    first = long.statements.first()
    with django_assert_max_num_queries(36):
        answer = office.post(url(verb, first), body(first), **HTMX)
    assert answer.status_code == 200
    assert len(answer.content) < 30_000
