"""How sentences, and titles of sections, speak of the study itself, of plans, and of the work of others."""

import re

from tcia_policy.lazy import pattern

_VERB = (
    r"(?:us(?:e|es|ed|ing)|utili[sz]\w+|employ\w*|analy[sz]\w+|train\w*|pre-?train\w*|fine-?tun\w*|test(?:ed|ing)?"
    r"|evaluat\w+|validat\w+|download\w*"
    r"|obtain\w*|select\w*|includ\w+|pool\w*|split|segment\w*|process\w*|acquir\w+|appl(?:y|ied)|stud(?:y|ied)"
    r"|retriev\w+|took|take\w*|draw\w*|drew"
    r"|benchmark\w*|adopt\w*|experiment\w*|annotat\w+|merg\w+|combin\w+|preprocess\w*|normali[sz]\w+|comput\w+"
    r"|measur\w+|converted|registered)"
)
CLAUSE_ENDS = pattern(
    r";|(?<!\bal)\.\s+(?=(?:trained|used|proposed|evaluated|tested|reported|analy[sz]ed|applied|developed"
    r"|presented|introduced|achieved)\s)"
    r"|(?:,\s*|\s)(?=(?:but|whereas|while|although|though|so|which|that|who)\s)|,?\s(?=and\s+(?:will|plan|intend"
    r"|hope|we|it)\s)",
    re.IGNORECASE,
)
FIRST_PERSON = pattern(
    r"\b(?:[Ww]e|[Oo]ur|ours|us|I|[Mm]y)\b|\b[Tt]his\s+(?:work|study|paper|article|thesis|project|model|network"
    r"|repository|report|notebook)\b"
    r"|\b[Tt]he\s+(?:present|proposed|current)\s+\w+|\b[Hh]ere(?:in)?\b"
)
REVIEWS = pattern(
    r"\b[Ww]e\s+(?:\w+\s+){0,1}(?:review|survey|summari[sz]e|list|discuss|refer|mention|describe|cover)\w*\b"
    r"|\b[Tt]his\s+(?:\w+\s+)?(?:review|survey|overview)\b"
)
OWN_USE = pattern(
    rf"\b(?:we|I)\b\s+(?:(?!not\b|never\b|will\b|plan\b)\w+\s+){{0,3}}?{_VERB}\b"
    rf"|\bour\s+(?:\w+\s+){{0,2}}?(?:training|test|data|model|experiments?|network|evaluation|method)\b"
    rf"|\bthis\s+(?:work|study|paper|model|network|project)\s+(?:\w+\s+){{0,2}}?{_VERB}\b|\buse\s+(?:it|them)\b",
    re.IGNORECASE,
)
PASSIVE_USE = pattern(
    rf"\b(?:was|were|is|are|been|being)\s+(?:(?!not\b|never\b|an?\b|the\b|one\b|commonly\b|widely\b|often\b)\w+\s+){{0,2}}?{_VERB}\b",
    re.IGNORECASE,
)
MADE_ON = pattern(
    r"(?<!be )\b(?:trained|tested|evaluated|validated|fine-?tuned|pre-?trained|based|derived|computed|built"
    r"|obtained|downloaded|taken)"
    r"\s+(?:\w+\s+)?(?:on|with|from|using)\s+(?:the\s+)?[^,;]{0,60}$",
    re.IGNORECASE,
)
_PLAN_VERB = (
    r"(?:use|used|include|included|evaluate|evaluated|test|tested|validate|validated|train|trained|extend"
    r"|extended|add|added|apply|applied|incorporate|incorporated"
    r"|explore|explored|investigate|investigated|consider|considered|repeat|repeated|analy[sz]ed?|assess|assessed"
    r"|serve|fine-?tuned?|benchmark(?:ed)?|expand(?:ed)?"
    r"|integrated?|employ(?:ed)?|be\s+(?:validation|training|testing|an?\s+\w+))"
)
PLAN = pattern(
    rf"\b(?:will|shall|could|should|would|might)\s+(?:(?!not\b)\w+\s+){{0,2}}?{_PLAN_VERB}\b"
    r"|\b(?:[Ii]n|[Ff]or|[Aa]s)\s+(?:the\s+|our\s+)?(?:near\s+)?future\b|\b[Ff]uture\s+(?:work|stud\w+|research"
    r"|directions?|versions?|releases?|experiments?|investigations?)\b"
    r"|,\s+(?:an?|the)\s+(?:\w+\s+)?candidates?\s+for\b|\b(?:is|are|would\s+be)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?candidates?\s+for\b"
    r"|\b[Ff]urther\s+(?:work|research|studies)\b|\bnext\s+(?:step|aim|goal)s?\b|\bremains?\s+to\s+be\b"
    r"|\bstill\s+to\s+be\b|\b(?:has|have)\s+yet\s+to\b"
    r"|\b(?:[Ww]e|authors|I)\s+(?:\w+\s+)?(?:plan|intend|hope|aim)\b|\bare\s+planning\b|(?<![Aa]s )\b(?:is"
    r"|are)\s+planned\b|\bplan(?:s|ned)?\s+to\b"
    r"|\b(?:is|are)\s+(?:pending|under\s+way|in\s+progress|ongoing)\b|\b[Ww]e\s+are\s+(?:currently|now)\s+\w+ing\b"
    r"|\bwould\s+be\s+(?:interesting|desirable|useful|worth\w*)\b|\bTODO\b|^\s*-\s+\[ \]"
    r"|\b(?:[Tt]raining|[Tt]esting|[Ee]valuati(?:on|ng)|[Vv]alidati(?:on|ng)"
    r"|[Ff]ine-?tuning)\b[^,;]{0,60}\b(?:may|might|could|would)\b"
)
TO_USERS = pattern(r"\b(?:you|users?|readers?|your)\b", re.IGNORECASE)
_HAVE_DONE = (
    r"(?:(?:have|has|had|was|were|are|is)\b|report\w*\b|propos\w+\b|present\w*\b|achiev\w+\b|publish\w*\b|introduc\w+\b"
    rf"|develop\w*\b|{_VERB}\b)"
)
OTHERS = pattern(
    rf"(?<!\bof )(?<!\bby )(?<!\blike )(?<!\bwith )(?<!\bfrom )\b[A-Z][\w'’-]+\s+(?:et\s+al\.?,?"
    rf"|and\s+(?:colleagues|co-?workers))\s*(?:\[[\d,\s–-]*\]|\(\d{{4}}\w?\)|\(\))?\s*(?:\w+ly\s+)?{_HAVE_DONE}"
    rf"|(?<!like )(?<!than )(?<!those of )(?<!with )(?<!to )(?<![Aa]s in )(?<!of )\b(?:[Pp]revious|[Pp]rior"
    rf"|[Ee]arlier|[Rr]ecent|[Ss]everal|[Mm]any|[Mm]ost|[Oo]ther|[Ee]xisting|[Ss]ome|[Nn]umerous"
    rf"|[Vv]arious|[Rr]elated|[Ff]ew)\s+(?:\w+\s+){{0,2}}?(?:stud(?:y|ies)|works?|authors?|approaches|methods?"
    rf"|groups?|papers?|researchers|models?|networks?|algorithms?"
    rf"|teams|publications?|efforts|investigators)\b\s*(?:\([^()]{{0,60}}\)\s*)?(?:\w+ly\s+)?{_HAVE_DONE}"
    rf"|\b(?:[Tt]he|[Tt]heir)\s+authors\s*(?:of\s+\[[\d,\s–-]+\]\s*)?(?:\w+ly\s+)?{_VERB}\b"
    rf"|\b[Rr]esearchers\s+(?:have|has|had|{_VERB})\b|\b[Tt]heir\s+(?:work|study|paper|model|network|method|approach|algorithm|system)\b"
    rf"|^\W*[Oo]thers\s+(?:\w+ly\s+)?{_HAVE_DONE}|^\W*[Tt]hey\s+(?:have\s+|also\s+|\w+ly\s+)?(?:used?|trained?|evaluated?|tested)\b"
    rf"|\b(?:work|study|paper|method|model|approach)\s+(?:in|of)\s+\[[\d,\s–-]+\]\s+{_HAVE_DONE}"
    r"|^\s*[Ii]n\s+\[[\d,\s–-]+\]\s*,"
    rf"|(?<!\bas )\b(?:{_VERB}|proposed|reported)\s+in\s+(?:[Rr]ef\w*\.?\s*)?\[\d"
    rf"|(?<!\bas )\b{_VERB}\s+by\s+(?:[A-Z][\w'’-]+\s+(?:et\s+al|and\s+[A-Z])|(?:many|several|others?|most"
    rf"|previous|prior|other)\b)"
    rf"|\b(?:has|have)\s+been\s+(?:\w+ly\s+)?{_VERB}\b|\b(?:is|are)\s+(?:widely|commonly|frequently|often)\s+used\b"
    r"|\bin\s+the\s+literature\b|^\s*(?:trained|used|proposed|evaluated|tested|analy[sz]ed|applied|developed"
    r"|presented|introduced)\s+(?!on\b|with\b|from\b|using\b|in\b|for\b|by\b|to\b|as\b)"
)
CATALOG = pattern(
    r"\b(?:public|publicly\s+available|open|popular|well-known|common|commonly\s+used|widely\s+used|existing"
    r"|available)\s+(?:\w+\s+){0,2}?"
    r"(?:data\s?sets?|benchmarks?|collections|databases|resources|repositories)\s*,?\s*(?:such\s+as|like"
    r"|includ\w+|are\b|e\.g|among\s+them|have\s+enabled)"
    r"|\bone\s+of\s+the\s+(?:most|largest|first|best)\b|\ba\s+(?:popular|commonly\s+used|widely\s+used"
    r"|well-known)\s+(?:data\s?set|benchmark|collection|database)\b"
    r"|\bdata\s?sets\s+used\s+in\b|\bthere\s+(?:are|exist)\s+(?:\w+\s+){0,4}?(?:data\s?sets|collections"
    r"|databases)\b|\b(?:lists|summarizes)\s+(?:\w+\s+){0,2}?(?:data\s?sets|collections)\b",
    re.IGNORECASE,
)
CITED_IN_BRACKETS = pattern(r"\([^()]{0,120}\d{4}[a-z]?\)|\((?:see\s+)?[^()]{0,80}\bet\s+al[^()]{0,40}\)")
FUTURE = pattern(r"\bfuture\b|\boutlook\b|\bnext\s+steps\b|\broad\s?map\b|\bto-?do\b|\bplanned\b", re.IGNORECASE)
OF_EXCLUDED = pattern(r"\b(?:excluded|unused|omitted)\b|\bnot\s+(?:used|included)\b", re.IGNORECASE)
RELATED = pattern(
    r"\b(?:related|prior|previous|earlier|existing|other)\s+(?:works?|stud(?:y|ies)|research|literature|methods"
    r"|approaches|art|data\s?sets)\b"
    r"|\bliterature\b|\bstate[\s-]of[\s-]the[\s-]art\b|\bsurvey\b|\bawesome\b|\bsimilar\s+(?:data\s?sets"
    r"|projects)\b|\bsee\s+also\b|\bfurther\s+reading\b"
    r"|\b(?:overview|list|review)\s+of\s+(?:\w+\s+){0,3}?(?:data\s?sets|collections|databases)\b",
    re.IGNORECASE,
)
INTRODUCTION = pattern(
    r"^[\W\d]*(?:introduction|background(?:\s+and\s+\w+)?|motivation|(?:clinical|medical)\s+background)\W*$",
    re.IGNORECASE,
)
SURVEY = pattern(
    r"\b(?:this|our|the\s+present)\s+(?:\w+\s+){0,2}?(?:survey|literature\s+review|systematic\s+review"
    r"|scoping\s+review|narrative\s+review|review\s+(?:article|paper|covers|summari[sz]es|discusses))\b"
    r"|\bwe\s+(?:\w+\s+)?(?:survey|review)(?:ed)?\s+(?:\w+\s+){0,3}?(?:data\s?sets|literature|studies|papers"
    r"|methods|publications)\b|\bPRISMA\b",
    re.IGNORECASE,
)
RELATIVE = pattern(r"\W*(?:that|which|who)\b", re.IGNORECASE)
USES_IT = pattern(
    r"\bwe\s+(?:(?!not\b|never\b)\w+\s+){0,2}?use[d]?\s+(?:it|them|both)\b|;\s*we\s+did\b|\bwe\s+did\s*[.;]"
    r"|,\s*we\s+used?\s*\.",
    re.IGNORECASE,
)
