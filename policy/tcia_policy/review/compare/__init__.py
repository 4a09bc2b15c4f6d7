"""What changed between two assessments: compared item by item, each list by ids, so that no order counts."""
