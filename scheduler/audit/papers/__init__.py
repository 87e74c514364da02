"""Reports on a month for the authority: compliance, deductions, add-ons, shortage."""
