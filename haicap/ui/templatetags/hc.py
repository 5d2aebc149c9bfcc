"""
Tags and filters of the house, fast enough for the rows of a table.

Dates are d/m/Y in both languages; numbers follow the language; what is missing is "–".
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import get_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from haicap.ui import undo
from haicap.ui.tones import KINDS, STATES


register = template.Library()

SPRITE = "vendor/tabler-icons-3.51.0/sprite.svg"
MISSING = "–"


@lru_cache(maxsize=64)
def still_part(name: str, language: str) -> SafeString:
    """Return a part that depends on nothing but the language."""
    return render_to_string(name)


@register.simple_tag
def still(name: str) -> SafeString:
    """
    Return a part that is the same for everybody, rendered once a language and process.

    The frame of a page is half translations; a list answers in few milliseconds.
    """
    if settings.DEBUG:
        return still_part.__wrapped__(name, "")
    return still_part(name, get_language() or "")


@lru_cache(maxsize=1024)
def still_part_for(
    name: str, values: tuple[tuple[str, Any], ...], language: str
) -> SafeString:
    """Return a part that depends on nothing but these values."""
    return render_to_string(name, dict(values))


@register.simple_tag
def still_for(name: str, **values: Any) -> SafeString:
    """
    Return a part that depends only on `values`, rendered once for each set of them.

    They compare by value: flags, plain words, frozen records. Nothing else of the page
    or the request may stand in such a part, above all no key of a form.
    """
    part = tuple(values.items())
    if settings.DEBUG:
        return still_part_for.__wrapped__(name, part, "")
    return still_part_for(name, part, get_language() or "")


@lru_cache(maxsize=1024)
def drawn(name: str, look: str, label: str) -> SafeString:
    """Return the SVG of an icon; hidden from readers unless it has a label."""
    look = f"hc-icon {look}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            look,
            label,
            static(SPRITE),
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        look,
        static(SPRITE),
        name,
    )


@register.simple_tag
def icon(name: str, look: str = "", label: str = "") -> SafeString:
    """Return an icon of the sprite: `{% icon "clock" %}`."""
    return drawn(name, look, str(label))


@register.simple_tag
def pill(state: str, word: str = "", tone: str = "", sign: str = "") -> SafeString:
    """
    Return a state pill for a row: `{% pill "late" "2 working days late" %}`.

    `state` is a key of tones.STATES; `tone` and `sign` replace its look and icon.
    """
    known = STATES.get(state)
    look = tone or (known.look if known else "grey")
    name = sign or (known.icon if known else "")
    return drawn_pill(look, name, str(word or (known.word if known else state)))


# By type as well: a word that is marked safe must not answer for one that is not.
@lru_cache(maxsize=1024, typed=True)
def drawn_pill(look: str, name: str, word: str) -> SafeString:
    """Return a pill; the same few stand in every row of every list."""
    return format_html(
        '<span class="hc-pill hc-pill-{}">{}<span>{}</span></span>',
        look,
        drawn(name, "", "") if name else "",
        word,
    )


@register.simple_tag
def due_words(state: str, words: str) -> SafeString:
    """
    Return a due date for a row, without a pill.

    `state` is late, soon, ahead, paused or done; the sign says it too, never colour alone.
    """
    sign = {
        "late": "alert-triangle",
        "soon": "clock",
        "paused": "player-pause",
        "done": "check",
    }.get(state, "calendar-due")
    return drawn_due(state, sign, words)


@lru_cache(maxsize=1024, typed=True)
def drawn_due(state: str, sign: str, words: str) -> SafeString:
    """Return a due date; a page has few different ones."""
    return format_html(
        '<span class="hc-due hc-due-{}">{}<span>{}</span></span>',
        state,
        drawn(sign, "", ""),
        words,
    )


@register.simple_tag
def kind(name: str, *, spoken: bool = True) -> SafeString:
    """
    Return the two letters of a kind of statement.

    `spoken=False` inside a document: the letters are drawn by the stylesheet, so the text
    of the page stays, letter for letter, the text of the document; the card says the word.
    """
    known = KINDS[name]
    if not spoken:
        return format_html(
            '<span class="hc-kind hc-kind-{}" data-letters="{}" aria-hidden="true"></span>'
            '<span class="hc-glue" aria-hidden="true"></span>',
            name,
            known.letters,
        )
    return format_html(
        '<span class="hc-kind hc-kind-{}" aria-hidden="true">{}</span>'
        '<span class="hc-sr">{}</span>',
        name,
        known.letters,
        known.word,
    )


@register.filter
def kind_word(name: str) -> str:
    """Return the word of a kind of statement."""
    return str(KINDS[name].word)


@register.filter
def kind_letters(name: str) -> str:
    """Return the two letters of a kind of statement."""
    return KINDS[name].letters


@register.simple_tag
def two_tone(solved: int, answered: int, total: int) -> SafeString:
    """
    Return a bar: solved, answered but not solved, rest. `answered` counts the solved too.

    Widths are SVG attributes: the page allows no style.
    """
    whole = max(total, 1)
    done = round(100 * min(solved, whole) / whole, 1)
    told = round(100 * min(max(answered, solved), whole) / whole, 1)
    label = gettext("answered %(answered)s, solved %(solved)s of %(total)s") % {
        "answered": answered,
        "solved": solved,
        "total": total,
    }
    return format_html(
        '<svg class="hc-meter" viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' role="img" aria-label="{}">'
        '<rect class="hc-meter-ground" width="100" height="8"/>'
        '<rect class="hc-meter-answered" width="{}" height="8"/>'
        '<rect class="hc-meter-solved" width="{}" height="8"/></svg>',
        label,
        str(told),
        str(done),
    )


@register.simple_tag
def part_bar(value: float, total: float, label: str = "") -> SafeString:
    """Return a one-tone bar of `value` in `total`."""
    part = round(100 * min(max(value, 0) / total, 1), 1) if total else 0
    spoken = label or gettext("%(value)s of %(total)s") % {
        "value": number(value),
        "total": number(total),
    }
    return format_html(
        '<svg class="hc-meter" viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' role="img" aria-label="{}">'
        '<rect class="hc-meter-ground" width="100" height="8"/>'
        '<rect class="hc-meter-part" width="{}" height="8"/></svg>',
        spoken,
        str(part),
    )


def here(value: date | datetime) -> date | datetime:
    """Return a moment in the office's time zone; a plain date as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def d(value: date | datetime | None) -> str:
    """Return 07/01/2026, or – when there is no date."""
    if not value:
        return MISSING
    value = here(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


@register.filter
def dm(value: date | datetime | None) -> str:
    """Return 07/01, for strips and narrow columns."""
    if not value:
        return MISSING
    value = here(value)
    return f"{value.day:02}/{value.month:02}"


@register.filter
def t(value: datetime | time | None) -> str:
    """Return 15:10."""
    if value is None:
        return MISSING
    if isinstance(value, datetime):
        value = here(value)  # type: ignore[assignment]
    return f"{value.hour:02}:{value.minute:02}"


@register.filter
def dt(value: datetime | None) -> str:
    """Return 07/01/2026 15:10."""
    return f"{d(value)} {t(value)}" if value else MISSING


@register.filter
def weekday(value: date | datetime) -> str:
    """Return Thứ Tư."""
    return (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )[here(value).weekday()]


@register.filter
def weekday_short(value: date | datetime) -> str:
    """Return T4, for strips."""
    return (
        pgettext("weekday short", "Mon"),
        pgettext("weekday short", "Tue"),
        pgettext("weekday short", "Wed"),
        pgettext("weekday short", "Thu"),
        pgettext("weekday short", "Fri"),
        pgettext("weekday short", "Sat"),
        pgettext("weekday short", "Sun"),
    )[here(value).weekday()]


@register.filter
def weekday_d(value: date | datetime | None) -> str:
    """Return Thứ Tư, 07/01/2026."""
    return f"{weekday(value)}, {d(value)}" if value else MISSING


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """Return 1.234,5 in Vietnamese and 1,234.5 in English; – when there is none."""
    if value is None or value == "":
        return MISSING
    if type(value) is int and places is None:
        # Most are counts, and Django's own way takes ten times as long.
        return f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR"))
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | Decimal | None, places: int = 0) -> str:
    """Return 98,4% of a share between 0 and 1."""
    if share is None:
        return MISSING
    return number_format(share * 100, decimal_pos=places, use_l10n=True) + "%"


@register.filter
def message_tone(message: Message) -> str:
    """Return the notice tone of a message: error, rice, or the undo line's own."""
    if message.level_tag == "error":
        return "error"
    return "rice" if message.level_tag == "warning" else "undo"


@register.filter
def message_undo(message: Message) -> str:
    """Return the address that takes the act of this message back, or nothing."""
    return undo.address(message)


@register.filter
def faults(form: Any) -> list[tuple[str, str]]:
    """Return (id of the field, sentence) for each error of a form or formset's form."""
    found = [("", str(sentence)) for sentence in form.non_field_errors()]
    for field in form:
        found += [(field.id_for_label, f"{field.label}: {e}") for e in field.errors]
    return found


@register.filter
def is_tick(field: BoundField) -> bool:
    """Return whether the field is one box to tick: its label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not hasattr(
        field.field.widget, "choices"
    )


@register.filter
def first_items(groups: list[tuple[str, list[Any]]], limit: int) -> list[Any]:
    """Return the first items of the menu, groups forgotten: the bottom of a phone."""
    return [item for _label, items in groups for item in items][:limit]


@register.simple_tag
def squares(units: Any) -> SafeString:
    """
    Return one square a unit, each a link named after it.

    Each unit has `name`, `url` and `state`: sent, late or none.
    """
    words = {
        "sent": gettext("sent on time"),
        "late": gettext("sent late"),
        "none": gettext("not sent"),
    }
    return format_html(
        '<div class="hc-squares">{}</div>',
        format_html_join(
            "",
            '<a class="hc-square-{}" href="{}" title="{}: {}">'
            '<span class="hc-sr">{}: {}</span></a>',
            (
                (u.state, u.url, u.name, words[u.state], u.name, words[u.state])
                for u in units
            ),
        ),
    )
