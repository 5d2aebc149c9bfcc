"""Accounts, and the posts that say what an account may do, where and for which dates."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from haicap.places.models import Agency, Unit


class Role(models.TextChoices):
    """The nine kinds of person of the rights matrix, the anonymous one left out."""

    COMMUNE_OFFICER = "co", _("Commune officer")
    COMMUNE_LEADER = "cl", _("Commune leader")
    DEPARTMENT_OFFICER = "do", _("Department officer")
    DEPARTMENT_HEAD = "dh", _("Department head")
    OFFICE = "po", _("Provincial office")
    LEADER = "pl", _("Provincial leader")
    AUDITOR = "au", _("Auditor")
    ADMINISTRATOR = "sa", _("System administrator")


COMMUNE_ROLES = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
AGENCY_ROLES = (Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_HEAD)
PROVINCIAL_ROLES = (Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)


class UserManager(BaseUserManager["User"]):
    """Makes accounts; nobody is all-powerful, so there is no superuser."""

    def create_user(
        self, username: str, password: str, *, full_name: str, is_demo: bool = False
    ) -> User:
        """Return a new, saved account with a hashed password."""
        user = self.model(username=username, full_name=full_name, is_demo=is_demo)
        user.set_password(password)
        user.save()
        return user


class Theme(models.TextChoices):
    """Light, dark, or as the device says."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class User(AbstractBaseUser):
    """A person who signs in; what they may do is in their posts, read on each request."""

    username = models.CharField(max_length=80, unique=True)
    full_name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    text_size = models.PositiveSmallIntegerField(default=100)
    has_wide_menu = models.BooleanField(default=False)
    has_keys = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    # The stamp of the working calendar when the account was read; None: nobody asked.
    calendar_stamp: str | None = None

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Return the name that pages and history show."""
        return self.full_name

    @cached_property
    def posts_today(self) -> tuple[Post, ...]:
        """Return the posts held today, one query for the life of this object."""
        posts = self.posts.held(on=timezone.localdate())
        return tuple(posts.select_related("unit", "agency"))

    @property
    def roles(self) -> frozenset[str]:
        """Return the codes of the roles held today."""
        return frozenset(post.role for post in self.posts_today)

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Return the communes this person acts for today."""
        return tuple(
            post.unit_id
            for post in self.posts_today
            if post.role in COMMUNE_ROLES and post.unit_id
        )

    @property
    def agency_ids(self) -> tuple[int, ...]:
        """Return the departments this person acts for today."""
        return tuple(
            post.agency_id
            for post in self.posts_today
            if post.role in AGENCY_ROLES and post.agency_id
        )


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by date."""

    def held(self, *, on: date) -> PostQuerySet:
        """Return the posts that count on that day."""
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on),
            starts_on__lte=on,
        )


class Post(models.Model):
    """One role of one person, in one commune or agency, for dates."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=2, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=["co", "cl"])
                | models.Q(unit__isnull=False),
                name="commune_post_has_a_unit",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=["do", "dh", "po"])
                | models.Q(agency__isnull=False),
                name="agency_post_has_an_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.place}"

    @property
    def place(self) -> str:
        """Return the name of the body this post acts for."""
        return str(self.agency or self.unit or "")


class SavedView(models.Model):
    """A list's filter that a person gave a name: the address is the filter."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="views")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "name"], name="saved_view_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
