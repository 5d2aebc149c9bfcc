"""A conference or a call for opinions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from haicap.places.models import Unit, UnitQuerySet


class Channel(models.TextChoices):
    """Where the opinions of a round come from; kept apart, reported together."""

    PARTY_CONFERENCE = "party_conference", _("Party conference")
    STATE_CONFERENCE = "state_conference", _("Government conference")
    VOTERS = "voters", _("Voter contact")
    FEEDBACK = "feedback", _("Feedback on administrative rules")
    REPORT = "report", _("Written report of a commune")
    INFORMAL = "informal", _("Hotline, working group")


class Round(models.Model):
    """One event or call: opens, closes, and knows who has not sent anything."""

    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=30, choices=Channel.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_it_opens",
            ),
            models.UniqueConstraint(fields=["name"], name="round_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, *, on: date) -> bool:
        """Return whether files may be sent to it on that day without being late."""
        return self.opens_on <= on <= self.closes_on

    def units_without_file(self) -> UnitQuerySet:
        """Return the communes that have not sent any file of their own to it."""
        sent = self.documents.submitted().filter(unit__isnull=False)
        return Unit.objects.commune_level().exclude(pk__in=sent.values("unit_id"))
