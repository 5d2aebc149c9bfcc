"""Why a case's clock stood still, and between which moments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from haicap.core.deadlines.clock import Reason
from haicap.people.models import User
from haicap.resolve.models.case import Case


class PauseReason(models.TextChoices):
    """Whom or what the lead waits for."""

    OPINION = Reason.OPINION.value, _("A coordinator was asked for an opinion")
    SUPPLEMENT = Reason.SUPPLEMENT.value, _("The communes were asked for more")
    UPPER_LEVEL = Reason.UPPER_LEVEL.value, _("A level above has to decide")
    DECISION = Reason.DECISION.value, _("Paused by a decision")


class Pause(models.Model):
    """One stretch in which the clock of a case stands still; open until resumed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20, choices=PauseReason.choices)
    reference = models.CharField(max_length=200)  # the document that asks or decides
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()
    resumed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(resumed_at__isnull=True),
                name="a_clock_stands_still_once",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__gte=F("stopped_at"), resumed_by__isnull=False),
                name="pause_resumed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(reference=""), name="a_pause_names_its_document"
            ),
        ]
