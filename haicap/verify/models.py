"""What the author says became of it: solved, or please look again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from haicap.people.models import User
from haicap.resolve.models import Delivery


class Verdict(models.TextChoices):
    """The author's word."""

    ACCEPTED = "accepted", _("Confirmed by the commune")
    REOPEN_ASKED = "reopen_asked", _("The commune asks to reopen")


class Decision(models.TextChoices):
    """The office's word on a request to reopen."""

    REOPENED = "reopened", _("Reopened")
    DECLINED = "declined", _("Not reopened")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Verdicts by who may see them and what waits."""

    def visible_to(self, user: User) -> OutcomeQuerySet:
        """Return the verdicts on arrivals that this person may see."""
        return self.filter(delivery__in=Delivery.objects.visible_to(user).values("pk"))

    def waiting(self) -> OutcomeQuerySet:
        """Return the requests to reopen that nobody decided, oldest first."""
        return self.filter(verdict=Verdict.REOPEN_ASKED, decision="").order_by(
            "at", "id"
        )


class Outcome(models.Model):
    """One author's verdict on one reply, and what the office decided of it."""

    delivery = models.OneToOneField(
        Delivery, on_delete=models.PROTECT, related_name="outcome"
    )
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="reopen_asked") | ~Q(reason=""),
                name="asking_to_reopen_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decision="")
                | Q(verdict="reopen_asked", decided_at__isnull=False),
                name="a_decision_answers_a_request",
            ),
        ]
        indexes = [models.Index(fields=["verdict", "decision"], name="outcome_queue")]

    @property
    def is_waiting(self) -> bool:
        """Return whether the office still has to decide a request to reopen."""
        return self.verdict == Verdict.REOPEN_ASKED and not self.decision
