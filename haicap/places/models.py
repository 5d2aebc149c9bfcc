"""The province, its communes and agencies, each with the dates between which it exists."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

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
