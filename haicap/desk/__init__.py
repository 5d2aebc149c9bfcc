"""Pages that show several stages: home, map, units, papers."""
