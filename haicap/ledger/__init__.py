"""Who did what, when, forever."""
