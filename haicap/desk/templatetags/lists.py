"""
Tags that draw the many-rowed parts of a list.

A row drawn by the template engine costs ten times its text: fifty of them were half of
a page's time. The filters hold 290 boxes that change only with what is ticked, so each
is drawn once and kept by what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
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


def tick(name: str, pk: int, code: str) -> str:
    """Return the cell whose box ticks a row."""
    return (
        '<td class="hc-col-tick"><input class="hc-tick" type="checkbox"'
        f' name="{name}" value="{pk}" aria-label="{escape(code)}" data-haicap-row></td>'
    )


def clip(words: str) -> str:
    """Return words that are cut to a few lines of their cell."""
    return f'<span class="hc-clip">{escape(words)}</span>'


def missing(words: str) -> str:
    """Return what stands where something should be."""
    return f'<span class="hc-missing">{escape(words)}</span>'


@register.simple_tag
def case_lines(rows: Iterable[CaseRow], can_tick: bool) -> SafeString:
    """Return the rows of the list of cases."""
    nobody, communes = (
        missing(_("Nobody has it yet")),
        escape(pgettext("number of", "Communes")),
    )
    lines = []
    for row in rows:
        if row.due.state == "none":
            due = f'<span class="hc-note">{escape(row.due.words)}</span>'
        else:
            due = due_words(row.due.state, row.due.words)
        lines.append(
            f"<tr>{tick('row', row.pk, row.code) if can_tick else ''}"
            f'<td class="hc-code">{escape(row.code)}</td>'
            f'<td class="hc-title"><a class="hc-clip" href="{escape(row.url)}">'
            f"{escape(row.title)}</a></td>"
            f'<td class="hc-second hc-cell">{clip(row.field)}</td>'
            f'<td class="hc-num" data-label="{communes}">{row.n_units}</td>'
            f'<td class="hc-cell">{clip(row.lead) if row.lead else nobody}</td>'
            f"<td>{due}</td>"
            f"<td>{pill(*row.answered)}</td>"
            f"<td>{pill(*row.solved) if row.solved else MISSING}</td></tr>\n"
        )
    return mark_safe("".join(lines))


@register.simple_tag
def recommendation_lines(
    rows: Iterable[RecommendationRow], can_tick: bool
) -> SafeString:
    """Return the rows of the list of recommendations."""
    nobody, no_case = missing(_("Nobody has it yet")), missing(_("in no case yet"))
    lines = []
    for row in rows:
        case = no_case
        if row.case_code:
            case = f'<a href="{escape(row.case_url)}">{escape(row.case_code)}</a>'
        lines.append(
            f"<tr>{tick('recommendation', row.pk, row.code) if can_tick else ''}"
            f'<td class="hc-code">{escape(row.code)}</td>'
            f'<td class="hc-cell">{clip(row.said_by)}</td>'
            '<td class="hc-title"><a class="hc-clip hc-document"'
            f' href="{escape(row.url)}">{escape(row.text)}</a></td>'
            f'<td class="hc-second hc-cell">{clip(row.field)}</td>'
            f'<td class="hc-code">{case}</td>'
            f'<td class="hc-cell">{clip(row.lead) if row.lead else nobody}</td>'
            f"<td>{pill(*row.answered) if row.answered else MISSING}</td>"
            f"<td>{pill(*row.solved) if row.solved else MISSING}</td></tr>\n"
        )
    return mark_safe("".join(lines))
