"""What reviewers do with an assessment: decide, sign, lock, bundle, and see what moved."""
