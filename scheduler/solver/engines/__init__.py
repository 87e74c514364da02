"""The engines: two kinds of solver, CP-SAT and HiGHS, at work on one model together."""
