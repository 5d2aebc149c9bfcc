"""More time for a case: asked by the lead with a reason, decided by the leader."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haicap.people.models import User
from haicap.resolve.models.case import Case


class ExtensionVerdict(models.TextChoices):
    """What the leader said to a request for more time."""

    PENDING = "pending", _("Waiting for the leader")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("more time", "Refused")


class Extension(models.Model):
    """One request for a later last day; granted too late it erases nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(
        max_length=10,
        choices=ExtensionVerdict.choices,
        default=ExtensionVerdict.PENDING,
    )
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)  # the leader's document
    answer = models.TextField(blank=True)  # why it was refused

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(verdict="pending"),
                name="one_open_extension_per_case",
            ),
            models.CheckConstraint(
                condition=Q(
                    verdict="pending", decided_at__isnull=True, decided_by__isnull=True
                )
                | (
                    ~Q(verdict="pending")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="extension_decided_by_and_at_together",
            ),
        ]
