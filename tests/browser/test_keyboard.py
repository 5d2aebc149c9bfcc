"""The whole work of the office without a mouse; only who hands a file in clicks."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect


def test_a_file_is_checked_by_the_keyboard_alone(new_page):
    page = new_page("vanphong2")
    page.goto("/listen/documents/")
    tab_to(page, "document.activeElement.closest('main table, main .hc-rows')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/listen/documents/\d+"))
    if "/review/" not in page.url:
        tab_to(page, "document.activeElement.href?.includes('/review/')")
        page.keyboard.press("Enter")
    expect(page.locator("#review-side")).to_be_visible()
    done, total = progress(page)

    page.keyboard.press("j")
    expect(page.locator("#card-title")).to_contain_text(re.compile(r"\b2\b"))
    page.keyboard.press("k")
    expect(page.locator("#card-title")).to_contain_text(re.compile(r"\b1\b"))

    kind = page.locator("[data-haicap-kind][aria-pressed=true]")
    first = kind.get_attribute("data-haicap-kind")
    other = "4" if first != "4" else "5"
    page.keyboard.press(other)
    expect(kind).to_have_attribute("data-haicap-kind", other)
    page.keyboard.press("z")
    expect(kind).to_have_attribute("data-haicap-kind", first)

    page.keyboard.press("e")
    expect(page.locator("[data-haicap-form]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-haicap-form]")).to_have_count(0)

    page.keyboard.press("Enter")
    expect(page.locator(".hc-rv-progress b").first).to_have_text(f"{done + 1}/{total}")
    page.keyboard.press("x")
    expect(page.locator(".hc-rv-progress b").first).not_to_have_text(
        f"{done + 1}/{total}"
    )
    page.keyboard.press("z")
    expect(page.locator(".hc-rv-progress b").first).to_have_text(f"{done + 1}/{total}")

    add_one_that_the_machine_missed(page, total)
    assert page.evaluate("document.activeElement !== document.body"), "focus was lost"


LETTER = Path(__file__).parents[2] / "corpus" / "train" / "documents" / "009.txt"
TO_READ = 60_000  # ms for the worker to take and read the file


def test_each_statement_of_a_long_document_takes_one_key(new_page):
    clerk, head, office = map(new_page, ("xa.giaohoa", "ld.giaohoa", "vanphong"))
    clerk.goto("/listen/send/")
    clerk.locator("input[name=files]").set_input_files(LETTER)
    clerk.locator("form[data-haicap-upload] button.hc-button-primary").click()
    link = clerk.locator("[data-haicap-sent] a.hc-button").first
    expect(link).to_be_visible(timeout=TO_READ)
    link.click()
    expect(clerk.locator("ol.hc-read > li").nth(24)).to_be_attached()
    document = clerk.url.split("?")[0]
    head.goto(document)
    head.locator("#submit").click()
    expect(head.locator("#submit")).to_have_count(0)

    office.goto(f"{document}review/")
    done, total = progress(office)
    for key in range(total):
        office.keyboard.press("x" if key % 7 == 3 else "Enter")
        words = office.locator(".hc-rv-progress b").first
        expect(words).to_have_text(f"{done + key + 1}/{total}")

    assert total >= 25
    assert progress(office) == (total, total)


def add_one_that_the_machine_missed(page: Page, total: int):
    """Press A, copy words of the document in, save with Enter."""
    loose = page.locator("#review-document [data-start]").evaluate_all(
        "all => all.filter(e => !e.closest('.hc-said')).map(e => e.textContent.trim())"
    )
    said = max(loose, key=len)[:80].strip()
    page.keyboard.press("a")
    expect(page.locator("[data-haicap-form]")).to_be_visible()
    tab_to(page, "document.activeElement.name === 'quote'")
    page.keyboard.insert_text(said)
    tab_to(page, "document.activeElement.name === 'kind'")
    page.keyboard.press("ArrowDown")
    tab_to(page, "document.activeElement.id === 'review-save'")
    page.keyboard.press("Enter")
    expect(page.locator(".hc-rv-progress b").first).to_have_text(
        re.compile(rf"/{total + 1}$")
    )


def progress(page: Page) -> tuple[int, int]:
    """Return how many statements are checked, and of how many."""
    words = page.locator(".hc-rv-progress b").first.inner_text()
    done, total = words.split("/")
    return int(done), int(total)


def tab_to(page: Page, is_there: str, most: int = 80):
    """Press Tab until a condition holds."""
    for _turn in range(most):
        if page.evaluate(f"Boolean({is_there})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to: {is_there}")


def test_a_list_is_walked_and_ticked_by_the_keyboard(new_page):
    page = new_page("vanphong")
    page.goto("/cases/")
    bar = page.locator("[data-haicap-bulk]")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(bar).to_be_visible()
    expect(bar.locator("[data-haicap-bulk-count]")).to_have_text("1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+Space")
    expect(bar.locator("[data-haicap-bulk-count]")).to_have_text("3")
    page.keyboard.press("k")
    page.keyboard.press("Space")
    expect(bar.locator("[data-haicap-bulk-count]")).to_have_text("2")
    tab_to(page, "document.activeElement.matches('[data-haicap-bulk] button')", 200)
    tab_to(page, "document.activeElement.matches('[data-haicap-bulk-clear]')")
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/\d+"))


def test_every_page_knows_its_keys(new_page):
    page = new_page("vanphong")
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("cong chuc")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    expect(page.locator("main")).to_contain_text("công chức")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(re.compile("/cases/"))
    # The first stop is the link past the menu.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "hc-skip"


def test_a_reply_is_begun_and_handed_on_by_the_keyboard(new_page):
    page = new_page("taichinh")
    page.goto("/cases/")
    for link in page.locator("td.hc-title a").evaluate_all(
        "all => all.map(a => a.href)"
    ):
        page.goto(link)
        if page.locator("#composer").count():
            break
    page.keyboard.press("r")
    expect(page.locator("#composer textarea").first).to_be_focused()
    page.keyboard.insert_text("Đang xem.")
    page.keyboard.press("Control+Enter")
    # Nothing went on yet: the button waits for one more Enter.
    expect(page.locator("#hand-on")).to_be_focused()
    expect(page.locator("#composer")).to_be_visible()
