"""The office groups anew by hand, and everything it does can be taken back."""

import re

from playwright.sync_api import Page, expect


NEW_TITLE = "Việc khác, tách ra để hỏi riêng"


def test_grouping_anew_loses_no_unit_and_is_taken_back(new_page):
    office = new_page("vanphong")
    one, other = cases_that_nobody_has(office)
    whole, small = behind(office, one), behind(office, other)
    assert len(whole) > 1, "a case to split"
    assert small

    merge(office, one, other)
    assert behind(office, one) == sorted(whole + small)
    undo_at_once(office)
    assert (behind(office, one), behind(office, other)) == (whole, small)

    leaving = take_out_the_first(office, one, "#split-title", NEW_TITLE)
    staying = sorted(set(whole) - {leaving})
    new = office.locator(".hc-undo-words").inner_text()
    assert behind(office, one) == staying
    assert behind(office, case_said(new)) == [leaving]
    undo_in_the_panel(office, one)
    assert behind(office, one) == whole
    answer = office.request.get(case_said(new))
    assert answer.status == 404, "the new case is gone with its step"

    leaving = take_out_the_first(office, one, "#split-to", number(other))
    staying = sorted(set(whole) - {leaving})
    assert behind(office, one) == staying
    assert behind(office, other) == sorted([*small, leaving])
    undo_in_the_panel(office, one)
    assert (behind(office, one), behind(office, other)) == (whole, small)


def cases_that_nobody_has(office: Page) -> list[str]:
    """Return the addresses of two cases that were given to nobody yet."""
    office.goto("/cases/?stage=open")
    links = office.locator("td.hc-title a").evaluate_all(
        "all => all.map(link => link.getAttribute('href'))"
    )
    return links[-2:]


def number(case: str) -> str:
    """Return the number of a case, as people write it: HS-0142."""
    return f"HS-{int(case.rsplit('/', 1)[1]):04}"


def case_said(words: str) -> str:
    """Return the address of the last case that the status line names."""
    found = re.findall(r"HS-(\d+)", words)[-1]
    return f"/cases/{int(found)}"


def behind(office: Page, case: str) -> list[str]:
    """Return who spoke, a name for each voice; the units beside them are the same."""
    if not office.url.endswith(case):
        office.goto(case)
    names = sorted(office.locator(".hc-voice .hc-strong").all_inner_texts())
    units = office.locator("aside.hc-stack section").nth(1).inner_text()
    assert all(name in units for name in names), (names, units)
    assert units.count(",") + 1 == len(set(names)), (names, units)
    return names


def panel(office: Page, case: str):
    """Open the part of the case's page that groups anew; return it."""
    office.goto(case)
    found = office.locator("#regroup")
    if found.get_attribute("open") is None:
        found.locator("> summary").click()
    return found


def merge(office: Page, one: str, other: str):
    form = panel(office, one).locator("form[action$='/merge']")
    form.locator("input[name=other_code]").fill(number(other))
    form.locator("button").click()
    expect(office.locator(".hc-undo-words")).to_contain_text(number(one))


def take_out_the_first(office: Page, case: str, field: str, words: str) -> str:
    """Tick the first voice, say where it goes, press; return who spoke."""
    form = panel(office, case).locator("form[action$='/split']")
    row = form.locator("li").first
    who = row.locator(".hc-strong").inner_text()
    row.locator("input").check()
    form.locator(field).fill(words)
    form.locator("button").click()
    expect(office.locator(".hc-undo-words")).to_contain_text("HS-")
    return who


def undo_at_once(office: Page):
    office.locator("[data-haicap-undo]").click()
    expect(office.locator(".hc-undo-words")).to_have_count(0)


def undo_in_the_panel(office: Page, case: str):
    form = panel(office, case).locator("form[action*='regroupings']")
    before = form.get_attribute("action")
    form.locator("button").click()
    expect(office.locator(f"form[action='{before}']")).to_have_count(0)
