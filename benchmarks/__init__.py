"""Measurements of speed; the tests count work and never read a clock."""
