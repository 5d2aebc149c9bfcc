"""The verbs of RESOLVE; the only writers of its tables."""
