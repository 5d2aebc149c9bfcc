"""Jobs as rows: the look at everything, which a person need not wait for."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from haicap.people.models import User
from haicap.synthesise import actions
from haicap.synthesise.actions_terms import not_taken_in, take_in


@task()
def look_at_all(user_id: int) -> str:
    """Look again at every ask; return in a word how many groups wait."""
    by = User.objects.get(pk=user_id)
    take_in(not_taken_in())
    n = actions.refresh(by=by, at=timezone.now())
    return f"{n} groups wait"
