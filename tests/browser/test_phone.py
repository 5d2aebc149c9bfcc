"""The commune's part on a telephone: send the file, see what was read, say yes or no."""

import itertools
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE


SAMPLES = Path(__file__).resolve().parents[2] / "haicap" / "listen" / "samples"
TO_READ = 60_000  # ms


def test_a_commune_does_its_part_on_a_telephone(new_page, shot, tmp_path):
    words = (SAMPLES / "hoi-nghi-129-xa.txt").read_text(encoding="utf-8")
    file = tmp_path / "Báo cáo của xã.txt"
    file.write_text(f"{words}\nGửi từ điện thoại.\n", encoding="utf-8")
    phone = new_page("xa.binhminh", size=PHONE)
    phone.goto("/")
    phone.locator("main a[href$='/listen/send/']").first.click()
    phone.locator("input[name=files]").set_input_files(file)
    phone.locator("form[data-haicap-upload] button.hc-button-primary").click()
    link = phone.locator("[data-haicap-sent] a.hc-button").first
    expect(link).to_be_visible(timeout=TO_READ)
    fits(phone)
    link.click()
    expect(phone.locator("ol.hc-read > li").nth(9)).to_be_attached()
    fits(phone)
    shot(phone, "15-phone-what-was-read")

    head = new_page("ld.binhminh", size=PHONE)
    head.goto(phone.url)
    fits(head)
    head.locator("#submit").click()
    expect(head.locator("#submit")).to_have_count(0)
    the_leader_answers_the_province(head, shot)


def the_leader_answers_the_province(head: Page, shot):
    head.goto("/")
    asked = head.locator("article", has=head.locator(".hc-equal")).first
    expect(asked).to_be_visible()
    title = asked.locator("h3").inner_text()
    asked.evaluate("e => e.scrollIntoView()")
    shot(head, "13-phone-verdict")
    buttons = asked.locator(".hc-equal > * > .hc-button")
    widths = [box["width"] for box in map(lambda b: b.bounding_box(), buttons.all())]
    assert len(widths) == 2
    # Nobody is nudged: yes and not yet are of one size.
    assert all(abs(a - b) < 2 for a, b in itertools.pairwise(widths))
    asked.locator("form button").first.click()
    expect(
        head.locator("article", has=head.locator(".hc-equal")).filter(has_text=title)
    ).to_have_count(0)
    fits(head)


def fits(page: Page):
    """Nothing is cut and nothing has to be pushed sideways."""
    assert (
        page.evaluate(
            "document.documentElement.scrollWidth"
            " - document.documentElement.clientWidth"
        )
        <= 0
    ), f"{page.url} is wider than the telephone"
