"""Lends the steps of a case to the tests of this floor."""

from tests.steps import everybody, in_english, steps


__all__ = ["everybody", "in_english", "steps"]
