"""Folders of images: what is in them, and which series their DICOM files are."""
