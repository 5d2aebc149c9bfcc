"""
Tags that draw the many-rowed parts of a list.

A row drawn by the template engine costs ten times its text: fifty of them were half of
a page's time. The filters hold 290 boxes that change only with what is ticked, so each
is drawn once and kept by what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from haicap.desk.lists import Choice
from haicap.desk.lists_cases import CaseRow
from haicap.desk.lists_recommendations import RecommendationRow
from haicap.ui.templatetags.hc import MISSING, due_words, pill


register = template.Library()


@lru_cache(maxsize=512)
def drawn_filter(choice: Choice, _language: str) -> SafeString:
    """Return one filter with its boxes."""
    return render_to_string("desk/_list_filter.html", {"choice": choice})


@register.simple_tag
def filter_box(choice: Choice) -> SafeString:
    """Return one filter of a list, drawn once for each set of ticks."""
    return drawn_filter(choice, get_language() or "")


@lru_cache(maxsize=2048)
def pill_of(state: str, word: str) -> SafeString:
    """Return a pill with its word, drawn once: a list holds few different ones."""
    return pill(state, word)


@lru_cache(maxsize=2048)
def last_day(state: str, words: str) -> SafeString:
    """Return the cell of the last day, drawn once; without a day it is a note."""
    if state == "none":
        return format_html('<span class="hc-note">{}</span>', words)
    return due_words(state, words)


NOTHING = '<span class="hc-missing">{}</span>'
LINK = '<a href="{}">{}</a>'
# The words of a column are filled in once a page, the cells once a row.
TICK = (
    '<td class="hc-col-tick"><input class="hc-tick" type="checkbox"'
    ' name="%(name)s" value="{pk}" aria-label="{code}" data-haicap-row></td>'
)
CASE = (
    '<tr>%(tick)s<td class="hc-code">{code}</td>'
    '<td class="hc-title"><a class="hc-clip" href="{url}">{title}</a></td>'
    '<td class="hc-second hc-cell"><span class="hc-clip">{field}</span></td>'
    '<td class="hc-num" data-label="%(communes)s">{n_units}</td>'
    '<td class="hc-cell">{lead}</td><td>{due}</td>'
    '<td data-label="%(answer)s">{answered}</td>'
    '<td data-label="%(resolution)s">{solved}</td></tr>'
)
RECOMMENDATION = (
    '<tr>%(tick)s<td class="hc-code">{code}</td>'
    '<td class="hc-cell"><span class="hc-clip">{said_by}</span></td>'
    '<td class="hc-title"><a class="hc-clip hc-document" href="{url}">{text}</a></td>'
    '<td class="hc-second hc-cell"><span class="hc-clip">{field}</span></td>'
    '<td class="hc-code">{case}</td><td class="hc-cell">{lead}</td>'
    '<td data-label="%(answer)s">{answered}</td>'
    '<td data-label="%(resolution)s">{solved}</td></tr>'
)


@lru_cache(maxsize=512)
def lead_cell(name: str, _language: str) -> SafeString:
    """Return the cell of who leads; nobody is said in words."""
    if not name:
        return format_html(NOTHING, _("Nobody has it yet"))
    return format_html('<span class="hc-clip">{}</span>', name)


def filled(row: str, *, ticked: str) -> str:
    """Return the pattern of a row with the words of its columns; `ticked` names its box."""
    words = {
        "communes": pgettext("number of", "Communes"),
        "answer": _("Answer"),
        "resolution": _("Resolution"),
    }
    tick = TICK % {"name": ticked} if ticked else ""
    return row % {"tick": tick, **{key: escape(word) for key, word in words.items()}}


@register.simple_tag
def case_lines(rows: Iterable[CaseRow], can_tick: bool) -> SafeString:
    """Return the rows of the list of cases."""
    language = get_language() or ""
    return format_html_join(
        "\n",
        filled(CASE, ticked="row" if can_tick else ""),
        (
            {
                "pk": row.pk,
                "code": row.code,
                "url": row.url,
                "title": row.title,
                "field": row.field,
                "n_units": row.n_units,
                "lead": lead_cell(row.lead, language),
                "due": last_day(row.due.state, row.due.words),
                "answered": pill_of(*row.answered),
                "solved": pill_of(*row.solved) if row.solved else MISSING,
            }
            for row in rows
        ),
    )


@register.simple_tag
def recommendation_lines(
    rows: Iterable[RecommendationRow], can_tick: bool
) -> SafeString:
    """Return the rows of the list of recommendations."""
    language = get_language() or ""
    no_case = format_html(NOTHING, _("in no case yet"))
    return format_html_join(
        "\n",
        filled(RECOMMENDATION, ticked="recommendation" if can_tick else ""),
        (
            {
                "pk": row.pk,
                "code": row.code,
                "said_by": row.said_by,
                "url": row.url,
                "text": row.text,
                "field": row.field,
                "case": format_html(LINK, row.case_url, row.case_code)
                if row.case_code
                else no_case,
                "lead": lead_cell(row.lead, language),
                "answered": pill_of(*row.answered) if row.answered else MISSING,
                "solved": pill_of(*row.solved) if row.solved else MISSING,
            }
            for row in rows
        ),
    )
