"""An `Assessment` for people and for programs. Each report is a pure function of it, and judges nothing."""
