"""Official papers: drafts in the form the State prescribes."""
