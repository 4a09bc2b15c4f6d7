"""What changed between two assessments, told: the first line, sentences in groups, a screen, Markdown."""
