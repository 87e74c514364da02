"""The month as it was worked, in files beside the roster: stamps, decisions, pay."""
