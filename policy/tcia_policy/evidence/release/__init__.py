"""What a release says, in terms of the registry: its licenses and datasets, and which duties its own text meets."""
