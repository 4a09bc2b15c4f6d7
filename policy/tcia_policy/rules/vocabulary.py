"""The typed vocabulary of facts: every name that a rule may use, its values, and how people read of it.

A fact's value is a set of words: one for most facts, any number for those that are `many` (`license.prohibits`).
`values` lists what may occur, so that a typing error in a rule is found when it is loaded; `None` means any text.

How to add a fact that a project states, such as whether an ethics committee has approved the study:

1. Give the project file a field for it, in `model/project.py`:
   `class Use: ethics_approved: bool | None = None` (left out it is `None`, and the fact unknown).
2. Declare the fact among `_FACTS` below:
   `_stated("use.ethics_approved", "whether an ethics committee has approved it", stated_at="use.ethics_approved")`.
   Without `values` it is a yes or no; the label of one begins with "whether". With `question="..."` it is asked for in
   your words, else by its label.
3. Run `python -m tcia_policy.schema`: it writes the schemas of the project file and of the assessment anew.
4. Add the field to the table in `docs/project-file.md`.

Nothing else is needed. Rules may ask `use.ethics_approved: true`, and its values are checked when they are loaded.
`check` reads it from the project, and asks for it by its label where a rule needs it. `--set use.ethics_approved=true`
supposes it, `explain` says that it comes from the project, and `rules show` has it in a sentence.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import get_args

from tcia_policy.model import (
    Access,
    Activity,
    Agreement,
    Archive,
    DatasetKind,
    HoldingKind,
    LicenseFamily,
    NoticeKind,
    Permission,
    Purpose,
    Route,
    WordOf,
)
from tcia_policy.model.holding import NOWHERE, REPOSITORIES
from tcia_policy.model.license import Permits, Prohibits, Requires
from tcia_policy.rules.compatibility import Ruling
from tcia_policy.rules.fact_type import FactType, Origin
from tcia_policy.rules.fact_value import Facts, known, truth
from tcia_policy.rules.release_facts import release_facts

UNDESCRIBED = "undescribed"


def _words(kind: type[StrEnum]) -> frozenset[str]:
    return frozenset(member.value for member in kind)


def _literal(kind: object) -> frozenset[str]:
    return frozenset(get_args(kind))


_AGREEMENTS = _literal(Agreement.model_fields["id"].annotation)
_GRANTS = _literal(Permission.model_fields["grants"].annotation)
_GIVE_LEAVE = frozenset({"data-owner", "access-committee"})
_REPOSITORY_WORDS = {route.value: REPOSITORIES.get(route, NOWHERE).short or "elsewhere" for route in Route}
_ACTIVITY_WORDS = {
    Activity.ANALYZE.value: "analyze the data",
    Activity.ANNOTATE.value: "annotate the data",
    Activity.TRAIN_MODEL.value: "train a model",
    Activity.FINE_TUNE.value: "fine-tune a model",
    Activity.EVALUATE.value: "test a model on the data",
    Activity.USE_HOSTED_SERVICE.value: "send the data to a hosted service",
    Activity.TEACH.value: "teach with the data",
    Activity.PUBLISH_RESULTS.value: "publish results",
    Activity.PUBLISH_FIGURES.value: "publish figures",
    Activity.SHARE_DERIVED_DATA.value: "share derived data",
    Activity.REDISTRIBUTE_DATA.value: "pass copies on",
    Activity.RELEASE_MODEL.value: "release a model",
    Activity.HOST_ACCESS.value: "give others access",
    Activity.USE_IN_PRODUCT.value: "use the data in a product",
    Activity.CLINICAL_USE.value: "let the care of patients rest on the data",
}
_HOLDING_WORDS = {
    HoldingKind.DATASET.value: "a dataset of the registry",
    HoldingKind.OTHER.value: "data from elsewhere, on the user's word",
    HoldingKind.OWN.value: "the institution's own data",
    HoldingKind.NOT_IN_IDC_INDEX.value: "series that IDC's index does not have",
    HoldingKind.UNLISTED_SOURCE.value: "series of a dataset that the registry does not know",
    HoldingKind.NOT_UNDERSTOOD.value: "something that could not be read",
}

_selected = partial(FactType, origin=Origin.SELECTION)
_registered = partial(FactType, origin=Origin.REGISTRY)
_licensed = partial(FactType, origin=Origin.LICENSE, may_change=True)
_stated = partial(FactType, origin=Origin.PROJECT, may_change=True, of_study=True)
_seen = partial(FactType, origin=Origin.MANUSCRIPT, of_study=True)
_recorded = partial(FactType, origin=Origin.EVIDENCE, may_change=True)

_FACTS = (
    # the data item
    _selected(
        "holding.kind",
        "what the selection resolved to",
        _words(HoldingKind),
        sentence="what is held is {}",
        words=_HOLDING_WORDS,
    ),
    _selected(
        "holding.obtained_from",
        "where the data were obtained",
        _words(Route),
        may_change=True,
        sentence="the data were obtained from {}",
        words=_REPOSITORY_WORDS,
    ),
    _selected(
        "holding.named_otherwise",
        "whether the file is named after another dataset",
        sentence="the file is named after another dataset",
    ),
    _selected(
        "holding.rows_name_others",
        "whether rows of the file name another dataset for these series",
        sentence="rows of the file name another dataset",
    ),
    _selected(
        "holding.counted_by",
        "by whose word series that IDC's index does not have are of the dataset",
        _words(WordOf),
        sentence="these series are of the dataset by the word of {}",
        words={
            WordOf.ROWS.value: "their rows",
            WordOf.FILE_NAME.value: "the name of the file",
            WordOf.PATIENTS.value: "their patients",
            WordOf.STUDIES.value: "their studies",
        },
    ),
    _selected(
        "holding.missing_from_idc",
        "whether IDC has the dataset and not these series",
        sentence="IDC has the dataset, but not these series",
    ),
    _selected("holding.removed_from_idc", "whether IDC has removed the series"),
    _selected(
        "copy.rows_license_differs",
        "whether rows of the file state a license that no source states of such a copy",
        sentence="rows of the file state another license than the sources",
    ),
    _selected("holding.license_open", "whether one of several licenses is to be chosen"),
    _selected("holding.registered", "whether the DOI stated is that of a dataset of the registry"),
    _selected("holding.named_like_registered", "whether it is named like a dataset of the registry"),
    _selected("holding.speaks_of_others", "whether its name or description has an archive, a challenge or a TCIA DOI"),
    _selected("holding.has_doi", "whether a DOI is known"),
    _selected(
        "holding.sources_known",
        "whether its series are listed, so that the collection of each is known",
        sentence="the series of the data are listed",
    ),
    _selected("holding.of_elsewhere", "whether it is a part that neither TCIA nor IDC has"),
    _selected("copy.from_own_place", "whether it came from the place that gives this dataset out itself"),
    _selected("copy.license_stated", "whether a license came with the copy"),
    _selected(
        "copy.altered",
        "whether the place that the copy is from had altered it or merged it with other data",
        may_change=True,
        of_item="altered",
        question="Was your copy altered, or merged with other data, before you got it?",
    ),
    _selected("holding.absent_from_idc", "whether IDC's index states no license for any part of it"),
    _selected(
        "holding.off_idc_record",
        "whether no index of IDC that was read has the dataset in the version or on the day stated",
    ),
    _selected(
        "holding.may_have_removed_series",
        "whether a copy of the version or day stated may have series that IDC removed since",
    ),
    _registered("dataset.id", "the dataset", None),
    _registered("dataset.kind", "the kind of dataset", _words(DatasetKind)),
    _registered(
        "dataset.archive",
        "the archive that publishes it",
        _words(Archive),
        sentence="the dataset is published by {}",
        words=_REPOSITORY_WORDS,
    ),
    _registered(
        "dataset.program", "the program it belongs to", None, many=True, sentence="the dataset is of the program {}"
    ),
    _registered("dataset.derived", "whether it was made from other datasets"),
    _registered(
        "sources.terms",
        "the terms of the datasets that it was made from",
        frozenset({"noncommercial", "share-alike", "controlled"}),
        many=True,
        sentence="some of the datasets that it was made from are {}",
    ),
    _registered("part.has_images", "whether the part has images"),
    _registered("dataset.partly_controlled", "whether some part of the dataset is under controlled access"),
    _registered(
        "notice.kinds",
        "notices on this part",
        _words(NoticeKind),
        many=True,
        sentence="a source has a notice on the data: {}",
    ),
    _registered(
        "access.study",
        "the dbGaP study that controlled parts of it are under",
        None,
        many=True,
        sentence="controlled parts of it are under {}",
        words={"not-found": "an accession that was not found"},
    ),
    # its license, as the sources state it
    _registered("claims.disagree", "whether the sources disagree on the license"),
    _registered("claims.of_earlier_copy", "whether another license was on record when the copy was obtained"),
    _registered("claims.stated_later", "whether all that is stated of its license was stated after this day"),
    _licensed("license.id", "the license", None),
    _licensed("license.known", "whether the license and its terms are known"),
    _licensed(
        "license.family",
        "the family of the license",
        _words(LicenseFamily) | {UNDESCRIBED},
        sentence="the license is of the family {}",
    ),
    _licensed("license.access", "access", _words(Access)),
    _licensed(
        "license.permits", "what the license permits", _literal(Permits), many=True, sentence="the license permits {}"
    ),
    _licensed(
        "license.requires",
        "what the license requires",
        _literal(Requires),
        many=True,
        sentence="the license requires {}",
    ),
    _licensed(
        "license.prohibits",
        "what the license prohibits",
        _literal(Prohibits),
        many=True,
        sentence="the license prohibits {}",
    ),
    # what the study does with it
    _stated(
        "use.purpose",
        "the purpose",
        _words(Purpose),
        stated_at="use.purpose",
        question="Is your use commercial or noncommercial?",
    ),
    _stated("use.activity", "the activity", _words(Activity), sentence="you {}", words=_ACTIVITY_WORDS),
    _stated("use.activities_stated", "whether the activities are stated"),
    _stated(
        "use.country",
        "the country where the work is done",
        None,
        stated_at="use.country",
        question="In which country is the work done?",
        sentence="the work is done in {}",
    ),
    _stated(
        "use.country_stated", "whether that country is stated", sentence="the country where the work is done is stated"
    ),
    _stated("use.outputs_stray", "whether an output is stated that no stated activity releases"),
    FactType(
        "release.ruling",
        "what the charts say of the outputs' licenses",
        _words(Ruling),
        Origin.CHARTS,
        many=True,
        sentence="the charts say of what is released: {}",
    ),
    FactType(
        "release.fine_tuned",
        "whether a model that is released was fine-tuned from it",
        origin=Origin.CHARTS,
        sentence="a model that is released was fine-tuned from it",
    ),
    _stated(
        "position.model-is-adaptation",
        "whether a model counts as an adaptation of its data",
        stated_at="positions.model-is-adaptation",
        question="Is your model an adaptation of its training data?",
        ask="counsel",
    ),
    _stated(
        "cptac.global_paper_published",
        "whether a global analysis paper on these data is published",
        of_study=False,
        stated_at="cptac.global_paper_published",
        question="Is CPTAC's global analysis paper on these data published?",
    ),
    _stated(
        "cptac.raw_data_public_15_months",
        "whether the last raw data have been public for 15 months",
        of_study=False,
        stated_at="cptac.raw_data_public_since",
        question="Since when have the last raw data of these CPTAC studies been public?",
    ),
    _stated(
        "cptac.raw_data_public_22_months",
        "whether the last raw data have been public for 22 months",
        of_study=False,
        stated_at="cptac.raw_data_public_since",
        question="Since when have the last raw data of these CPTAC studies been public?",
    ),
    _stated(
        "cptac.steering_committee_approval",
        "whether CPTAC's Steering Committee has approved it",
        of_study=False,
        stated_at="cptac.steering_committee_approval",
        question="Has CPTAC's Steering Committee approved your publication?",
        ask="CPTAC's Steering Committee",
    ),
    # what the manuscript and the files named with it show: false where nothing of the kind was seen
    _seen("manuscript.unread", "whether a manuscript is named of which nothing could be read"),
    _seen("manuscript.names_nothing", "whether the data are those that a manuscript names as used, and it names none"),
    _seen("manuscript.names_archive_alone", "whether such a manuscript names TCIA or IDC all the same"),
    _seen("manuscript.speaks_of_data", "whether such a manuscript speaks of data all the same, or was not read whole"),
    _seen("manuscript.cites_undeclared", "whether it cites a dataset that the project does not declare"),
    _seen("manuscript.names_undeclared", "whether it names a dataset that the project does not declare"),
    _seen("manuscript.may_have_used", "whether it names a dataset and does not say that the study used it"),
    _seen("manuscript.says_not_used", "whether it says that a dataset was not used"),
    _seen("outputs.license_file_differs", "whether a license file says another license", origin=Origin.FILES),
    # what the files of a release show
    *release_facts(),
    # what the documents of the evidence show
    _seen("evidence.counts_for_nothing", "whether some evidence counts for nothing", origin=Origin.FILES),
    _seen("evidence.grantor_in_doubt", "whether a grant is from somebody who is not recorded", origin=Origin.EVIDENCE),
    _seen("evidence.has_ended", "whether a grant or an agreement has ended", origin=Origin.EVIDENCE),
    _seen("evidence.grant_falls_short", "whether a grant leaves out something planned", origin=Origin.EVIDENCE),
    _seen("evidence.position_unsigned", "whether nobody signed a legal position", origin=Origin.EVIDENCE),
    # recorded evidence: never unknown, because only recorded evidence exists
    _recorded(
        "permission.grants",
        "permissions recorded",
        _GRANTS,
        many=True,
        lifts=True,
        sentence="a permission is recorded for {}",
    ),
    _recorded(
        "agreement.recorded",
        "agreements recorded that are for these data",
        _AGREEMENTS,
        many=True,
        lifts=True,
        sentence="an agreement that is for these data is recorded: {}",
        words={agreement: agreement for agreement in _AGREEMENTS},
    ),
    _recorded(
        "agreement.accessions",
        "dbGaP accessions approved that are for these data",
        None,
        many=True,
        lifts=True,
        sentence="an approved request is recorded for {}",
    ),
    _recorded("agreement.of_other_data", "whether an approved request is recorded that is not for these data"),
    _recorded("answer.permitted", "rules that an answer settles", None, many=True, sentence="an answer settles {}"),
    _recorded(
        "answer.leave_from",
        "who gives leave for the activity in a reply",
        _GIVE_LEAVE,
        many=True,
        sentence="{} gives leave for the activity",
        words={"data-owner": "the owner of the data", "access-committee": "the Data Access Committee"},
    ),
    _recorded("agreement.approval_may_have_lapsed", "whether an approval is older than a year"),
    _recorded(
        "copy.obtained_before_control", "whether the copy was obtained before TCIA's data were closed", may_change=False
    ),
)

_BY_NAME = {fact.name: fact for fact in _FACTS}
VOCABULARY: Mapping[str, FactType] = MappingProxyType(_BY_NAME)


def may_be_supposed(path: str) -> bool:
    """Return whether `--set` may replace this path of the project file, such as `use.purpose`.

    It may replace every key of a section that has such facts (`use.activities`), except facts that may not be replaced.
    """
    is_refused = any(fact.stated_at == path and not fact.may_be_supposed for fact in VOCABULARY.values())
    return not is_refused and path.partition(".")[0] in supposable_sections()


def supposable_sections() -> tuple[str, ...]:
    """Return the sections of the project file with facts that `--set` may replace, in the order of the vocabulary."""
    paths = [fact.stated_at for fact in VOCABULARY.values() if fact.stated_at is not None and fact.may_be_supposed]
    return tuple(dict.fromkeys(path.partition(".")[0] for path in paths))


NO_EVIDENCE: Facts = MappingProxyType(
    {fact.name: truth(False) if fact.is_yes_or_no else known() for fact in _FACTS if fact.origin is Origin.EVIDENCE}
)
"""The facts of evidence if none is recorded. They are never unknown, because only recorded evidence exists."""

LIFTING = tuple(fact.name for fact in _FACTS if fact.lifts)
"""The evidence that can lift a prohibition: grants and agreements."""
