"""Patients: the ids that a cohort lists, and the datasets that they are in."""
