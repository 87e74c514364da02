"""One rule a file: what breaks it in a roster, by the clock."""
