"""Reads Vietnamese official text."""
