"""What the authority asks of a month: compliance, deductions, add-ons, shortage."""
