"""
Who signed in, read from the database with the posts they hold: one query a page.

The stamp of the working calendar comes along, so that no page has to ask for it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery
from django.utils import timezone

from haicap.people.models import Post, User
from haicap.places.models import CalendarEdition


# Every page begins here: few columns, and no order that Django would compare them with.
POSTS = (
    Post.objects.order_by()
    .select_related("user", "unit", "agency")
    .only("user", "role", "unit__code", "unit__name", "agency__code", "agency__name")
    .annotate(stamp=Subquery(CalendarEdition.objects.values("stamp")[:1]))
)


class PostsBackend(ModelBackend):
    """Django's own backend; whoever holds a post comes with the posts of today."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the account, or None when it is gone or closed."""
        held = POSTS.held(on=timezone.localdate()).filter(user_id=user_id)
        posts = tuple(sorted(held, key=attrgetter("pk")))
        if not posts:
            return super().get_user(user_id)
        user = posts[0].user
        for post in posts:
            post.user = user
        user.posts_today = posts
        user.calendar_stamp = posts[0].stamp  # type: ignore[attr-defined]
        return user if self.user_can_authenticate(user) else None
