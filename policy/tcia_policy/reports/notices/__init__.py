"""Texts ready to paste or to ship: attribution, NOTICE, statements for a paper, cards.

Each is a pure function of one `Assessment`. None is a permission. What is not known stays a blank in square brackets.
"""
