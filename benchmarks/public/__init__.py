"""Public benchmark instances, solved with the product's search layer."""
