"""Rows with headings, whatever file they stand in: what each column is, and which entries each row lists."""
