"""Every page of the menu, for each kind of person: readable, reachable, Vietnamese."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE


# Pages that no menu names: (who, where, the link of the list that leads there).
DEEPER = [
    ("vanphong", "/cases/", "td.hc-title a"),
    ("vanphong", "/recommendations/", "td.hc-title a"),
    ("vanphong", "/listen/documents/", "main table a, main .hc-rows a"),
    ("vanphong", "/listen/rounds/", "main table a, main .hc-rows a"),
    ("vanphong", "/map/", "tbody th a"),
    ("vanphong", "/agencies/", "main table a"),
    ("ld.noivu", "/cases/", "td.hc-title a"),
    ("xa.binhminh", "/cases/", "td.hc-title a"),
    ("", "/public/", "main a[href^='/public/']"),
]
SWAP = urlencode(
    {
        "document": "15/QĐ-TTg, 05/01/2027",
        "title": "Hoán đổi ngày làm việc",
        "place": "VN",
        "kind": "swapped_day_off",
        "day_off": "15/01/2027",
        "make_up": "23/01/2027",
    }
)
STRAIGHT = [
    ("vanphong", "/listen/send/"),
    ("vanphong", "/listen/rounds/open/"),
    ("vanphong", "/units/"),
    ("vanphong", "/resolve/calendar/?year=2027"),
    ("vanphong", "/resolve/calendar/decision"),
    ("vanphong", f"/resolve/calendar/decision?{SWAP}"),
    ("vanphong", "/search/?q=an+trua"),
    ("vanphong", "/recommendations/?q=khong+co+gi+nhu+the"),
    ("", "/sign-in"),
    ("", "/public/"),
]


@pytest.mark.parametrize(
    ("account", "size"),
    [
        ("vanphong", DESKTOP),
        ("lanhdao", DESKTOP),
        ("noivu", DESKTOP),
        ("xa.binhminh", DESKTOP),
        ("xa.binhminh", PHONE),
        ("ld.binhminh", PHONE),
        ("thanhtra", DESKTOP),
        ("quantri", DESKTOP),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value["width"]),
)
def test_every_page_of_the_menu_is_clear(account, size, new_page, axe, english):
    page = new_page(account, size=size)
    page.goto("/")
    links = page.locator("nav#menu a.hc-menu-item").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert "/" in links
    faults = []
    for link in links:
        faults += look(page, link, axe, english)
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(("account", "link"), STRAIGHT)
def test_every_other_page_is_clear(account, link, new_page, axe, english):
    faults = look(new_page(account), link, axe, english)
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(("account", "parent", "link"), DEEPER)
def test_the_page_of_one_is_clear(account, parent, link, new_page, axe, english):
    page = new_page(account)
    page.goto(parent)
    target = page.locator(link).first.get_attribute("href")
    faults = look(page, target, axe, english)
    assert faults == [], "\n".join(faults)


def look(page: Page, link: str, axe, english) -> list[str]:
    """Return what is wrong with a page in light and in dark."""
    answer = page.goto(link)
    assert answer is not None
    assert answer.ok, f"{link}: {answer.status}"
    page.emulate_media(color_scheme="light")
    faults = [f"{link} English: {words}" for words in english(page)]
    if page.locator("h1").count() != 1:
        faults.append(f"{link} has {page.locator('h1').count()} headings of the page")
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wide > 0:
        faults.append(f"{link} is {wide} px wider than the screen")
    faults += axe(page)
    # Nothing but the colours changes in the dark.
    page.emulate_media(color_scheme="dark")
    faults += [f"dark {fault}" for fault in axe(page, only=("color-contrast",))]
    page.emulate_media(color_scheme="light")
    return faults


@pytest.mark.parametrize("text", ["100", "112", "125"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("link", ["/cases/", "/recommendations/"])
def test_a_list_keeps_its_last_column_and_its_one_line(
    link, language, text, new_page, demo
):
    page = new_page("vanphong")
    page.goto(link)
    # The account's own choice is the same for every test: only this page changes.
    page.locator("html").evaluate(
        "(e, [lang, size]) => { e.lang = lang; e.dataset.text = size; }",
        [language, text],
    )
    if language == "en":
        page.locator("td .hc-pill > span").evaluate_all(
            "all => all.forEach(e => e.textContent = 'Confirmed by the communes')"
        )
    page.evaluate("document.fonts.ready")
    pushed = page.locator("#list .hc-scroll").evaluate(
        "e => e.scrollWidth - e.clientWidth"
    )
    assert pushed <= 0
    lines = page.locator("#list td .hc-missing").evaluate_all(
        "all => all.map(e => e.getClientRects().length)"
    )
    assert set(lines) == {1}


def test_the_boxes_of_a_filter_stay_on_a_telephone(new_page):
    page = new_page("vanphong", size=PHONE)
    page.goto("/cases/")
    boxes = page.locator("#filters details")
    for n in range(boxes.count()):
        boxes.nth(n).locator("summary").click()
        place = boxes.nth(n).locator(".hc-pop").bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("account", "link"), [("lanhdao", "/"), ("thanhtra", "/"), ("vanphong", "/map/")]
)
def test_the_late_ones_of_a_table_stand_on_a_telephone(account, link, new_page):
    page = new_page(account, size=PHONE)
    page.goto(link)
    pushed = page.locator(".hc-scroll:has(.hc-table-tight)").evaluate(
        "e => e.scrollWidth - e.clientWidth"
    )
    assert pushed <= 0


@pytest.mark.parametrize(
    ("account", "link", "status"),
    [
        ("", "/khong-co", 404),
        ("vanphong", "/khong-co", 404),
        ("vanphong", "/preferences", 405),
        ("", "/sign-out", 405),
    ],
)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_an_error_is_a_page_of_ours_with_a_way_on(
    account, link, status, size, new_page, axe, english
):
    page = new_page(account, size=size)
    page.forgiven.append(str(status))
    answer = page.goto(link)
    assert answer is not None
    assert answer.status == status
    assert page.locator("h1").count() == 1
    assert page.locator("main a.hc-button").first.is_visible()
    assert english(page) + axe(page) == []


def test_english_and_low_contrast_would_be_found(new_page, demo, axe, english):
    page = new_page()
    page.context.add_cookies(
        [{"name": "haicap-language", "value": "en", "url": demo.url}]
    )
    page.goto("/sign-in")
    assert "Account name" in english(page)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.emulate_media(color_scheme="light")
    page.locator("h1").evaluate(
        "h1 => { h1.style.color = '#ccc'; h1.style.background = '#ddd'; }"
    )
    assert any("color-contrast" in fault for fault in axe(page))
