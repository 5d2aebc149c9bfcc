"""The pages and forms of RESOLVE."""
