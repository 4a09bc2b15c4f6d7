"""The answer: what a reader came for, as one object that every report shows."""
