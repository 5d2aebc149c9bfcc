"""The nouns of RESOLVE: case, voice, assignment, reply, delivery, routing rule, pause, extension."""

from haicap.resolve.models.assignment import Assignment, RoutingRule
from haicap.resolve.models.case import Case, Regrouping, Voice
from haicap.resolve.models.extension import Extension, ExtensionVerdict
from haicap.resolve.models.pause import Pause, PauseReason
from haicap.resolve.models.reply import Delivery, Reply


__all__ = [
    "Assignment",
    "Case",
    "Delivery",
    "Extension",
    "ExtensionVerdict",
    "Pause",
    "PauseReason",
    "Regrouping",
    "Reply",
    "RoutingRule",
    "Voice",
]
