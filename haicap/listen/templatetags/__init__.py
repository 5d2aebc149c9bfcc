"""Tags of LISTEN."""
