"""The map from our own files, and the table that says the same without it."""

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP


def colours(page: Page) -> int:
    """Return how many colours fill a good part of the drawn map."""
    picture = base64.b64encode(page.locator("#map canvas").screenshot()).decode()
    blank = page.context.new_page()
    found = blank.evaluate(
        """async (picture) => {
            const image = new Image();
            image.src = `data:image/png;base64,${picture}`;
            await image.decode();
            const canvas = document.createElement("canvas");
            canvas.width = image.width;
            canvas.height = image.height;
            const pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0);
            const pixels = pen.getImageData(0, 0, image.width, image.height).data;
            const seen = new Map();
            for (let at = 0; at < pixels.length; at += 4) {
                const colour = pixels.slice(at, at + 3).join();
                seen.set(colour, (seen.get(colour) ?? 0) + 1);
            }
            return [...seen.values()].filter((n) => n > 500).length;
        }""",
        picture,
    )
    blank.close()
    return found


def test_the_map_is_drawn_and_the_table_says_the_same(new_page, shot):
    page = new_page("lanhdao")
    page.goto("/map/")
    expect(page.locator("#map canvas")).to_be_visible()
    expect(page.locator("#map-without")).to_be_hidden()
    for _turn in range(40):
        if colours(page) >= 4:
            break
        page.wait_for_timeout(250)
    assert colours(page) >= 4, "the units are not drawn"
    shot(page, "16-map")
    rows = page.locator("table tbody tr[data-unit]")
    expect(rows).to_have_count(129)
    counts = [
        int(word) if word.isdigit() else -1
        for word in rows.locator("td:nth-of-type(1)").all_inner_texts()
    ]
    assert counts == sorted(counts, reverse=True)
    rows.first.locator("a").focus()
    expect(page.locator("#map-panel")).to_contain_text(
        rows.first.locator("a").inner_text()
    )


@pytest.mark.parametrize("flag", ["--disable-3d-apis", "--disable-webgl2"])
def test_without_webgl_words_lead_to_the_table(
    flag, browser, chromium_path, cookies, demo
):
    known = cookies("lanhdao")
    plain = browser.browser_type.launch(
        executable_path=chromium_path, args=["--no-sandbox", flag]
    )
    context = plain.new_context(base_url=demo.url, viewport=DESKTOP, locale="vi-VN")
    context.add_cookies(known)
    page = context.new_page()
    page.goto("/map/")
    the_words_lead_to_the_table(page)
    plain.close()


def test_a_map_that_the_driver_gives_up_says_so(new_page):
    page = new_page("lanhdao")
    page.goto("/map/")
    expect(page.locator("#map canvas")).to_be_visible()
    page.locator("#map canvas").evaluate(
        """canvas => {
            const gl = canvas.getContext("webgl2");
            gl.getExtension("WEBGL_lose_context").loseContext();
        }"""
    )
    the_words_lead_to_the_table(page)


def the_words_lead_to_the_table(page: Page):
    words = page.locator("#map-without")
    expect(words).to_be_visible()
    expect(words).to_contain_text("không vẽ được bản đồ")
    expect(page.locator("#map-key")).to_be_hidden()
    words.get_by_role("link").click()
    expect(page.locator("#map-table")).to_be_in_viewport()
    expect(page.locator("#map-table tbody tr")).to_have_count(129)


def test_another_measure_has_its_own_address(new_page):
    page = new_page("lanhdao")
    page.goto("/map/")
    page.locator("nav.hc-views a").nth(3).click()
    expect(page.locator("nav.hc-views a[aria-current]")).to_have_count(1)
    assert "?" in page.url
    expect(page.locator("table tbody tr[data-unit]")).to_have_count(129)
