"""Measures, not tests: nothing here runs with `make test` but a smoke of it."""
