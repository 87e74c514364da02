"""Differences between two rosters of a month: cells, people to call, sums, effects."""
