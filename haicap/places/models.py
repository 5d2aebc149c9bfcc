"""
The province, its communes and agencies, each with the dates between which it exists; and
what was decided about the days on which their offices work.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from haicap.core.deadlines.calendar import (
    DayKind,
    Decision,
    SpecialDay,
    check_possible,
)
from haicap.core.text.fold import fold_vi


class UnitKind(models.TextChoices):
    """What an administrative unit is; values are those of the national code list."""

    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    SPECIAL_ZONE = "special_zone", _("Special zone")


COMMUNE_LEVEL = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions that many pages ask of units."""

    def commune_level(self) -> UnitQuerySet:
        """Return the communes, wards and special zones that exist today."""
        return self.filter(kind__in=COMMUNE_LEVEL, valid_to__isnull=True)


class Unit(models.Model):
    """An administrative unit: the country, a province, or one of its communes."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    former_province = models.CharField(max_length=80, blank=True)
    former_districts = models.CharField(max_length=200, blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    population = models.PositiveIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    valid_from = models.DateField(default=date(2025, 7, 1))
    valid_to = models.DateField(null=True, blank=True)
    search = models.CharField(max_length=200, editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """Return the name as it stands inside a sentence: `xã Bình Minh`."""
        return self.name[:1].lower() + self.name[1:]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search form in step with the name."""
        self.search = fold_vi(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class FormerUnit(models.Model):
    """A commune that ended on 1 July 2025, and the unit its people now belong to."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former")
    is_partial = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "code", "unit"], name="former_unit_once_per_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Block(models.TextChoices):
    """The line an agency belongs to: rows of one line stay in it unless shared."""

    PARTY = "party", _("Party")
    STATE = "state", _("State")
    FRONT = "front", _("Front")
    VERTICAL = "vertical", _("Centrally managed")


class Agency(models.Model):
    """A provincial body that can lead or coordinate."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    block = models.CharField(max_length=20, choices=Block.choices)
    fields = models.TextField(blank=True)
    evidence = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(default=date(2025, 7, 1))
    valid_to = models.DateField(null=True, blank=True)
    search = models.CharField(max_length=260, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search form in step with the name."""
        self.search = fold_vi(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SpecialDayKind(models.TextChoices):
    """Why a day is not what its weekday says, in words."""

    HOLIDAY = DayKind.HOLIDAY.value, _("Public holiday")
    SUBSTITUTE_DAY_OFF = DayKind.SUBSTITUTE_DAY_OFF.value, _("Day off in lieu")
    SWAPPED_DAY_OFF = DayKind.SWAPPED_DAY_OFF.value, _("Swapped day off")
    MAKE_UP_WORKING_DAY = DayKind.MAKE_UP_WORKING_DAY.value, _("Make-up working day")
    HALF_DAY = DayKind.HALF_DAY.value, _("Half day")


class CalendarDecisionQuerySet(models.QuerySet["CalendarDecision"]):
    """Decisions on working days."""

    def standing(self) -> CalendarDecisionQuerySet:
        """Return the days of decisions that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class CalendarDecision(models.Model):
    """
    One day of a decision on working days, as the office entered it.

    A day off and its make-up day are entered and withdrawn together: they share `group`.
    """

    group = models.UUIDField(db_index=True)
    place = models.CharField(max_length=10, blank=True)  # a unit's code; none: country
    day = models.DateField()
    kind = models.CharField(max_length=20, choices=SpecialDayKind.choices)
    until = models.TimeField(null=True, blank=True)  # a half day ends here
    label_vi = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)  # compared with the document itself
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            # Two kinds on one day contradict each other, so the kind does not stand here.
            models.UniqueConstraint(
                fields=["day", "place"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_decision_per_day_and_place",
            ),
            models.CheckConstraint(
                condition=Q(kind="half_day", until__isnull=False)
                | (~Q(kind="half_day") & Q(until__isnull=True)),
                name="a_half_day_says_when_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(withdrawn_at__gte=F("entered_at")),
                name="calendar_decision_withdrawn_after_entered",
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis="") & ~Q(label_vi=""),
                name="a_calendar_decision_names_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.label_vi}"

    @classmethod
    def of(cls, decision: Decision, **values: object) -> CalendarDecision:
        """Return the row of one decided day, not stored yet."""
        special = decision.special
        return cls(
            place=decision.place,
            day=decision.day,
            kind=special.kind.value,
            until=special.until,
            label_vi=special.label_vi,
            label_en=special.label_en,
            legal_basis=special.legal_basis,
            verified=special.verified,
            **values,
        )

    def decision(self) -> Decision:
        """Return the row as the core counts with it."""
        special = SpecialDay(
            DayKind(self.kind),
            self.label_vi,
            self.label_en,
            self.legal_basis,
            self.verified,
            self.until,
        )
        return Decision(self.day, special, self.place)

    def save(self, *args: object, **kwargs: object) -> None:
        """Refuse a day that its weekday makes senseless."""
        check_possible(self.decision())
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class CalendarEdition(models.Model):
    """
    Which decisions on working days stand, named by a stamp; there is one row.

    Every change gives it a stamp that never was before, so a calendar that was made under
    a stamp is right wherever that stamp is read. Its lock lets one change happen at a time.
    """

    stamp = models.CharField(max_length=32, blank=True)  # empty: none was ever entered

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="one_edition_of_the_calendar"
            )
        ]
