"""The gallery: every component with its awkward cases, for those who build pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haicap.ui.forms import DateField, Form, WordsField
from haicap.ui.tones import KINDS, STATES


STYLE = Path(__file__).parent / "static" / "ui" / "haicap.css"
N_UNITS = 129
N_LATE = 9
N_SILENT = 12


class SampleForm(Form):
    """One field of each sort, with faults."""

    reply_by = DateField(
        label=gettext_lazy("Reply by"), help_text=gettext_lazy("Like 13/01/2026.")
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            ("", gettext_lazy("not chosen yet")),
            ("solved", gettext_lazy("Solved")),
            ("in_work", gettext_lazy("In work, with a plan")),
        ],
    )
    text = WordsField(label=gettext_lazy("Reply"), rows=3)
    note = forms.CharField(label=gettext_lazy("Note"), required=False)
    asks_again = forms.BooleanField(
        label=gettext_lazy("Ask the commune again in 30 days"), required=False
    )


@dataclass(frozen=True)
class SampleUnit:
    """A square of the gallery."""

    name: str
    url: str
    state: str


@lru_cache(maxsize=1)
def colours() -> list[tuple[str, str]]:
    """Return (token, hex) of the light theme, read from the stylesheet itself."""
    light = STYLE.read_text(encoding="utf-8").partition(":root {")[2].partition("}")[0]
    return re.findall(r"--([\w-]+): (#[0-9A-F]{6});", light)


def due() -> dict[str, Any]:
    """Return a due date that crosses a holiday, a swapped day and a make-up Saturday."""
    return {
        "state": "soon",
        "words": _("5 working days left"),
        "date": date(2026, 1, 13),
        "title": _("Why Tuesday 13/01/2026"),
        "lines": [
            {"text": _("Received 15/12/2025"), "value": _("day 0"), "tone": "given"},
            {"text": _("Time given: 20 working days"), "value": None, "tone": "given"},
            {"text": "16/12 – 31/12", "value": 12},
            {"text": _("01/01: New Year, off"), "value": 0},
            {"text": _("02/01: swapped day, off"), "value": 0},
            {"text": "05/01 – 09/01", "value": 5},
            {
                "text": _("Saturday 10/01: made up for 02/01"),
                "value": 1,
                "tone": "makeup",
            },
            {"text": "12/01 – 13/01", "value": 2},
        ],
        "total": 20,
        "basis": _("conclusion of 12/11/2025, section 2.3; holidays of 2026"),
        "checked": True,
        "extend_url": "#due",
    }


def units() -> list[SampleUnit]:
    """Return 129 made-up units: most sent on time, some late, some silent."""
    states = ["sent"] * (N_UNITS - N_LATE - N_SILENT) + ["late"] * N_LATE
    states += ["none"] * N_SILENT
    return [
        SampleUnit(_("Unit %(n)s") % {"n": n}, "#squares", state)
        for n, state in enumerate(states, start=1)
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """Return the page of all components. The front door guards it."""
    form = SampleForm({"reply_by": "32/01/2026", "outcome": "", "text": ""})
    context = {
        "colours": colours(),
        "states": STATES.items(),
        "kinds": KINDS.items(),
        "form": form,
        "empty_form": SampleForm(prefix="empty"),
        "due": due(),
        "late_due": {**due(), "state": "late", "words": _("2 working days late")},
        "units": units(),
        "n_sent": N_UNITS - N_LATE - N_SILENT,
        "n_late": N_LATE,
        "n_silent": N_SILENT,
        "steps": [
            {"state": "done", "title": _("Listen"), "note": _("14 communes said it")},
            {"state": "done", "title": _("Synthesise"), "note": _("grouped 08/12")},
            {
                "state": "here",
                "title": _("Resolve"),
                "note": _("3 of 5 points answered"),
                "url": "#journey",
                "verb": _("go on writing"),
            },
            {"state": "ahead", "title": _("Verify"), "note": _("asked after 30 days")},
        ],
        "tabs": [
            {"url": "#list", "label": _("Nobody has it yet"), "count": 7},
            {"url": "#list", "label": _("Due this week"), "count": 15, "current": True},
            {"url": "#list", "label": _("Late"), "count": 6, "late": True},
            {"url": "#list", "label": _("Coastal land"), "count": 11, "own": True},
        ],
        "events": [
            {"title": _("Waits for an opinion"), "note": "29/12", "now": True},
            {"title": _("An opinion arrived"), "note": "06/01 15:10"},
            {
                "title": _("Grouped into a case"),
                "note": "08/12",
                "url": "#x",
                "verb": _("see"),
            },
        ],
        "figure": 1234567.5,
        "share": 0.984,
        "day": date(2026, 1, 7),
    }
    return render(request, "ui/gallery.html", context)
