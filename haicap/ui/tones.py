"""One table: which icon, shape and word a state wears; nothing decides a colour twice."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tone:
    """How a state looks: the class suffix of its pill, its icon, its plain word."""

    look: str
    icon: str
    word: str | Promise


STATES = MappingProxyType(
    {
        "unassigned": Tone("dashed", "circle-dashed", _("Nobody has it yet")),
        "unanswered": Tone("dashed", "circle-dashed", _("Not answered yet")),
        "in_work": Tone("brand", "progress", _("In work")),
        "waiting": Tone("grey", "hourglass", _("Waiting for confirmation")),
        "waiting_opinion": Tone("grey", "hourglass", _("Waiting for an opinion")),
        "answered": Tone("blue", "message-2", _("Answered")),
        "solved": Tone("green", "circle-check", _("Solved")),
        "verified": Tone(
            "solid-green", "rosette-discount-check", _("Confirmed by the commune")
        ),
        "reopen": Tone("violet", "rotate-2", _("The commune asks to do it again")),
        "due_soon": Tone("rice", "clock", _("Due soon")),
        "late": Tone("solid-seal", "alert-triangle", _("Late")),
        "paused": Tone("outline", "player-pause", _("Paused")),
        "draft": Tone("outline", "pencil", _("Draft")),
        "unsure": Tone("rice", "circle-half", _("Not sure, please look closely")),
    }
)


@dataclass(frozen=True)
class Kind:
    """A kind of statement: its two letters, its key on the review page, its word."""

    letters: str
    key: str
    word: str | Promise


KINDS = MappingProxyType(
    {
        "difficulty": Kind("KK", "1", _("Difficulty")),
        "recommendation": Kind("KN", "2", _("Recommendation")),
        "reply": Kind("TL", "3", _("Reply")),
        "directive": Kind("CĐ", "4", _("Directive")),
        "result": Kind("KQ", "5", _("Result")),
    }
)
