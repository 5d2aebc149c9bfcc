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
from django.utils.html import format_html, format_html_join
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


TICK = (
    '<td class="hc-col-tick"><input class="hc-tick" type="checkbox"'
    ' name="{}" value="{}" aria-label="{}" data-haicap-row></td>'
)
CLIP = '<span class="hc-clip">{}</span>'
NOTHING = '<span class="hc-missing">{}</span>'
CASE = (
    '<tr>{}<td class="hc-code">{}</td>'
    '<td class="hc-title"><a class="hc-clip" href="{}">{}</a></td>'
    '<td class="hc-second hc-cell"><span class="hc-clip">{}</span></td>'
    '<td class="hc-num" data-label="{}">{}</td><td class="hc-cell">{}</td>'
    '<td>{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td></tr>'
)
RECOMMENDATION = (
    '<tr>{}<td class="hc-code">{}</td>'
    '<td class="hc-cell"><span class="hc-clip">{}</span></td>'
    '<td class="hc-title"><a class="hc-clip hc-document" href="{}">{}</a></td>'
    '<td class="hc-second hc-cell"><span class="hc-clip">{}</span></td>'
    '<td class="hc-code">{}</td><td class="hc-cell">{}</td>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td></tr>'
)


@register.simple_tag
def case_lines(rows: Iterable[CaseRow], can_tick: bool) -> SafeString:
    """Return the rows of the list of cases."""
    nobody = format_html(NOTHING, _("Nobody has it yet"))
    communes = pgettext("number of", "Communes")
    answer, resolution = _("Answer"), _("Resolution")
    return format_html_join(
        "\n",
        CASE,
        (
            (
                format_html(TICK, "row", row.pk, row.code) if can_tick else "",
                row.code,
                row.url,
                row.title,
                row.field,
                communes,
                row.n_units,
                format_html(CLIP, row.lead) if row.lead else nobody,
                last_day(row.due.state, row.due.words),
                answer,
                pill_of(*row.answered),
                resolution,
                pill_of(*row.solved) if row.solved else MISSING,
            )
            for row in rows
        ),
    )


@register.simple_tag
def recommendation_lines(
    rows: Iterable[RecommendationRow], can_tick: bool
) -> SafeString:
    """Return the rows of the list of recommendations."""
    nobody = format_html(NOTHING, _("Nobody has it yet"))
    no_case = format_html(NOTHING, _("in no case yet"))
    answer, resolution = _("Answer"), _("Resolution")
    return format_html_join(
        "\n",
        RECOMMENDATION,
        (
            (
                format_html(TICK, "recommendation", row.pk, row.code)
                if can_tick
                else "",
                row.code,
                row.said_by,
                row.url,
                row.text,
                row.field,
                format_html('<a href="{}">{}</a>', row.case_url, row.case_code)
                if row.case_code
                else no_case,
                format_html(CLIP, row.lead) if row.lead else nobody,
                answer,
                pill_of(*row.answered) if row.answered else MISSING,
                resolution,
                pill_of(*row.solved) if row.solved else MISSING,
            )
            for row in rows
        ),
    )
