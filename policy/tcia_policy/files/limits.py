"""Every bound on sizes, depths and counts that protects from hostile or broken input, with its reason.

Sizes are in bytes, lengths of text in characters. A bound that is part of how something is recognized (characters
beside a name, words of a heading) is no protection, and stands with what it recognizes.
"""

# Any file
BLOCK = 1 << 16  # read at a time where the whole may be refused on the way

# XML
XML_TAGS = 2_000_000  # a thesis of 300 pages in Word has half a million

# Zips
ZIP_DIRECTORY = 8_000_000  # of a zip's own list of its members, which is read as a whole
ZIP_RATIO = 200  # deflate packs text some four times, and never more than 1032 times
ZIP_RATIO_FROM = 1_000_000  # a small file may be packed as well as it likes

# Manuscripts, in a folder or a zip
MANUSCRIPT_FILES = 20_000
MANUSCRIPT_FILE = 64_000_000
MANUSCRIPT = 512_000_000  # of all files that are read
MANUSCRIPT_TEXT = 10_000_000  # a thesis of 300 pages has one million
MARKDOWN_TEXT = 3_000_000  # a hostile megabyte takes markdown-it some ten seconds

# Word documents
WORD_DOCUMENT = 300_000_000  # with its figures
WORD_PARTS = 20_000
WORD_PART = 60_000_000
WORD_INFLATED = 150_000_000  # of all parts that are read
