"""The check of each rule, one rule a file, on the clock times of a roster."""
