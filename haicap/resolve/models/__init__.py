"""The nouns of RESOLVE: case, voice, assignment, reply, delivery, routing rule."""

from haicap.resolve.models.assignment import Assignment, RoutingRule
from haicap.resolve.models.case import Case, Regrouping, Voice
from haicap.resolve.models.reply import Delivery, Reply


__all__ = [
    "Assignment",
    "Case",
    "Delivery",
    "Regrouping",
    "Reply",
    "RoutingRule",
    "Voice",
]
