"""Every bound on sizes, depths and counts that protects from hostile or broken input, with its reason.

Sizes are in bytes, lengths of text in characters. A bound that is part of how something is recognized (characters
beside a name, words of a heading) is no protection, and stands with what it recognizes.
"""

# Any file
BLOCK = 1 << 16  # read at a time where the whole may be refused on the way

# YAML: projects, rules, the registry
YAML = 4_000_000  # the largest of our own files has 25,000
YAML_DEPTH = 40  # of lists and mappings: Python's stack is not for the file's author to fill
REGISTRY_INDEX = 16_000_000  # of some four hundred datasets it has 150,000
REGISTRY_SEAL = 10_000  # of what a registry says of itself, and of the name of the one in force
PROJECT_ITEMS = 10_000  # each is looked up by itself
LICENSE_EXPRESSION = 1_000  # each parenthesis costs the parser a level of the stack
LICENSE_FILE = 1_000_000  # the longest legal code has under 30,000
EVIDENCE_FILE = 100_000_000  # a scan of a long contract; it is read to hash it

COMPILED = 50_000_000  # that of the rules has 450,000

# Saved assessments
ASSESSMENT = 100_000_000  # that of all datasets together has ten million

# Locks, signatures and bundles
LOCK = 50_000_000  # that of a project of 10,000 items has some twenty million
SIGNATURE = 100_000_000  # it has the lock within it
SIGNATURES = 100  # of one project
BUNDLE_MEMBERS = 20_000
BUNDLE_FILE = 100_000_000  # as one document of evidence, or one assessment
BUNDLE = 500_000_000  # of all files in it; they are held in memory

# XML and zips
XML_TAGS = 2_000_000  # a thesis of 300 pages in Word has half a million
ZIP_DIRECTORY = 8_000_000  # of a zip's own list of its members, which is read as a whole
ZIP_RATIO = 200  # deflate packs text some four times, and never more than 1032 times
ZIP_RATIO_FROM = 1_000_000  # a small file may be packed as well as it likes

# Cohort files
COHORT_FILE = 10_000_000_000  # read line by line, so that only time grows with it
COHORT_BLOCK = 1 << 20  # read at a time to count lines
COHORT_FILES = 10_000  # of one folder that may list data; each is opened
FOLDER_FILES = 10_000_000  # of one folder, counted before any is opened; NLST as DICOM has some twenty million
FOLDER_DEPTH = 64  # of folders in folders
DICOM_START = 65_536  # bytes of a DICOM file that nearly always have the UIDs of its series
DICOM_HEADER = 4_000_000  # that are read where the first are not enough
DICOM_DIRECTORY = 100_000_000  # of a DICOMDIR, which lists a whole disk
COHORT_LINE = 1_000_000  # held in memory as a whole
COHORT_LINES = 4_000_000  # of a list that Python reads; DuckDB takes any number
COHORT_SERIES = 3_000_000  # held in memory by Python; DuckDB takes any number
COHORT_XML = 20_000_000  # parsed as a whole; the largest reading of LIDC-IDRI has 4,000,000
COHORT_BESIDE = 100_000  # datasets and licenses, in all combinations, that rows state beside their entries
COHORT_JSON = 250_000_000  # held in memory as a whole; a million series with their headings have a hundred million
COHORT_JSON_VALUES = (
    20_000_000  # of which each takes some 50 bytes of memory; a million series have some ten values each
)
WORKBOOK = 250_000_000  # held in memory as a whole; a sheet can have a million rows
WORKBOOK_PARTS = 10_000
WORKBOOK_PART = 1_000_000_000
WORKBOOK_INFLATED = 2_000_000_000
WORKBOOK_MERGED = 100_000  # cells of one sheet that are merged
WORKBOOK_MERGED_COLUMNS = 50  # that are merged over the same row; each is looked at again in each row
COHORT_NAMES = 10_000  # the registry has some four hundred
COHORT_SENTENCES = 5_000  # around what is listed, each of which may name a dataset
COHORT_SENTENCE = 2_000  # characters
COHORT_UNREAD = 500_000_000  # they are only counted
COHORT_UNREAD_AT_FIRST = 100_000  # before anything is understood
ADDRESS = 2_000  # of a page
DATASET_NAME = 300  # comparing it takes time by its length; the longest title of the registry has 221
QUERY_MEMORY = "800MB"  # of DuckDB: a million series take a fifth of it; what is more goes into temporary files
QUERY_BUFFER = 8_000_000  # of a table as text, at once and by each thread; its lines are shorter
QUERY_THREADS = 2  # of DuckDB: more would be little faster, and take memory each

# Manuscripts, in a folder or a zip
MANUSCRIPT_FILES = 20_000  # of a zip
MANUSCRIPT_LISTED = 100_000  # of a folder, the nearest first; most are no documents and are not opened
MANUSCRIPT_FILE = 64_000_000
MANUSCRIPT = 512_000_000  # of all files that are read
MANUSCRIPT_TEXT = 10_000_000  # a thesis of 300 pages has one million
MANUSCRIPT_DOCUMENTS = 500  # of one folder, each read with all that it includes
MANUSCRIPT_TEXTS = 100  # plain texts of one folder that are looked at: most are lists and logs
MANUSCRIPT_PROSE = 1_000_000  # of one that is found in a folder; a thesis has as much
METADATA_DEPTH = 12  # of CSL's JSON and YAML, which has three levels

# BibTeX
BIBTEX_BLOCKS = 100_000  # entries, comments and strings
BIBTEX_UNFOLDED = 1_000_000  # macros (`@string`) can be nested so that a small file would unfold to gigabytes
BIBTEX_PROBLEMS = 50  # more is the same mistake, or no BibTeX
BIBTEX_RELATED = 20_000  # entries that stand for others once more
BIBTEX_SHARED = 20  # `xdata` of one entry, which may name others
BIBTEX_SHARED_FIELDS = 100_000  # fields that entries take from others, each once more
BIBTEX_REPEATED = 20  # keys that occur twice and are told one by one
BIBTEX_FILE = 50_000_000  # that references are written into

# reStructuredText
RST_TEXT = 500_000  # of one document with all that it includes, and of what its substitutions unfold to
RST_INCLUDED = 500  # files
RST_PROBLEMS = 20  # that are told
RST_WARNINGS = 500  # of docutils, each of which may have cost a look at a whole paragraph

# Programs and notebooks
CODE = 1_000_000  # of one program; Pygments takes a second for it, five if it is hostile

# Markdown
MARKDOWN_TEXT = 1_500_000  # of one file; a hostile megabyte takes markdown-it half a minute and half a gigabyte
MARKDOWN_INCLUDED = 1_000  # files
MARKDOWN_INCLUSION_DEPTH = 30  # files that include each other would never end
MARKDOWN_DEPTH = 60  # beyond its own bound markdown-it drops what it should print; a line is prose from here on
MARKDOWN_NOTE_DEPTH = 3  # of notes in notes
MARKDOWN_NOTE_LABEL = 200
MARKDOWN_METADATA = 100  # blocks of YAML
MARKDOWN_EMPTY_CELLS = 20_000  # markdown-it fills short rows up, with 30,000 cells and more a kilobyte

# HTML
HTML_TEXT = 10_000_000  # of one page; a saved article has under one million
HTML_STYLE_RULES = 500  # that may hide something

# LaTeX
LATEX_CHARACTERS = 30_000_000  # of all files that are included
LATEX_INCLUSION_DEPTH = 25  # files that include each other would never end
LATEX_TOKENS = 1_000_000  # of one file
LATEX_EXPANDED = 500_000  # tokens of macros, which may double with each
LATEX_TEXT_OF_TOKEN = 2  # characters that a macro prints and that count as one of its tokens
LATEX_VARIANTS_COST = 200  # tokens that a command counts as whose definition is in doubt
LATEX_DEPTH = 60  # of macros in macros
LATEX_PROBLEMS = 100
LATEX_CONDITION_SHOWN = 60  # characters of a condition, in the words of a doubt
LATEX_DOUBTS = 100  # different ones of one file; each is a text of its own
LATEX_CASES = 100  # of one `\ifcase`
LATEX_VARIANTS = 4  # of one command that is defined under conditions
LATEX_NUMBER = 300  # characters of a number or name in a condition
LATEX_COMPARED = 300  # tokens of each of two macros
LATEX_OPERAND = 100  # characters of what a condition compares
LATEX_OPERAND_DEPTH = 20  # of macros in what a condition compares
LATEX_WHITE = 5_000  # tokens that one `\color{white}` is followed for
LATEX_HEADING = 200  # characters of one
LATEX_VERB = 1_000  # a delimiter without its second one would be looked for to the end of the file each time
LATEX_COMMAND_NAME = 40  # tokens between `\csname` and `\endcsname`
LINK_TARGET = 3_000  # a macro may double its argument

# Word documents
WORD_DOCUMENT = 300_000_000  # with its figures
WORD_PARTS = 20_000
WORD_PART = 60_000_000
WORD_INFLATED = 150_000_000  # of all parts that are read
WORD_PARAGRAPHS = 100_000  # a thesis of 300 pages has 10,000 with the cells of its tables
WORD_CHARACTERS = 5_000_000  # of text; the thesis has one million
WORD_SOURCE_PARTS = 50  # in which bibliographies may stand
WORD_FIELD_DEPTH = 100  # of fields in fields
WORD_STYLE_ANCESTORS = 20  # styles that are based on each other would never end
WORD_PROBLEMS = 20

# PDF files. Work is counted in bytes of page content to interpret: pypdf does a million a second, a page of text has
# 20,000.
PDF_FILE = 300_000_000
PDF_PAGES = 5_000
PDF_WORK = 30_000_000
PDF_WORK_OF_PAGE = 4_000_000
PDF_WORK_OF_FAILURE = 500_000  # what a page is counted as that cannot be read
PDF_WORK_OF_FONT = 1_200  # what a font is counted as, besides its own tables
PDF_FONT_CODES = 100_000  # a font has 65,536 glyphs at most
PDF_CHARACTERS = 20_000_000
PDF_LINKS = 1_000  # of one page
PDF_BOOKMARKS = 20_000

# Wordings that are looked for in a manuscript
WORDING = 5_000  # of one that a rule or a registry entry prescribes
WORDING_OCCURRENCES = 5_000  # of its beginning
WORDING_ENDS = 20  # that belong to one beginning
WORDING_WINDOWS = 300  # in which an altered wording may stand

# Citation styles: small programs
STYLE = 500_000  # the largest published style has 250,000
STYLE_STEPS = 20_000  # the longest published style takes 4,600 for one reference

# What the archives publish
SNAPSHOT = 64_000_000
CARRIED_FILES = 200  # of a registry that no source answers for; ours has seven
SNAPSHOT_RECORDS = 5_000  # TCIA has some four hundred datasets
ANSWER = 64_000_000  # bytes of one answer, unpacked; a page of TCIA's has some two million
ANSWER_RECORDS = 50_000  # of one list; TCIA has some two thousand downloads, and NLST 26,000 patients
ANSWER_PAGES = 500  # of one list; TCIA's have up to thirty
ANSWER_DEPTH = 40  # of lists and objects in an answer; DataCite's have seven
IDC_ROWS = 20_000  # of one question to its index
APA_CITATION = 10_000  # patterns with many authors are matched against it

# What is said to a user
MESSAGE = 2_000  # an error may quote what was read

# Release folders: cards, bundles' metadata, licenses
RELEASE_FILE = 4_000_000  # of one that says what is released; YAML's parser takes a second for three million
RELEASE_FILES = 500  # that say something, of one folder
RELEASE_STATEMENTS = 1_000  # of one file; a card names some ten
RELEASE_LOOKED_AT = 500  # JSON files that may say something whatever they are called; a dataset may have a thousand
RELEASE_PASSED_OVER = 200  # files that are named as not read
RELEASE_SOURCES = 2_000  # of which the SPDX headers are read
RELEASE_HEADER = 4_096  # bytes of a source in which its SPDX header stands

# Tables that are audited: of any number of rows, which the engine reads in turn
AUDIT_MEMORY = "900MB"  # of DuckDB: 100 million rows in 50 groups take half of it
AUDIT_FILES = 100_000  # of one table
AUDIT_ENTRIES = 500_000  # of the folder of a table, with what lies beside its files
AUDIT_COLUMNS = 10_000
AUDIT_GROUPS = 2_000  # each is judged, and all are held in memory; a table has some ten projects, or a hundred
AUDIT_GROUP_NAME = 1_000  # each is held in memory, and shown
AUDIT_NAME = 300  # of a table or column
AUDIT_PASSES = 64  # over the table, where its groups do not fit into memory at once
AUDIT_ANSWER = 2_000_000  # rows of a warehouse on series that it looked up: groups by what IDC says
AUDIT_VERSIONS = 5  # of IDC in one answer
AUDIT_EXACT = 5_000_000  # rows up to which unknown series are counted one by one
