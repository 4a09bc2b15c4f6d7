"""The answer on a terminal."""
