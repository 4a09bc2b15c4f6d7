"""Words for images and for work on data beside a name: `5,000 NLST CT scans`, `trained on Pancreas-CT`."""

import re

from tcia_policy.lazy import pattern

_BEFORE = 60  # characters before a name that say what it is
_AFTER = 120
_LAST_WORD = 12
_SOME_IMAGES = (
    r"(?:scans?|images?|(?:LD|CB)?CTs|MRIs|volumes?|slides?|WSIs?|radiographs?|mammograms?|x-?rays|examinations?|exams?"
    r"|scan\s+series|annotations?|segmentations?|masks?|contours?|nodules?)"
)
_KIND_OF_IMAGE = (
    r"(?:low[\s-]dose|contrast[\s-]enhanced|non[\s-]contrast|whole[\s-]slide|chest|thoracic|abdominal|thorax|lung|breast"
    r"|prostate|brain|screening|baseline|follow-up|pre-?treatment|training|test|testing|validation|raw|original|public"
    r"|axial|3D|2D|DICOM|LDCT|CT|PET/CT|PET-CT|PET|MRI|MR|DCE|DCE-MRI|T[12]w?|T[12]-weighted|H&E|FFPE"
    r"|(?:participant|patient|subject)s?['’]s?)"
)
_IMAGES_AFTER = pattern(
    rf"(?:['’]s?)?(?:\s*\[[^\[\]]{{0,40}}\])?\s+(?:{_KIND_OF_IMAGE}\s+){{0,4}}{_SOME_IMAGES}\b", re.IGNORECASE
)
_CASES_AFTER = pattern(r"\s+(?:subjects|cases|participants)\b", re.IGNORECASE)
_IMAGES_FROM = pattern(
    rf"\b(?:{_SOME_IMAGES}|data|cases|nodules)\s+(?:(?:were|was|are|is|that\s+were)\s+)?"
    r"(?:(?:obtained|taken|drawn|retrieved|sourced|selected|downloaded|collected|sampled)\s+)?from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_IMAGES_OF = pattern(rf"\b{_SOME_IMAGES}\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_WORK_ON = pattern(
    r"\b(?:(?:pre-?)?train(?:ed|ing)?|fine-?tun(?:ed|ing)|evaluat(?:ed|ion|e)|validat(?:ed|ion|e)|test(?:ed|ing)?"
    r"|benchmark(?:ed|ing)?|experiments?|results?|performance|generali[sz](?:ed?|ation)|calibrated|tuned)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:on|using|with|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ENDS_A_PHRASE = pattern(
    r"\s*(?:[,;:.)\]\[(]|$|\n\n|(?:and|or|but|with|using|for|to|we|while|whereas|achieved|achieves|showed|yielded)\b|&)"
)


def images_after(text: str, end: int, *, also_cases: bool = False) -> bool:
    """Return whether words for images follow a name (`NLST low-dose CTs`, `NLST participants' scans`).

    `also_cases` says that words for those who were imaged do, too (`LIDC subjects`).
    """
    if also_cases and _CASES_AFTER.match(text, end, end + _AFTER):
        return True
    return _IMAGES_AFTER.match(text, end, end + _AFTER) is not None


def images_from(text: str, start: int) -> bool:
    """Return whether images or data are said to be from a name (`scans from the NLST`)."""
    return _ends(text, start, "from") and _IMAGES_FROM.search(text[max(0, start - _BEFORE) : start]) is not None


def images_of(text: str, start: int) -> bool:
    """Return whether images are said to be of a name (`slides of CATCH`)."""
    return _ends(text, start, "of") and _IMAGES_OF.search(text[max(0, start - _BEFORE) : start]) is not None


def work_on(text: str, start: int, end: int) -> bool:
    """Return whether a model is said to be trained or tested on a name alone (`trained on Pancreas-CT and ...`)."""
    if not _ends(text, start, "on", "using", "with", "to"):
        return False
    is_object = _WORK_ON.search(text[max(0, start - _BEFORE) : start]) is not None
    return is_object and _ENDS_A_PHRASE.match(text, end, end + 20) is not None


def _ends(text: str, start: int, *words: str) -> bool:
    """Return whether the text before `start` ends with one of the words, or with `the`; quick, for most does not."""
    return text[max(0, start - _LAST_WORD) : start].rstrip().lower().endswith((*words, "the"))
