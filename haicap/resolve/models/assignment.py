"""Who shall lead, by when: as the office proposes it and the leader decides it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from haicap.people.models import User
from haicap.places.models import Agency
from haicap.resolve.models.case import Case
from haicap.resolve.states import Verdict


class Assignment(models.Model):
    """One proposal for one case; the last approved one is what holds."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    coordinators = models.ManyToManyField(Agency, blank=True, related_name="+")
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # none: asked without a date
    note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    verdict = models.CharField(
        max_length=10, choices=Verdict.choices, default=Verdict.PENDING
    )
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(verdict="pending"),
                name="one_open_proposal_per_case",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="assignment_decided_by_and_at_together",
            ),
        ]


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    """Routing by date."""

    def valid(self, *, on: date) -> RoutingRuleQuerySet:
        """Return the rules that hold on that day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
        )

    def standing(self, field: str, *, on: date) -> RoutingRule | None:
        """Return the one rule of a field on that day, if there is one."""
        rules = self.valid(on=on).filter(field=field).select_related("lead")
        return rules.order_by("-valid_from").first()


class RoutingRule(models.Model):
    """Which agency leads a field by default, for dates, with its legal basis."""

    field = models.CharField(max_length=40)  # slug of the taxonomy
    lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    coordinators = models.ManyToManyField(Agency, blank=True, related_name="+")
    working_days = models.PositiveSmallIntegerField(default=15)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["field", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["field", "valid_from"], name="one_route_per_field_and_day"
            )
        ]

    def others(self) -> list[Agency]:
        """Return the agencies that coordinate by this rule, by name."""
        return sorted(self.coordinators.all(), key=lambda each: each.name)
