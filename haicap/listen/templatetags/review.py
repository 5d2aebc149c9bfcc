"""Draws a document with its statements, fast enough for hundreds of them."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from haicap.core.text.marks import Paragraph, Step, Token
from haicap.listen.queries_review import Board, Card, LastStep
from haicap.listen.taxonomy import FIELDS
from haicap.ui.tones import KINDS


register = template.Library()

# Only added to at the end: the place is the code that people quote.
RULES = (
    "ask-verb",
    "ask-goes-on",
    "ask-must",
    "ask-should",
    "ask-section",
    "ask-quoted",
    "difficulty-before-ask",
    "difficulty-in-results",
    "difficulty-section",
    "difficulty-goes-on",
    "difficulty-words",
    "difficulty-reason",
    "result-figure",
    "result-report",
    "result-in-reply",
    "reply-says",
    "reply-label",
    "workbook-row",
    "like-marked",
    "language-model",
)
CLOSE = format_html("</{}>", "span")
CURRENT = format_html(' aria-current="{}"', "true")


@register.simple_tag
def marked(place: Paragraph, page: Board) -> SafeString:
    """Return the paragraph's words with every statement marked; words carry offsets."""
    return format_html_join("", "{}", ((part,) for part in parts(place, page)))


def parts(place: Paragraph, page: Board) -> Iterator[SafeString]:
    """Yield the pieces of a paragraph in order; opens and closes pair up."""
    tag: SafeString | None = None  # waits for its first word
    for token in place.tokens:
        if tag is not None and token.step is not Step.WORDS:
            yield tag
            tag = None
        if token.step is Step.OPEN:
            card = page.by_pk[token.key]
            yield opening(card, page, is_first=token.is_first)
            tag = letters(card, page) if token.is_first else None
        elif token.step is Step.CLOSE:
            yield CLOSE
        elif tag is not None:
            yield from glued(tag, token)
            tag = None
        else:
            yield words(token.start, token.words)


def opening(card: Card, page: Board, *, is_first: bool) -> SafeString:
    """Return the opening tag of a mark: its kind, whether it is settled, where it leads."""
    if card.is_rejected:
        look = "hc-rv-mark hc-rv-dropped"
    else:
        look = f"hc-rv-mark hc-said hc-said-{card.statement.kind}"
    is_open = page.open is not None and page.open.pk == card.pk
    return format_html(
        '<span class="{}"{} data-haicap-statement="{}" data-href="{}"{}>',
        look,
        format_html(' id="s{}"', card.pk) if is_first else "",
        card.pk,
        page.urls[card.pk],
        CURRENT if is_open else "",
    )


def letters(card: Card, page: Board) -> SafeString | None:
    """Return the two letters of the kind, a link for the mouse; the card says the word."""
    if card.is_rejected:
        return None
    kind = KINDS[card.statement.kind]
    return format_html(
        '<a class="hc-kind hc-kind-{}" href="{}" tabindex="-1" aria-hidden="true">{}</a>',
        card.statement.kind,
        page.urls[card.pk],
        kind.letters,
    )


def glued(tag: SafeString, token: Token) -> Iterator[SafeString]:
    """Yield the letters and the first word without a break between, then the rest."""
    first, _blank, _rest = token.words.partition(" ")
    yield format_html(
        '<span class="hc-rv-glue">{}{}</span>', tag, words(token.start, first)
    )
    rest = token.words[len(first) :]
    if rest:
        yield words(token.start + len(first), rest)


def words(start: int, said: str) -> SafeString:
    """Return words with their offset in the document's text."""
    return format_html('<span data-start="{}">{}</span>', start, said)


@register.simple_tag
def ticks(page: Board) -> SafeString:
    """Return one tick a statement, in the order of the document, for the mouse."""
    return format_html_join(
        "",
        '<a class="hc-rv-tick" href="{}" tabindex="-1" data-haicap-tick="{}"{}>'
        '<rect class="{}" x="2" y="{}" width="10" height="7" rx="2"></rect></a>',
        (
            (
                page.urls[card.pk],
                card.pk,
                CURRENT if page.open and page.open.pk == card.pk else "",
                tick_look(card),
                10 * (card.number - 1) + 2,
            )
            for card in page.cards
        ),
    )


@register.filter
def tick_look(card: Card) -> str:
    """Return the classes of a tick: hollow when dismissed, pale while it waits."""
    look = f"hc-rv-tick-{card.statement.kind}"
    if card.is_rejected:
        return f"{look} hc-rv-tick-dropped"
    return f"{look} hc-rv-tick-waits" if card.is_waiting else look


@register.simple_tag
def step_words(last: LastStep) -> str:
    """Return what was done last, in words."""
    number, count = {"n": last.number}, {"n": last.count}
    if last.verb == "accepted" and last.count > 1:
        return _("Accepted %(n)s statements") % count
    return {
        "accepted": _("Accepted statement %(n)s"),
        "rejected": _("Removed statement %(n)s"),
        "added": _("Added statement %(n)s"),
    }.get(last.verb, _("Corrected statement %(n)s")) % number


@register.filter
def labels(card: Card, language: str) -> list[str]:
    """Return the names of a card's fields."""
    return card.labels(language)


@register.filter
def field_labels(slugs: list[str], language: str) -> list[str]:
    """Return the names of fields."""
    return [FIELDS[slug].label(language) for slug in slugs if slug in FIELDS]


@register.filter
def unit_names(codes: list[str], page: Board) -> list[str]:
    """Return the names of units; a code that is not known stays a code."""
    return [page.units.get(code, code) for code in codes]


@register.filter
def reasons(why: list[list[str]]) -> list[str]:
    """
    Return the machine's reasons in words, at most one of each sort.

    Each is [what, words]; what is not known here is shown as its words alone.
    """
    said: dict[str, list[str]] = {}
    for what, words_ in (pair for pair in why if len(pair) == 2):
        said.setdefault(str(what), []).append(str(words_))
    sentences = []
    for what, found in said.items():
        if what == "rule":
            sentences += [rule_words(found[0])] if rule_words(found[0]) else []
        elif what == "speaker-level":
            sentences += [level_words(found[0])] if level_words(found[0]) else []
        elif what == "cue":
            sentences.append(_("the word “%(words)s”") % {"words": found[0]})
        elif what == "section":
            title = Truncator(found[0]).chars(60)
            sentences.append(_("stands under “%(words)s”") % {"words": title})
        elif what == "row":
            sentences.append(_("a row of the table: %(words)s") % {"words": found[0]})
        else:
            listed = ", ".join(f"“{each}”" for each in found[:3])
            sentences.append(_("speaks of %(words)s") % {"words": listed})
    return sentences


def rule_words(rule: str) -> str:
    """Return what a rule looks for, in words; nothing for one not described here."""
    return {
        "like-marked": _("reads like statements marked by people"),
        "ask-verb": _("asks for something"),
        "ask-goes-on": _("goes on with a list of asks"),
        "ask-must": _("says what must be done"),
        "ask-should": _("says what should be done"),
        "ask-section": _("stands among asks"),
        "ask-quoted": _("an ask in quotation marks"),
        "difficulty-before-ask": _("a difficulty before an ask"),
        "difficulty-in-results": _("a difficulty among results"),
        "difficulty-section": _("stands among difficulties"),
        "difficulty-goes-on": _("goes on with a list of difficulties"),
        "difficulty-words": _("words of difficulty"),
        "difficulty-reason": _("a difficulty that gives the reason"),
        "result-figure": _("a result with a figure"),
        "result-report": _("a report of results"),
        "result-in-reply": _("a result inside a reply"),
        "reply-says": _("answers something asked"),
        "reply-label": _("stands after the word for an answer"),
        "workbook-row": _("one row of a table"),
        "language-model": _("proposed by the language model, found by no rule"),
    }.get(rule, "")


@register.filter
def rule_code(rule: str) -> str:
    """
    Return the short code of a rule that people quote, such as R01; nothing when unknown.

    The rules' own names are English words, which a clerk need not read.
    """
    return f"R{RULES.index(rule) + 1:02}" if rule in RULES else ""


def level_words(level: str) -> str:
    """Return who speaks, in words."""
    return {
        "commune": _("the speaker is of a commune"),
        "province": _("the speaker is of the province"),
    }.get(level, "")
