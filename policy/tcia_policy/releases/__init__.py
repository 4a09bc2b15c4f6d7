"""Readers of the files that say what is released: cards, bundles' metadata, licenses. They know nothing of datasets."""
