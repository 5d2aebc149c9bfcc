"""Proposals of a language model on the province's own network; off by default."""
