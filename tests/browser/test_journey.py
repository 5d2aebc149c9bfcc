"""
The whole journey of one document, by eight people, on the real server.

The manual's pictures are taken on the way: HAICAP_SHOTS=docs/pictures names their folder.
"""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE


ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "haicap" / "listen" / "samples" / "hoi-nghi-129-xa.txt"
# Beside the repository, where the papers of the project are kept; not everybody has it.
CONFERENCE = ROOT.parent / "shared" / "inputs" / "conference-129-communes.txt"
FILE = CONFERENCE if CONFERENCE.exists() else SAMPLE
TITLE = "Chi phí đi lại, ăn trưa cho người làm việc xa nơi ở"
ANSWER = "Sở đã trình phương án hỗ trợ chi phí đi lại, ăn trưa; chi từ quý một."
TO_READ = 60_000  # ms for the worker to take and read the file


def test_a_file_goes_the_whole_way_in_the_browser(new_page, demo, shot):
    officer, head = new_page("xa.giaohoa"), new_page("ld.giaohoa")
    office, leader = new_page("vanphong"), new_page("lanhdao")
    clerk, chief = new_page("noivu"), new_page("ld.noivu")
    neighbour = new_page("ld.kimdong")

    everybody_sees_their_morning(new_page, office, shot)
    document = the_commune_sends_the_file(officer, shot)
    the_leader_approves(head, document, shot)
    the_office_checks(office, document, shot)
    case = the_office_puts_together(office, shot)
    the_office_proposes(office, case)
    the_leader_decides(leader, case, shot)
    the_department_answers(clerk, chief, case, "412/SNV-CSCC", shot)
    the_office_confirms(office, case)
    one_says_yes_and_one_not_yet(head, neighbour, case)
    the_office_reopens(office, case, shot)
    the_department_answers(clerk, chief, case, "413/SNV-CSCC")
    the_office_confirms(office, case)
    both_say_yes(head, neighbour, case, shot)
    the_office_publishes_and_closes(office, case)
    anybody_reads_it(new_page(), case, shot)
    the_papers_are_printed(office)
    at_least_five_roles_touched(demo, case)
    checked = demo.command("check")
    assert "chain whole" in checked
    assert "every hash as received" in checked


def everybody_sees_their_morning(new_page, office: Page, shot):
    sign_in = new_page()
    sign_in.goto("/sign-in")
    shot(sign_in, "01-sign-in")
    office.goto("/")
    expect(office.locator("h1")).to_be_visible()
    shot(office, "02-home-office")
    phone = new_page("xa.binhminh", size=PHONE)
    phone.goto("/")
    shot(phone, "03-home-commune")


def the_commune_sends_the_file(officer: Page, shot) -> str:
    """Send, wait for the machine, look at what it read; return the document's address."""
    officer.goto("/listen/send/")
    officer.locator("input[name=files]").set_input_files(FILE)
    shot(officer, "04-send")
    officer.locator("form[data-haicap-upload] button.hc-button-primary").click()
    link = officer.locator("[data-haicap-sent] a.hc-button").first
    expect(link).to_be_visible(timeout=TO_READ)
    link.click()
    expect(officer.locator("ol.hc-read > li").nth(19)).to_be_attached()
    shot(officer, "05-what-was-read")
    assert officer.locator("#submit").count() == 0  # another person approves
    return officer.url.split("?")[0]


def the_leader_approves(head: Page, document: str, shot):
    head.goto(document)
    head.locator("#submit").click()
    expect(head.locator("#submit")).to_have_count(0)


def the_office_checks(office: Page, document: str, shot):
    """Correct one statement and take it, drop one and take it back, accept the others."""
    office.goto(f"{document}review/?kind=recommendation")
    side = office.locator("#review-side")
    office.locator(".hc-said", has_text="ăn trưa").last.click()
    expect(side.locator(".hc-rv-words")).to_contain_text("ăn trưa")
    shot(office, "06-review")
    office.locator("#review-edit").click()
    form = side.locator("[data-haicap-form]")
    communes = form.locator("details", has=office.locator("input[name=units]"))
    if communes.get_attribute("open") is None:
        communes.locator("summary").click()
    communes.locator("input[data-haicap-filter]").fill("giao hoa")
    communes.locator("label", has_text="Xã Giao Hòa").locator("input").check()
    # Without marks, as somebody types in a hurry.
    communes.locator("input[data-haicap-filter]").fill("kim dong")
    communes.locator("label", has_text="Xã Kim Đông").locator("input").check()
    office.locator("#review-save").click()
    expect(form).to_have_count(0)

    before = office.locator("#review-kinds").inner_text()
    office.locator("#review-reject").click()
    expect(office.locator("#review-kinds")).not_to_have_text(before)
    office.locator("[data-haicap-undo]").first.click()
    expect(office.locator("#review-kinds")).to_have_text(re.compile(r"\d"))

    office.goto(f"{document}review/")
    many = office.locator("details", has=office.locator("button[name=percent]"))
    many.locator("summary").click()
    many.locator("button[name=percent]").last.click()
    expect(office.locator(".hc-rv-progress")).to_contain_text(
        re.compile(r"[1-9]\d*/\d+")
    )
    accept_the_rest(office)


def accept_the_rest(office: Page):
    """Go on with Enter until nothing waits."""
    for _turn in range(40):
        done, total = (
            office.locator(".hc-rv-progress b").first.inner_text().strip().split("/")
        )
        if done == total:
            return
        office.keyboard.press("Enter")
        expect(office.locator(".hc-rv-progress b").first).not_to_have_text(
            f"{done}/{total}"
        )
    raise AssertionError("the file is still not checked")


def the_office_puts_together(office: Page, shot) -> str:
    """Find the asks in the list, let the machine look, put them together."""
    office.goto("/recommendations/?q=an+trua&case=none")
    rows = office.locator("form[data-haicap-list] tbody tr")
    expect(rows.filter(has_text="Giao Hòa")).to_have_count(1)
    shot(office, "07-recommendations")
    with office.expect_download() as download:
        office.locator("a[href*='recommendations/export']").first.click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"

    office.goto("/resolve/same-matters/")
    office.locator("form[action$='look'] button").click()
    group = office.locator("section.hc-card", has=office.locator("blockquote, label"))
    group = group.filter(has_text="Giao Hòa").filter(has_text="Kim Đông").first
    expect(group).to_be_visible()
    shot(office, "08-same-matters")
    group.locator("input[name=title]").fill(TITLE)
    for box in group.locator("input[name=recommendation]").all():
        row = box.locator("xpath=ancestor::li")
        box.set_checked("ăn trưa" in row.inner_text())
    group.locator("button.hc-button").first.click()
    office.goto("/cases/?q=an+trua+cho+nguoi+lam+viec+xa+noi+o")
    office.locator("td.hc-title a", has_text=TITLE).click()
    expect(office.locator("h1")).to_have_text(TITLE)
    expect(office.locator(".hc-voice")).to_have_count(2)
    expect(office.locator(".hc-voice", has_text="Kim Đông")).to_be_visible()
    return office.url.split("?")[0]


def the_office_proposes(office: Page, case: str):
    office.goto(case)
    assert office.locator("#id_lead").input_value(), "filled in from the routing table"
    office.locator("#propose").click()
    expect(office.locator("#assignment")).to_contain_text("Sở Nội vụ")


def the_leader_decides(leader: Page, case: str, shot):
    leader.goto("/")
    shot(leader, "09-home-leader", full=True)
    leader.goto(case)
    shot(leader, "10-decide")
    leader.locator("#decide").click()
    expect(leader.locator("#case-due, [id^=case-due]").first).to_be_attached()


def the_department_answers(clerk: Page, chief: Page, case: str, number: str, shot=None):
    clerk.goto(case)
    clerk.locator("textarea[name=text]").fill(ANSWER)
    # The draft is kept by itself while somebody writes.
    expect(clerk.locator("#draft-saved .hc-note")).to_have_text(
        re.compile(r"\d\d:\d\d")
    )
    clerk.locator("textarea[name=next_steps]").fill("Trình kỳ họp gần nhất.")
    clerk.locator("select[name=outcome_class]").select_option("solved_execution")
    clerk.locator("textarea[name=products]").fill("Tờ trình số 88/TTr-SNV")
    if shot:
        clerk.locator("#composer").evaluate("e => e.scrollIntoView()")
        shot(clerk, "11-reply")
    clerk.locator("#hand-on").click()
    expect(clerk.locator("#composer")).to_be_visible()
    chief.goto(case)
    chief.locator("input[name=number]").fill(number)
    chief.locator("input[name=issued_on]").fill(today(chief))
    chief.locator("#sign > summary").click()
    chief.locator("#send").click()
    expect(chief.locator("#sent")).to_be_visible()


def today(page: Page) -> str:
    """Return today as people of the province write it."""
    return page.evaluate(
        "new Intl.DateTimeFormat('en-GB', {timeZone: 'Asia/Ho_Chi_Minh'})"
        ".format(new Date())"
    )


def the_office_confirms(office: Page, case: str):
    office.goto(case)
    office.locator("#confirm").click()
    expect(office.locator("#confirm")).to_have_count(0)
    expect(office.locator(".hc-letter").first).to_contain_text(ANSWER)


def one_says_yes_and_one_not_yet(yes: Page, no: Page, case: str):
    yes.goto(case)
    yes.locator("button[id^=accept-]").click()
    expect(yes.locator("button[id^=accept-]")).to_have_count(0)
    no.goto(case)
    no.locator(".hc-verdict details summary").click()
    no.locator(".hc-verdict textarea").fill("Đến nay chưa ai nhận được tiền hỗ trợ.")
    no.locator(".hc-verdict details button").click()
    expect(no.locator("#verdicts blockquote")).to_contain_text("chưa ai nhận được")


def the_office_reopens(office: Page, case: str, shot):
    office.goto("/verify/outcomes/")
    request = office.locator("section[id^=request-]", has_text=TITLE)
    expect(request).to_contain_text("chưa ai nhận được")
    shot(office, "12-outcomes")
    request.locator("details").first.locator("summary").click()
    request.locator("button[value=reopen]").click()
    office.goto(case)
    expect(office.locator("#assignment")).to_contain_text("Sở Nội vụ")


def both_say_yes(one: Page, other: Page, case: str, shot):
    for page in (one, other):
        page.goto(case)
        page.locator("button[id^=accept-]").click()
        expect(page.locator("button[id^=accept-]")).to_have_count(0)


def the_office_publishes_and_closes(office: Page, case: str):
    office.goto(case)
    office.locator("#publish").click()
    expect(office.locator("#hc-status form")).to_be_visible()
    # The line with its undo may not stand over the page's last button.
    office.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    office.locator("#close-case").click()
    expect(office.locator("#close-case")).to_have_count(0)


def anybody_reads_it(anybody: Page, case: str, shot):
    anybody.goto("/public/")
    shot(anybody, "14-public")
    anybody.get_by_role("link", name=TITLE).first.click()
    expect(anybody.locator("main")).to_contain_text(ANSWER)


def the_papers_are_printed(office: Page):
    for ending in ("xlsx", "docx"):
        answer = office.request.get(f"/papers/consolidated?format={ending}")
        assert answer.ok
        assert answer.body()[:2] == b"PK"


def at_least_five_roles_touched(demo, case: str):
    """Ask the ledger who acted on this case, its assignment, its reply and verdicts."""
    pk = int(re.search(r"/cases/(\d+)", case)[1])
    found = sqlite3.connect(f"file:{demo.var / 'haicap.sqlite3'}?mode=ro", uri=True)
    try:
        rows = found.execute(
            "SELECT DISTINCT post.role FROM ledger_event AS event"
            " JOIN people_post AS post ON post.user_id = event.by_id"
            " WHERE (event.subject_type = 'case' AND event.subject_id = :pk)"
            " OR (event.subject_type = 'reply' AND event.subject_id IN"
            "     (SELECT id FROM resolve_reply WHERE case_id = :pk))"
            " OR (event.subject_type = 'outcome' AND event.subject_id IN"
            "     (SELECT o.id FROM verify_outcome AS o"
            "      JOIN resolve_delivery AS d ON d.id = o.delivery_id"
            "      JOIN resolve_reply AS r ON r.id = d.reply_id"
            "      WHERE r.case_id = :pk))",
            {"pk": pk},
        ).fetchall()
    finally:
        found.close()
    roles = {role for (role,) in rows}
    assert {"po", "pl", "do", "dh", "cl"} <= roles, roles
