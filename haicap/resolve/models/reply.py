"""A numbered, dated answer, and its arrival at every author."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.resolve.models.case import Case
from haicap.resolve.states import (
    REPLY_TRANSITIONS,
    SOLVED,
    OutcomeClass,
    ReplyState,
)


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Answers by who may see them."""

    def visible_to(self, user: User) -> ReplyQuerySet:
        """
        Return the answers that this person may see.

        A draft belongs to the agency that leads; what was sent, to the province and the
        agencies of the case; what was confirmed, to everybody who sees the case.
        """
        told = Q(state=ReplyState.CONFIRMED)
        if permissions.reaches_province(user, "read_submitted"):
            case, told = Q(), ~Q(state=ReplyState.DRAFT)
        else:
            case = Q(case__in=Case.objects.visible_to(user).values("pk"))
        if user.agency_ids:
            shared = Case.coordinators.through.objects.filter(
                agency_id__in=user.agency_ids
            )
            told |= Q(case__lead_id__in=user.agency_ids)
            told |= Q(state=ReplyState.SENT, case_id__in=shared.values("case_id"))
        return self.filter(case & told)


class Reply(models.Model):
    """One answer of the lead agency to one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(
        max_length=10, choices=ReplyState.choices, default=ReplyState.DRAFT
    )
    text = models.TextField(blank=True)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    outcome_class = models.CharField(
        max_length=40, choices=OutcomeClass.choices, blank=True
    )
    products = models.TextField(blank=True)  # what was issued, built, paid: one a line
    forwarded_to = models.CharField(max_length=200, blank=True)
    forwarding_document = models.CharField(max_length=200, blank=True)
    next_steps = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    handed_on_at = models.DateTimeField(null=True, blank=True)  # waits for signature
    sent_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="draft"), name="one_draft_per_case"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="reply_sent_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    ~Q(number="")
                    & ~Q(outcome_class="")
                    & Q(issued_on__isnull=False, sent_at__isnull=False)
                ),
                name="a_sent_reply_has_number_date_and_class",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(outcome_class__in=[str(each) for each in SOLVED])
                | ~Q(products=""),
                name="a_solved_reply_names_its_products",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(outcome_class=str(OutcomeClass.OUT_OF_COMPETENCE))
                | (~Q(forwarded_to="") & ~Q(forwarding_document="")),
                name="a_forwarded_reply_says_where",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"reply {self.pk}"

    def move_to(self, state: ReplyState) -> None:
        """Set the state, or fail loudly when the table does not know this step."""
        if state not in REPLY_TRANSITIONS[ReplyState(self.state)]:
            raise ValueError(f"reply {self.pk}: {self.state} -> {state}")
        self.state = state


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Arrivals by who may see them."""

    def visible_to(self, user: User) -> DeliveryQuerySet:
        """Return the arrivals at one's own communes, or at all for the province."""
        if permissions.reaches_province(user, "read_submitted"):
            return self
        own = Q(unit_id__in=user.unit_ids) if user.unit_ids else Q(pk__in=())
        if user.agency_ids:
            cases = Case.objects.visible_to(user).values("pk")
            own |= Q(reply__case__in=cases)
        return self.filter(own)


class Delivery(models.Model):
    """One reply in the hands of one author; made for every author, never for less."""

    reply = models.ForeignKey(
        Reply, on_delete=models.PROTECT, related_name="deliveries"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deliveries")
    at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "unit"], name="delivered_once")
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="delivery_unit")]
