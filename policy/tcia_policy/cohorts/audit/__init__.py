"""Tables of any size, counted: which series, in which group, how often. On an engine here, or where the table lies."""
