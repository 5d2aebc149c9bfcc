"""One matter that many voices share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from haicap.core.text.fold import fold_vi
from haicap.listen.models import Recommendation, Round
from haicap.people import permissions
from haicap.people.models import User
from haicap.people.turns import Owner
from haicap.places.models import Agency, Unit
from haicap.resolve.states import (
    ANSWERED,
    CASE_OWNER,
    CASE_TRANSITIONS,
    LED,
    SOLVED,
    CaseState,
    OutcomeClass,
)


if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from haicap.resolve.models.assignment import Assignment
    from haicap.resolve.models.extension import Extension
    from haicap.resolve.models.pause import Pause
    from haicap.resolve.models.reply import Reply


class CaseQuerySet(models.QuerySet["Case"]):
    """Matters by who may see them, how far they are, and whether they are late."""

    def visible_to(self, user: User) -> CaseQuerySet:
        """Return the matters that this person may see."""
        if permissions.reaches_province(user, "read_submitted"):
            return self
        mine = Q(pk__in=())
        if user.unit_ids:
            voices = Voice.objects.filter(recommendation__unit_id__in=user.unit_ids)
            mine |= Q(pk__in=voices.values("case_id"))
        if user.agency_ids:
            shared = Case.coordinators.through.objects.filter(
                agency_id__in=user.agency_ids
            )
            mine |= Q(state__in=LED) & (
                Q(lead_id__in=user.agency_ids) | Q(pk__in=shared.values("case_id"))
            )
        return self.filter(mine)

    def standing(self) -> CaseQuerySet:
        """Return the matters that were not merged into another."""
        return self.exclude(state=CaseState.MERGED)

    def without_lead(self) -> CaseQuerySet:
        """Return the matters that no agency has yet."""
        return self.filter(state__in=[CaseState.OPEN, CaseState.PROPOSED])

    def overdue(self, *, on: date) -> CaseQuerySet:
        """Return the matters that an agency has beyond their last day."""
        return self.filter(state=CaseState.ASSIGNED, due_on__lt=on)

    def answered(self) -> CaseQuerySet:
        """Return the matters whose authors all have a confirmed reply."""
        return self.filter(state__in=ANSWERED)

    def solved(self) -> CaseQuerySet:
        """Return the answered matters whose confirmed class says solved."""
        return self.answered().filter(outcome_class__in=SOLVED)


class Case(models.Model):
    """One matter: it has the lead, the coordinators, the deadline and the reply."""

    # What regrouping changes and its undo restores, byte for byte.
    GROUPED: ClassVar[tuple[str, ...]] = (
        "title",
        "search",
        "field",
        "state",
        "merged_into_id",
        "version",
    )

    title = models.CharField(max_length=300)
    field = models.CharField(max_length=40)  # main slug of the taxonomy
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(
        max_length=20, choices=CaseState.choices, default=CaseState.OPEN
    )
    opened_at = models.DateTimeField()
    lead = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases_led",
    )
    coordinators = models.ManyToManyField(
        Agency, blank=True, related_name="cases_coordinated"
    )
    # What the clock says, kept for lists and counts; `actions.clocks.settle` alone
    # writes them, and `haicap check` replays every history against them.
    due_on = models.DateField(null=True, blank=True)  # none while it stands still
    paused_on = models.DateField(null=True, blank=True)
    late_days = models.PositiveSmallIntegerField(default=0)  # of ended late stretches
    # Without a date it sorts last on both databases, by an index on both.
    due_sort = models.GeneratedField(
        expression=Coalesce("due_on", models.Value(date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome_class = models.CharField(
        max_length=40, choices=OutcomeClass.choices, blank=True
    )
    verified_at = models.DateTimeField(null=True, blank=True)  # every author accepted
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    search = models.TextField(editable=False)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    if TYPE_CHECKING:
        voices: RelatedManager[Voice]
        assignments: RelatedManager[Assignment]
        extensions: RelatedManager[Extension]
        pauses: RelatedManager[Pause]
        replies: RelatedManager[Reply]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in LED])
                | Q(lead__isnull=False, assigned_at__isnull=False),
                name="a_case_in_work_has_one_lead",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in ANSWERED])
                | (Q(answered_at__isnull=False) & ~Q(outcome_class="")),
                name="an_answered_case_has_a_class",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="a_merged_case_says_where",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="case_state_due"),
            models.Index(fields=["lead", "state", "due_on"], name="case_lead"),
            models.Index(fields=["due_sort", "id"], name="case_due"),
            models.Index(fields=["field", "-id"], name="case_field"),
            models.Index(fields=["published_at"], name="case_published"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """Return the number that people quote: `HS-0142`."""
        return f"HS-{self.pk:04d}"

    @property
    def owner(self) -> Owner:
        """Return whose turn it is."""
        return CASE_OWNER[CaseState(self.state)]

    @property
    def is_answered(self) -> bool:
        """Return whether every author has a confirmed reply."""
        return self.state in ANSWERED

    @property
    def is_solved(self) -> bool:
        """Return whether the confirmed class says solved; not the same as answered."""
        return self.is_answered and self.outcome_class in SOLVED

    def is_overdue(self, *, on: date) -> bool:
        """Return whether an agency has it beyond its last day."""
        late = self.due_on is not None and self.due_on < on
        return late and self.state == CaseState.ASSIGNED

    def get_absolute_url(self) -> str:
        """Return the address of the case's own page."""
        return reverse("desk:case", args=[self.pk])

    def move_to(self, state: CaseState) -> None:
        """Set the state, or fail loudly when the table does not know this step."""
        if state not in CASE_TRANSITIONS[CaseState(self.state)]:
            raise ValueError(f"case {self.pk}: {self.state} -> {state}")
        self.state = state

    def units(self) -> models.QuerySet[Unit]:
        """Return the communes behind this matter, each once, by name."""
        return (
            Unit.objects.filter(recommendations__voice__case=self)
            .distinct()
            .order_by("name")
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search form in step with the title."""
        if "title" in (kwargs.get("update_fields") or ["title"]):
            self.search = fold_vi(self.title)
        super().save(*args, **kwargs)


class Voice(models.Model):
    """One recommendation inside one case: the author is conserved whatever is merged."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="voices")
    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="voice"
    )
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Regrouping(models.Model):
    """One merge, split, move or gathering, with what stood before and after."""

    class Kind(models.TextChoices):
        """The verbs of grouping."""

        GATHER = "gather"
        JOIN = "join"
        MERGE = "merge"
        SPLIT = "split"
        MOVE = "move"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cases = models.ManyToManyField(Case, related_name="regroupings")
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
