"""What a study may do with its data, for machines: one object (`offers.py`), and a module for each format of it."""
