"""haicap: what a commune says once, it can always follow to an answer and a verdict."""

__version__ = "0.1.0"
