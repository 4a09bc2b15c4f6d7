"""References, as the programs read them that manuscripts are written with."""
