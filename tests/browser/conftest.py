"""
Chromium on this machine, and one real server beside it for the whole run.

Debian's browser (HAICAP_CHROMIUM or /usr/bin/chromium) through Playwright's sync API. The
server is `haicap demo` with an empty folder of its own: gunicorn, the worker, the real
static files, the demonstration people, who sign in on the page. A page fails its test
when the console holds an error or when it asks another origin for anything.
Content-Security-Policy stays on: wait on locators, never on text of scripts.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import polib
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import pictures


HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AXE = HERE / "vendor" / "axe.min.js"
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PASSWORD = "minh-hoa-hai-cap"  # the demonstration's, printed at every start
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
TO_COME_UP = 300  # seconds; two busy cores need them


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


@dataclass(frozen=True)
class Demo:
    """The running demonstration."""

    url: str
    var: Path
    process: subprocess.Popen[bytes]

    def command(self, *words: str) -> str:
        """Run a command of haicap on this demonstration; return what it printed."""
        run = subprocess.run(
            [sys.executable, "-m", "haicap.cli", *words],
            cwd=ROOT,
            env=surroundings(self.var),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return run.stdout


def surroundings(var: Path) -> dict[str, str]:
    """Return the environment of a fresh installation in that folder."""
    ours = ("HAICAP_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {**kept, "HAICAP_VAR": str(var), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Serve the demonstration on a free port until the last test is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory(prefix="haicap-demo-") as folder:
        var = Path(folder)
        log = var / "demo.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "haicap.cli", "demo", "--address", address],
                cwd=ROOT,
                env=surroundings(var),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                wait_until_up(f"http://{address}", process, log)
                yield Demo(f"http://{address}", var, process)
            finally:
                process.terminate()
                process.wait(timeout=60)


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with what it printed when it does not."""
    straight = build_opener(ProxyHandler({}))
    until = time.monotonic() + TO_COME_UP
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(URLError, OSError):
            straight.open(f"{url}/healthz", timeout=5).close()
            return
        time.sleep(0.2)
    pytest.fail(f"The demonstration did not come up:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return one browser for the whole run."""
    with sync_playwright() as playwright:
        options = [*QUIET, *SOFTWARE_GL]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=options, headless=True
        )
        expect.set_options(timeout=PATIENCE)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def cookies(browser: Browser, demo: Demo) -> Callable[[str], list]:
    """Return a function: the cookies of an account, got on the page to sign in, once."""
    known: dict[str, list] = {}

    def of(account: str) -> list:
        if account not in known:
            context = browser.new_context(base_url=demo.url, locale="vi-VN")
            page = context.new_page()
            sign_in(page, account)
            known[account] = context.cookies()
            context.close()
        return known[account]

    return of


def sign_in(page: Page, account: str) -> None:
    """Sign in as a person does."""
    page.goto("/sign-in")
    page.locator("input[name=username]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("nav#menu")).to_be_attached()


@pytest.fixture
def new_page(
    browser: Browser, demo: Demo, cookies: Callable[[str], list]
) -> Iterator[Callable[..., Page]]:
    """
    Return a function that opens a page in a context of its own (its own cookies).

    `new_page("vanphong", size=PHONE, scheme="dark")`; no name: nobody. After the test each
    page is asked whether it said an error or called another origin;
    `page.forgiven.append(r"404")` forgives what the test provokes on purpose.
    """
    with contextlib.ExitStack() as stack:
        watched: list[tuple[Page, list[str]]] = []

        def open_page(
            account: str = "",
            *,
            size: dict[str, int] = DESKTOP,
            scheme: str = "light",
        ) -> Page:
            context = browser.new_context(
                base_url=demo.url,
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
            if account:
                context.add_cookies(cookies(account))
            page = context.new_page()
            watched.append((page, watch(page, context, demo.url)))
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


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return a function: the serious faults of accessibility of a page, `axe(page)`."""
    source = AXE.read_text(encoding="utf-8") + "\n;undefined"

    def check(page: Page, *, only: tuple[str, ...] = ()) -> list[str]:
        # evaluate() speaks to the browser itself, beside the page's own policy.
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(source)
        options = {"resultTypes": ["violations"]}
        if only:
            options["runOnly"] = {"type": "rule", "values": list(only)}
        result = page.evaluate(
            "async (options) => await axe.run(document, options)", options
        )
        return [
            f"{page.url} {fault['id']} ({fault['impact']}): {fault['help']}\n"
            + "\n".join(f"    {node['html'][:160]}" for node in fault["nodes"][:5])
            for fault in result["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]

    return check


@pytest.fixture(scope="session")
def english() -> Callable[[Page], list[str]]:
    """Return a function: the English sentences of ours that stand on a page."""
    said = set()
    for path in ROOT.glob("haicap/*/locale/vi/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            for words in (entry.msgid, entry.msgid_plural):
                # What stands between the values is said as it is.
                for part in re.split(r"%\(\w+\)s|%%|\n", words):
                    part = part.strip(" .,:;·–()“”")
                    if len(part.split()) >= 2 and part != entry.msgstr:
                        said.add(part)
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(map(re.escape, sorted(said, key=len)[::-1])) + r")(?!\w)"
    )

    def find(page: Page) -> list[str]:
        shown = page.evaluate("document.body.innerText")
        labels = page.evaluate(
            "[...document.querySelectorAll('[aria-label],[title],[placeholder]')].map("
            "e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a))"
            ".filter(Boolean).join('\\n')).join('\\n')"
        )
        return sorted(set(pattern.findall(f"{page.title()}\n{shown}\n{labels}")))

    return find


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
        pictures.keep(page, target / f"{name}.png", full=full)

    return keep
