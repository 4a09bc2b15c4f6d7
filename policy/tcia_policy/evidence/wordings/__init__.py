"""What it takes to find a prescribed wording in a text: its words, where they stand together, and what differs."""
