"""The product beside other solvers, on the same files and cores."""
