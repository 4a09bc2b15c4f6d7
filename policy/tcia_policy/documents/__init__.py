"""Manuscripts in: what an author's files cite, name and print, with file and line."""
