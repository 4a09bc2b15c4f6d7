"""The sources of the registry that answer over the network, and what they answered."""
