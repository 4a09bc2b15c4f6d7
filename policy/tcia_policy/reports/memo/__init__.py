"""The document for legal review: its memo and annexes, as blocks."""
