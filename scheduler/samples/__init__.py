"""The sample offices."""
