"""What people read of an assessment, and that nothing in it can act."""
