"""The words of the field as types."""

from __future__ import annotations

from tests.support.builders import make_problem, make_staff


def test_a_changed_copy_forgets_what_was_derived() -> None:
    """Looked up once, then copied with other staff: the lookup is made anew."""
    problem = make_problem(["A"])
    assert list(problem.member_by_name) == ["A"]
    changed = problem.model_copy(update={"staff": (make_staff("B"),)})
    assert list(changed.member_by_name) == ["B"]
