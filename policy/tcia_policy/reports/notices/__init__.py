"""Texts ready to paste or to ship: attribution, NOTICE, statements for a paper, cards. Each is a pure function of one
`Assessment`; none is a clearance, and what is not known stays a blank in square brackets."""
