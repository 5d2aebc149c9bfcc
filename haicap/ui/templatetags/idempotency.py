"""The hidden field that lets a form be sent twice and count once."""

from __future__ import annotations

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString


register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return the hidden field with a key made now, when the form is opened."""
    return format_html(
        '<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4()
    )
