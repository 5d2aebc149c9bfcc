"""Pages of LISTEN, one noun a file."""
