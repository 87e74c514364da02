"""Find a roster: the levels in order, and what is looked into when one is found."""
