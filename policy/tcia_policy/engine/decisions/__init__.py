"""Decisions of reviewers: whether each counts, and what follows from those that do."""
