"""What a release says of itself, as parts of a study: its outputs, the data that they come from, the activities.

A file counts as it stands: an output is judged under the license that its file states, also where the project states
another one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.evidence.release.said import TEXT_OF_LICENSE, DataSaid, LicenseSaid, ReleaseSaid
from tcia_policy.evidence.release.verify_release import ReleaseVerifier, of_registry
from tcia_policy.model import Activity, DataItem, OtherData, OtherKind, Output, OutputKind, Project, Use
from tcia_policy.releases.model import Released, Topic
from tcia_policy.rules.compatibility import load_compatibility
from tcia_policy.text.name_keys import compare_key

NOT_NAMED = "data that the release does not name"
LONGEST_NAME = 200
OF_DATA = frozenset(OutputKind) - {OutputKind.MODEL, OutputKind.FIGURES, OutputKind.ARTICLE, OutputKind.CODE}
_KINDS: Mapping[Released, OutputKind] = {
    Released.MODEL: OutputKind.MODEL,
    Released.CODE: OutputKind.CODE,
    Released.PUBLICATION: OutputKind.ARTICLE,
}
# What a title calls data of each kind.
_WORDS: Sequence[tuple[OutputKind, re.Pattern[str]]] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (OutputKind.SEGMENTATIONS, r"segmentation|\bmasks?\b|\bcontours?\b|delineation|annotation"),
        (OutputKind.FEATURES, r"\bradiomics?\b|\bfeatures?\b"),
        (OutputKind.EMBEDDINGS, r"\bembeddings?\b"),
        (OutputKind.SYNTHETIC_IMAGES, r"\bsynthetic\b|\bgenerated\b"),
        (OutputKind.TEXT, r"\bcaptions?\b|\breports?\b"),
        (OutputKind.LABELS, r"\blabels?\b"),
    )
)


def project_of(verifier: ReleaseVerifier) -> Project:
    """Return the study that a release describes by itself; what it does not say is unknown.

    Data outside the registry have no known license, and a release that names no data has some that nobody knows.
    """
    said = verifier.said
    tested = frozenset(of_registry(said.tested_on))
    made = tuple(dict.fromkeys((*of_registry(said.made_from), *_in_text(verifier, tested))))
    only_tested = tuple(name for name in of_registry(said.tested_on) if name not in made)
    others = _others(said.made_from)
    tested_others = tuple(name for name in _others(said.tested_on) if name not in others)
    base = tuple(dict.fromkeys(stated.text.strip()[:LONGEST_NAME] for stated in said.base_models))
    if not made and not others and not base:
        others = (NOT_NAMED,)
    sources = _Sources((*made, *others), (*only_tested, *tested_others), base)
    outputs = tuple(sources.of(output) for output in outputs_said(said))
    return Project(
        title=_title(said),
        use=Use(activities=_releasing(outputs), outputs=outputs),
        data=(
            *(DataItem(dataset=name) for name in (*made, *only_tested)),
            *(DataItem(other=OtherData(name=name)) for name in (*others, *tested_others)),
            *(DataItem(other=OtherData(name=name, kind=OtherKind.MODEL)) for name in base),
        ),
        release=verifier.read.paths,
    )


def outputs_said(said: ReleaseSaid) -> tuple[Output, ...]:
    """Return what is released, once for each license that a file states for it; without one where none is understood.

    Data of a kind that is not told count as images that were changed, which is the strictest for them.
    """
    return tuple(
        Output(kind=kind, license=license_)
        for released in said.kinds or (Released.UNKNOWN,)
        for kind in _kinds_of(released, said)
        for license_ in licenses_of(released, said) or (None,)
    )


def with_outputs_of_files(project: Project, said: ReleaseSaid) -> tuple[Project, tuple[Output, ...]]:
    """Return the project with what its release states, and the outputs that a file states: those of the project too.

    An output of the project whose file states another license is there once more, under that license.
    """
    own = project.use.outputs or ()
    stated: list[Output] = []
    for output in outputs_said(said):
        alike = [each for each in own if _is_alike(each, output, said)]
        for each in alike or [output]:
            is_told = output.license is not None or each is output
            stated.append(each.model_copy(update={"license": output.license}) if is_told else each)
    added = tuple(output for output in dict.fromkeys(stated) if output not in own)
    use = project.use.model_copy(update={"outputs": (*own, *added)} if added else {})
    return project.model_copy(update={"use": use}), tuple(dict.fromkeys(stated))


def licenses_of(released: Released, said: ReleaseSaid) -> tuple[str, ...]:
    """Return every license that some file states of what is released, so that the strictest answer counts.

    A file that does not say what it is about is about all, unless it has the license of something else alone. A LICENSE
    file is about all that has no license of its own.
    """
    own = [each for each in said.licenses if each.released is released]
    of_others = {each.license for each in said.licenses if each.released not in (released, Released.UNKNOWN)}
    unsaid = [each for each in said.licenses if each.released is Released.UNKNOWN and each not in own]
    about_all = [each for each in unsaid if each.license not in of_others or (not own and _is_whole(each))]
    return tuple(dict.fromkeys(each.license for each in (*own, *about_all) if each.license is not None))


def _is_whole(each: LicenseSaid) -> bool:
    return each.stated.field == TEXT_OF_LICENSE


def is_kind_unclear(said: ReleaseSaid) -> bool:
    """Return whether data are released, or something is, of which no title says what kind of data it is."""
    of_data = [kind for kind in said.kinds or (Released.UNKNOWN,) if kind in (Released.DATA, Released.UNKNOWN)]
    return bool(of_data) and not _kinds_in_titles(said)


def _is_alike(stated: Output, output: Output, said: ReleaseSaid) -> bool:
    """Return whether an output of the project is what a file releases; data may be of any kind that is stated.

    Where no file says what is released, it is each output of the project.
    """
    if not said.kinds:
        return True
    if output.kind in OF_DATA and stated.kind in OF_DATA:
        return is_kind_unclear(said) or output.kind is stated.kind
    return output.kind is stated.kind


def _kinds_of(released: Released, said: ReleaseSaid) -> tuple[OutputKind, ...]:
    known = _KINDS.get(released)
    if known is not None:
        return (known,)
    return _kinds_in_titles(said) or (OutputKind.DERIVED_IMAGES,)


def _kinds_in_titles(said: ReleaseSaid) -> tuple[OutputKind, ...]:
    titles = " ".join(_titles(said))
    return tuple(kind for kind, words in _WORDS if words.search(titles))[:1]


def _titles(said: ReleaseSaid) -> Iterator[str]:
    return (stated.text for file in said.files for stated in file.about(Topic.TITLE))


def _title(said: ReleaseSaid) -> str | None:
    return next((" ".join(title.split())[:LONGEST_NAME] for title in _titles(said) if title.strip()), None)


def _in_text(verifier: ReleaseVerifier, tested: frozenset[str]) -> Iterator[str]:
    return (name for name in verifier.datasets_in_text if name not in tested)


def _others(said: Sequence[DataSaid]) -> tuple[str, ...]:
    """Return the names of data that the registry does not have, each once."""
    names: dict[str, str] = {}
    for each in said:
        name = " ".join(each.stated.text.split())[:LONGEST_NAME]
        if not each.datasets and name:
            names.setdefault(compare_key(name) or name, name)
    return tuple(names.values())


class _Sources:
    """The lists of an output: what it was made from, only tested on, and fine-tuned from."""

    def __init__(self, made: tuple[str, ...], tested: tuple[str, ...], base: tuple[str, ...]) -> None:
        self._made, self._tested, self._base = made, tested, base

    def of(self, output: Output) -> Output:
        """Return the output with its lists; without any where all data are what it was made from."""
        if not self._tested and not self._base:
            return output
        if output.kind is not OutputKind.MODEL:
            return output.model_copy(update={"made_from": self._made or None})
        lists = {"trained_on": self._made or self._base, "tested_on": self._tested, "base_model": self._base}
        return output.model_copy(update=lists)


def _releasing(outputs: Sequence[Output]) -> tuple[Activity, ...]:
    """Return the first activity that releases each output."""
    charts = load_compatibility().outputs
    return tuple(dict.fromkeys(charts[output.kind].released_by[0] for output in outputs))


def disagreeing(said: ReleaseSaid) -> Iterator[tuple[LicenseSaid, LicenseSaid]]:
    """Yield two statements of one thing that are not the same license, each pair of licenses once.

    Statements on paths of their own are on different things.
    """
    seen: dict[tuple[Released, tuple[str, ...]], LicenseSaid] = {}
    told: set[frozenset[str | None]] = set()
    for each in sorted(said.licenses, key=lambda one: one.released is Released.UNKNOWN):
        if each.license is None:
            continue
        others = [other for (kind, covers), other in seen.items() if _may_be_one(each, kind, covers)]
        differing = [other for other in others if other.license != each.license]
        pair = frozenset((each.license, differing[0].license)) if differing else frozenset()
        if differing and len(differing) == len(others) and pair not in told:
            told.add(pair)
            yield differing[0], each
        seen.setdefault((each.released, each.stated.covers), each)


def _may_be_one(each: LicenseSaid, kind: Released, covers: tuple[str, ...]) -> bool:
    return covers == each.stated.covers and (each.released is kind or each.released is Released.UNKNOWN)
