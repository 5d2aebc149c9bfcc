"""What an author and the office say of a reply; the only writers of VERIFY."""
