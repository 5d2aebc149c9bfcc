"""Asks that may be the same matter, proposed by the machine, settled by a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from haicap.listen.models import Recommendation
from haicap.people.models import User


class SuggestionState(models.TextChoices):
    """What a person made of a suggested group."""

    OPEN = "open", _("To be looked at")
    CONFIRMED = "confirmed", _("Same matter")
    DISMISSED = "dismissed", _("Different matters")


class Suggestion(models.Model):
    """A group of asks that may be one matter, with the reason in words."""

    state = models.CharField(
        max_length=20, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    score = models.FloatField()  # 0-1
    why = models.JSONField(default=list)  # what they share: [[what, words], ...]
    differs = models.JSONField(default=list)  # what only some of them say
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    members = models.ManyToManyField(
        Recommendation, through="SuggestionMember", related_name="suggestions"
    )

    class Meta:
        ordering = ["-score", "id"]


class SuggestionMember(models.Model):
    """One ask of a suggested group."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "recommendation"], name="suggested_once"
            )
        ]


class Term(models.Model):
    """
    A word by which asks are compared; the nameless one counts all asks taken in.

    The lists stand in the database, so that any process finds what is like an ask
    without reading all of them.
    """

    name = models.CharField(max_length=120, unique=True)
    n_asks = models.PositiveIntegerField(default=0)
    asks = models.ManyToManyField(
        Recommendation, through="TermOfAsk", related_name="terms"
    )

    def __str__(self) -> str:
        return self.name


class TermOfAsk(models.Model):
    """One word of one ask; an ask without words has the nameless one."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "recommendation"], name="each_word_of_an_ask_once"
            )
        ]
