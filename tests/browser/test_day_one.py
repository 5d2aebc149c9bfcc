"""What a newcomer may expect of any good program, tried where docs say that it is."""

import re
from io import BytesIO

import openpyxl
from playwright.sync_api import Page, expect


def test_a_filter_survives_sorting_and_can_be_kept_by_name(new_page):
    page = new_page("vanphong2")
    page.goto("/cases/?q=cong+chuc")
    rows = page.locator("form[data-haicap-list] tbody tr").count()
    assert rows
    page.locator("th a[href*='sort=']").first.click()
    assert "q=cong" in page.url
    expect(page.locator("form[data-haicap-list] tbody tr")).to_have_count(rows)
    page.locator("details", has=page.locator("#view-name")).locator("summary").click()
    page.locator("#view-name").fill("Thiếu người")
    page.locator("form", has=page.locator("#view-name")).locator("button").click()
    tab = page.locator("main a", has_text="Thiếu người")
    expect(tab.first).to_be_visible()
    tab.first.click()
    expect(page.locator("form[data-haicap-list] tbody tr")).to_have_count(rows)


def test_an_export_holds_these_rows_and_says_which_filter_made_it(new_page):
    page = new_page("vanphong2")
    page.goto("/cases/?q=cong+chuc")
    rows = page.locator("form[data-haicap-list] tbody tr").count()
    with page.expect_download() as download:
        page.locator("main a[href*='cases/export']").first.click()
    body = BytesIO(download.value.path().read_bytes())
    table, about = openpyxl.load_workbook(body).worksheets
    asked = " ".join(str(row[0]) for row in about.iter_rows(values_only=True))
    assert "cong chuc" in asked
    assert re.search(r"\d\d/\d\d/\d{4}", asked)
    codes = [str(row[0]) for row in table.iter_rows(values_only=True)]
    assert len([code for code in codes if code.startswith("HS-")]) == rows


def test_the_number_of_a_case_opens_it(new_page):
    page = new_page("vanphong")
    page.goto("/")
    page.locator("#search").fill("hs-0001")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/\d+$"))


def test_theme_size_and_language_are_a_persons_own(new_page):
    page = new_page("thanhtra")
    page.goto("/")
    choose(page, "theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    choose(page, "text_size", "125")
    expect(page.locator("html")).to_have_attribute("data-text", "125")
    choose(page, "language", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("nav#menu")).to_contain_text("Today's work")
    again = new_page("thanhtra")
    again.goto("/cases/")
    expect(again.locator("html")).to_have_attribute("lang", "en")
    choose(again, "language", "vi")
    choose(again, "text_size", "100")
    choose(again, "theme", "system")


def choose(page: Page, name: str, value: str):
    """Press one of the person's settings."""
    page.locator("details.hc-person > summary").click()
    page.locator(f"details.hc-person button[name={name}][value='{value}']").click()
    page.wait_for_load_state()


def test_a_case_tells_its_history_and_why_its_date(new_page):
    page = new_page("vanphong")
    page.goto("/cases/")
    page.locator("tr", has=page.locator(".hc-due-late")).locator(
        "td.hc-title a"
    ).first.click()
    due = page.locator("[id^=case-due]").first
    due.locator("summary").first.click()
    expect(page.locator(".hc-pop:visible").first).to_contain_text(
        re.compile(r"\d\d/\d\d/\d{4}")
    )
    expect(page.locator("aside")).to_contain_text("Chuyên viên Văn phòng")


def test_on_paper_there_are_no_bars_and_no_buttons(new_page):
    page = new_page("lanhdao")
    page.goto("/")
    page.emulate_media(media="print")
    for hidden in ("header.hc-bar", "nav#menu", "main .hc-button >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".hc-print-foot")).to_be_visible()


def test_what_is_not_there_and_what_is_not_yours_look_the_same(new_page):
    page = new_page("xa.kimdong")
    page.forgiven.append("404")
    answers = [page.goto(url).status for url in ("/verify/outcomes/", "/nothing/")]
    assert answers == [404, 404]
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main a").first).to_be_visible()


def test_the_public_page_names_units_but_no_person(new_page):
    page = new_page()
    page.goto("/public/")
    page.locator("main a[href^='/public/']").first.click()
    words = page.locator("main").inner_text()
    assert re.search(r"Xã|Phường", words)
    for name in ("Chuyên viên", "Cán bộ xã", "Lãnh đạo"):
        assert name not in words
