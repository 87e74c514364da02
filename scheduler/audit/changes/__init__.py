"""What differs between two rosters of a month: changes, calls, sums, effects."""
