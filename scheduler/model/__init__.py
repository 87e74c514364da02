"""The month as a model with all rules, and what counting on its options shows."""
