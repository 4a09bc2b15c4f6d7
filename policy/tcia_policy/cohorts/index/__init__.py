"""Where series are looked up: in the index that ships with the program, or in an installed idc-index-data."""
