"""How many more guests could come if somebody's days were changed."""
