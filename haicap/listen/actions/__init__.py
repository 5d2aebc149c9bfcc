"""The only writers of LISTEN, one noun a file."""
