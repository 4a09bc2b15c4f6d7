"""A `Citation` as a reference in the formats that manuscripts are written with."""
