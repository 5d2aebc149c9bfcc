"""Who may do what: accounts, posts, permissions."""
