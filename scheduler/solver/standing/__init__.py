"""Search beside a roster that stands: what may change, and how near it stays."""
