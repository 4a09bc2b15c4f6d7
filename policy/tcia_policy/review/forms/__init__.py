"""Forms for those who use no terminal: written as a Word document or a web page, filled in, and read back."""
