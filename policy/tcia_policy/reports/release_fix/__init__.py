"""What can be written into a release for its authors: keys of a card that are missing, references, notices."""
