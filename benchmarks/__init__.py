"""Benchmarks, run by hand; none is a test."""
