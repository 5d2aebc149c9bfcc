"""Says in words why two asks may be one matter, and what sets them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from haicap.listen.taxonomy import field_label


MOST = 6
ACTS: dict[str, Promise | str] = {
    "build": _("build it"),
    "repair": _("repair or renew it"),
    "clear": _("dredge or clear it"),
    "provide": _("give more of it"),
    "pay": _("pay it out"),
    "rule": _("make a rule"),
    "guide": _("give guidance"),
    "permit": _("permit it"),
    "approve": _("approve it"),
    "delegate": _("hand powers down"),
    "handle": _("settle it"),
    "dispose": _("sell or dispose of it"),
    "convert": _("use it for something else"),
    "hand": _("hand it over"),
    "raise": _("raise the rate"),
    "reduce": _("reduce or waive it"),
    "stop": _("stop or punish it"),
    "publish": _("make it public"),
    "train": _("train people"),
    "organise": _("reorganise it"),
    "keep": _("keep it as it is"),
    "connect": _("connect systems"),
    "survey": _("survey or mark it out"),
    "digitise": _("digitise it"),
    "move": _("move it away"),
    "collect": _("collect it"),
}

Facts = Iterable[Sequence[str]]


def why_in_words(facts: Facts) -> str:
    """Return what is shared as one sentence: the things, the acts and the field."""
    said = sorted_out(facts)
    parts = []
    if said["thing"]:
        parts.append(gettext("both say %(words)s") % {"words": quoted(said["thing"])})
    if said["act"]:
        parts.append(
            gettext("both want to %(acts)s") % {"acts": ", ".join(said["act"][:2])}
        )
    if said["field"]:
        parts.append(
            gettext("same field: %(field)s") % {"field": ", ".join(said["field"][:2])}
        )
    return "; ".join(parts)


def differs_in_words(facts: Facts) -> str:
    """Return what only some of them say as one sentence; nothing when all agree."""
    said = sorted_out(facts)
    parts = []
    if said["thing"]:
        parts.append(quoted(said["thing"]))
    parts += said["act"][:2]
    if said["name"]:
        parts.append(gettext("places %(names)s") % {"names": quoted(said["name"])})
    parts += said["field"][:1]
    return "; ".join(parts)


def sorted_out(facts: Facts) -> dict[str, list[str]]:
    """Return the words to show by what they are; words of old suggestions are things."""
    said: dict[str, list[str]] = {"thing": [], "act": [], "name": [], "field": []}
    language = get_language() or "vi"
    for what, value in facts:
        if what == "field":
            said["field"].append(field_label(value, language))
        elif what == "act":
            said["act"].append(str(ACTS.get(value, value)))
        else:
            said["name" if what == "name" else "thing"].append(value)
    return said


def quoted(words: list[str]) -> str:
    """Return the first words, each in quotation marks."""
    return ", ".join(f"“{word}”" for word in words[:MOST])
