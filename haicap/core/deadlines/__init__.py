"""Dates that the law counts: every due date here can say why it is that day."""
