"""The registry with what a source says now, made of the registry as it was and of that source's answers."""
