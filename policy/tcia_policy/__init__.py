"""Check a study's use of TCIA and IDC data against the terms that govern them, and write what it owes."""
