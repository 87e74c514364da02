"""The month as a model, and what can be counted on its options before any search."""
