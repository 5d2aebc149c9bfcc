"""Pages that show several stages."""
