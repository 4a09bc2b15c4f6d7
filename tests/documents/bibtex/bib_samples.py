"""Bibliographies as programs and people write them."""

# Zotero with Better BibTeX: tabs, an abstract with odd braces, `file`, no trailing comma.
ZOTERO = r"""@article{armatoLungImageDatabase2011,
	title = {The {{Lung Image Database Consortium}} ({{LIDC}}) and {{Image Database Resource Initiative}} ({{IDRI}})},
	author = {Armato, Samuel G. and McLennan, Geoffrey and {van Ginneken}, Bram and M{\"u}ller, J{\"o}rg},
	year = 2011,
	month = feb,
	journal = {Medical Physics},
	volume = {38},
	pages = {915--931},
	doi = {10.1118/1.3528204},
	abstract = {Purpose: 50\% of {$<$}nodules{$>$} \{see\} https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX for data.},
	keywords = {10.7937/K9/TCIA.2015.LO9QL9SX,CT},
	file = {Full Text:/home/someone/Zotero/storage/AB12/Armato - 2011.pdf:application/pdf}
}

@dataset{nlst2013,
	title = {Data from the {{National Lung Screening Trial}} ({{NLST}})},
	author = {{National Lung Screening Trial Research Team}},
	date = {2013},
	publisher = {The Cancer Imaging Archive},
	doi = {10.7937/TCIA.HMQ8-J677},
	urldate = {2024-05-02}
}
"""

# JabRef: an encoding line, aligned fields, its own data in comments, one of which holds an entry.
JABREF = r"""% Encoding: UTF-8

@Misc{LIDC,
  author       = {Armato III, Samuel G. and others},
  howpublished = {\url{http://dx.doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}},
  title        = {LIDC/IDRI},
  groups       = {Data},
}

@Comment{@Misc{NLST,
  doi = {10.7937/tcia.hmq8-j677},
}}

@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Data\;0\;1\;0x8a8a8aff\;\;\;;
}
"""

# Mendeley: every title in double braces, url in plain text, escaped underscores, an entry without a key.
MENDELEY = r"""@article{Clark2013,
abstract = {The {\{}TCIA{\}} is a service},
author = {Clark, Kenneth and Vendt, Bruce and Ødeg{\aa}rd, {\AA}se},
doi = {10.1007/s10278-013-9622-7},
file = {:C$\backslash$:/Users/me/clark.pdf:pdf},
issn = {1618-727X},
journal = {Journal of Digital Imaging},
mendeley-groups = {TCIA},
title = {{The Cancer Imaging Archive (TCIA): Maintaining and Operating a Public Information Repository}},
url = {http://link.springer.com/10.1007/s10278-013-9622-7},
year = {2013}
}
@misc{Armato2015,
author = {Armato, S G and McLennan, G},
booktitle = {The Cancer Imaging Archive},
title = {{Data From LIDC-IDRI [Data set]}},
year = {2015}
}
@misc{,
title = {{A page}},
url = {https://example.org/a{\_}page}
}
"""

# By hand: macros, concatenation, parentheses, free text, comments, quotes.
HANDWRITTEN = r"""This is my bibliography.

@string{tcia = "The Cancer Imaging Archive"}
@STRING(prefix = {10.7937/})
@preamble{ "\newcommand{\noop}[1]{}" # "%" }

% @misc{old, doi = {10.7937/tcia.hmq8-j677}}
@misc(lidc,
  title = "Data from {LIDC-IDRI} (all)",
  publisher = tcia,
  doi = prefix # "K9/" # {TCIA.2015.LO9QL9SX},
  month = mar # "~1",
  % doi = {10.1007/s10278-013-9622-7},
  year = 2015)
@article{clark, title={Clark's paper}, year=2013, note="see (10.7937/k9/tcia.2015.lo9ql9sx)",
  doi="10.1007/S10278-013-9622-7"} @misc{same-line, title = {On the same line}}
"""

# What happens by hand: every second entry breaks the grammar.
BROKEN = r"""@misc{no-comma,
  title = {No comma}
  doi = {10.7937/tcia.hmq8-j677}
}

@misc{good1, title = {Good}, year = 2001}

@misc{no-brace,
  title = {No {closing brace,
  doi = {10.7937/tcia.hmq8-j677}
}

@misc{good2, title = {Good}, year = 2002}

@misc{no-quote,
  title = "No closing quote,
  year = 2003
}

@misc{good3, title = {Good}, year = 2003}

@misc{bare, doi = 10.7937/tcia.hmq8-j677, year = 2004}

@misc{a key, title = {A key with a space}}

@misc{title = {No key}, year = 2004}

@misc{good4, title = {Good}}, year = 2004}

@misc{odd, abstract = {one { too many}, year = 2005}

@misc{good5, title = {Good}, year = 2005}

@misc{never-closed, title = {Never closed}, year = 2006
"""

PIECES = [
    "@misc{",
    "@a(",
    "k,",
    "{",
    "}",
    ")",
    '"',
    "t =",
    "#",
    "%",
    "\n",
    "\\",
    "@comment{",
    "@string{x=",
    " ",
    "1",
    "é",
]
