"""
Chromium on this machine, and a server beside it.

Debian's browser (HAICAP_CHROMIUM or /usr/bin/chromium) through Playwright's sync API. A
page fails its test when the console holds an error or when it asks another origin for
anything. Content-Security-Policy stays on: wait on locators, never on text of scripts.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright


HERE = Path(__file__).resolve().parent
AXE = HERE / "vendor" / "axe.min.js"
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# Nothing of the browser's own looks for its makers' hosts.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Without a graphics card the map is drawn by the processor.
SOFTWARE_GL = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PATIENCE = 10_000  # ms


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the browser; a missing one fails, it never skips."""
    asked = os.environ.get("HAICAP_CHROMIUM") or "/usr/bin/chromium"
    found = asked if Path(asked).exists() else shutil.which("chromium")
    if not found:
        pytest.fail("Chromium is not installed. Debian: apt install chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return one browser for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The sync API keeps an event loop in this thread, and Django would refuse the
        # database calls of a test because of it. Here only, never in the product.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        options = [*QUIET, *SOFTWARE_GL]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=options, headless=True
        )
        expect.set_options(timeout=PATIENCE)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """
    Return a function that opens a page in a context of its own (its own cookies).

    `new_page(size=PHONE, scheme="dark")`. After the test each page is asked whether it
    said an error or called another origin; `page.forgiven.append(r"404")` forgives what
    the test provokes on purpose.
    """
    with contextlib.ExitStack() as stack:
        watched: list[tuple[Page, list[str]]] = []

        def open_page(*, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
            context = browser.new_context(
                base_url=live_server.url,
                viewport=size,
                color_scheme=scheme,
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                reduced_motion="reduce",
                has_touch=size is PHONE,
                is_mobile=size is PHONE,
            )
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            watched.append((page, watch(page, context, live_server.url)))
            return page

        yield open_page
        faults = [
            fault
            for page, faults in watched
            for fault in faults
            if not any(re.search(pattern, fault) for pattern in page.forgiven)
        ]
    assert faults == [], "the browser complained:\n" + "\n".join(faults)


def watch(page: Page, context: BrowserContext, home: str) -> list[str]:
    """Return the list that fills with what goes wrong on a page."""
    faults: list[str] = []
    page.forgiven = []
    own = urlsplit(home).netloc

    def on_request(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != own:
            faults.append(f"another origin: {request.url}")

    def on_console(message) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location.get('url')})")

    def on_response(response) -> None:
        if response.status >= 500:
            faults.append(f"{response.status}: {response.url}")

    context.on("request", on_request)
    context.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    return faults


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page as wide as an office's screen."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """Return a page as wide as a telephone."""
    return new_page(size=PHONE)


@pytest.fixture
def sign_in(live_server, client) -> Callable[..., None]:
    """Return a function that signs a person in without the form: `sign_in(page, user)`."""

    def enter(page: Page, user) -> None:
        client.force_login(user)
        name = client.cookies[next(iter(client.cookies))].key
        cookie = {"name": name, "value": client.cookies[name].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])

    return enter


@pytest.fixture
def axe() -> Callable[..., None]:
    """Return a function that fails on serious faults of accessibility: `axe(page)`."""

    def check(page: Page, *, ignore: tuple[str, ...] = ()) -> None:
        # evaluate() speaks to the browser itself, beside the page's own policy.
        page.evaluate(AXE.read_text(encoding="utf-8") + "\n;undefined")
        result = page.evaluate(
            "async (rules) => await axe.run(document, {rules, resultTypes:"
            " ['violations']})",
            {rule: {"enabled": False} for rule in ignore},
        )
        serious = [
            f"{fault['id']} ({fault['impact']}): {fault['help']}\n"
            + "\n".join(f"    {node['html'][:160]}" for node in fault["nodes"][:5])
            for fault in result["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
        assert serious == [], f"{page.url}\n" + "\n".join(serious)

    return check


@pytest.fixture
def shot() -> Callable[..., None]:
    """
    Return a function that keeps a picture: `shot(page, "03-case")`.

    Pictures go into the folder HAICAP_SHOTS, which the manual is made from; without it
    nothing is written. The whole page with `full=True`.
    """
    folder = os.environ.get("HAICAP_SHOTS", "")

    def keep(page: Page, name: str, *, full: bool = False) -> None:
        if not folder:
            return
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        page.screenshot(
            path=target / f"{name}.png", full_page=full, animations="disabled"
        )

    return keep
