"""How a page looks and answers."""
