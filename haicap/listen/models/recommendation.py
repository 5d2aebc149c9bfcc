"""One unit's ask, in its own words, for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from haicap.core.text.fold import fold_vi
from haicap.listen.models.document import Document
from haicap.listen.models.round import Round
from haicap.listen.models.statement import Statement
from haicap.listen.states import RecommendationState, Source
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Asks by who may see them and how far they are."""

    def visible_to(self, user: User) -> RecommendationQuerySet:
        """Return the asks that this person may see."""
        if permissions.reaches_province(user, "read_submitted"):
            return self
        own = Q(unit_id__in=user.unit_ids) if user.unit_ids else Q(pk__in=())
        if user.agency_ids:
            own |= Q(voice__case__lead_id__in=user.agency_ids)
            own |= Q(
                pk__in=Recommendation.objects.filter(
                    voice__case__coordinators__in=user.agency_ids
                ).values("pk")
            )
        return self.filter(own)

    def standing(self) -> RecommendationQuerySet:
        """Return the asks that were accepted and not withdrawn."""
        return self.filter(state=RecommendationState.ACCEPTED)

    def without_case(self) -> RecommendationQuerySet:
        """Return the standing asks that no case carries yet."""
        return self.standing().filter(voice__isnull=True)


class Recommendation(models.Model):
    """One unit's ask with the difficulty behind it; keeps its author and words."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="recommendations"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="recommendations"
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="recommendations"
    )
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )  # none: the text names no unit, only a collective such as "các xã"
    said_by = models.CharField(max_length=300)
    text = models.TextField()
    difficulty = models.TextField(blank=True)
    field = models.CharField(max_length=40, db_index=True)  # main slug of the taxonomy
    fields = models.JSONField(default=list)
    addressee = models.CharField(max_length=300, blank=True)
    deadline = models.DateField(null=True, blank=True)  # as asked, not as given
    source = models.CharField(max_length=20, choices=Source.choices)
    state = models.CharField(
        max_length=20,
        choices=RecommendationState.choices,
        default=RecommendationState.ACCEPTED,
    )
    accepted_at = models.DateTimeField()
    search = models.TextField(editable=False)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "unit"],
                condition=Q(unit__isnull=False),
                name="one_ask_per_statement_and_unit",
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(unit__isnull=True),
                name="one_ask_per_statement_of_a_collective",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="recommendation_newest"),
            models.Index(fields=["unit", "-id"], name="recommendation_unit"),
            models.Index(fields=["round", "-id"], name="recommendation_round"),
            models.Index(fields=["field", "-id"], name="recommendation_field"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def code(self) -> str:
        """Return the number that people quote: `KN-00042`."""
        return f"KN-{self.pk:05d}"

    def get_absolute_url(self) -> str:
        """Return the address of the recommendation's own page."""
        return reverse("desk:recommendation", args=[self.pk])

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search form in step with the words."""
        self.search = fold_vi(f"{self.text} {self.difficulty} {self.said_by}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
