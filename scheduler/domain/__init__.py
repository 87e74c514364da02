"""The words of the field as types: office, staff, shifts, forecast, roster, finding.

Knows pydantic and the standard library, nothing else.
"""
