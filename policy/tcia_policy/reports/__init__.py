"""An `Assessment` for people and for programs: each rendering is a pure function of it, and judges nothing."""
