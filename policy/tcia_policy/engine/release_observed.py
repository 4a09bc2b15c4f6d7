"""What the files of a release show: what is missing, not understood, or contradicts another file or the project."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.engine.opened_release import OpenedRelease
from tcia_policy.engine.output_sources import named_by
from tcia_policy.engine.release_study import disagreeing, is_kind_unclear
from tcia_policy.evidence.observations import Observations, ReleaseObserved, ReleaseRemark
from tcia_policy.evidence.release.said import DataSaid, LicenseSaid, ReleaseSaid
from tcia_policy.evidence.release.verify_release import ReleaseVerifier
from tcia_policy.files.written_by import IS_OURS
from tcia_policy.model import Dataset, Holding
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.releases.model import Topic

LONGEST_QUOTE = 80
_WRITE = "write the license's identifier, such as `cc-by-nc-4.0`"


def observed_release(
    opened: OpenedRelease, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]
) -> ReleaseObserved:
    """Return everything that the files of the release show beside what is judged of data and licenses."""
    said = opened.verifier.said
    left = Observations() if opened.own is not None else opened.verifier.left_out(holdings, datasets)
    against = () if opened.own is None else tuple(_undeclared(opened.verifier, holdings, datasets))
    return ReleaseObserved(
        unread=tuple(ReleaseRemark(each.shown, "") for each in said.releases if not each.files),
        broken=tuple(_broken(said)),
        unlicensed=tuple(_unlicensed(said)),
        not_understood=(*_unread_licenses(said), *_unknown_licenses(said)),
        disagreeing=tuple(
            ReleaseRemark(second.where, _license(second), f"{_license(first)} in {first.where}")
            for first, second in disagreeing(said)
        ),
        narrowed=tuple(
            ReleaseRemark(each.where, _quoted(each.text), f"{_license(each.license)} in {each.license.where}")
            for each in opened.verifier.narrowings
        ),
        differing=tuple(_differing(opened)),
        undeclared=against,
        named=() if opened.own is None else tuple(_only_named(opened.verifier, holdings, datasets, against)),
        base_models=() if opened.own is None else tuple(_base_models(said, holdings)),
        unclear=_unclear(opened),
        data_licenses=tuple(_not_understood(said.data_licenses)),
        other_data_licenses=tuple(_other_data_licenses(said, holdings, datasets)),
        asked=tuple(ReleaseRemark(each.place, each.dataset, each.written) for each in left.asked),
        denied=tuple(ReleaseRemark(each.place, each.dataset, each.written) for each in left.denied),
    )


def _broken(said: ReleaseSaid) -> Iterator[ReleaseRemark]:
    """Yield what could not be read, of the folders and of their files. What this program wrote is nobody's mistake."""
    problems = [each for release in said.releases for each in release.problems]
    problems += [each for file in said.files for each in file.problems]
    for each in dict.fromkeys(problem for problem in problems if problem.problem != IS_OURS):
        yield ReleaseRemark(str(each.place), each.problem, each.hint or "write it as its format asks")


def _unlicensed(said: ReleaseSaid) -> Iterator[ReleaseRemark]:
    """Yield the releases of which no file states a license at all, at the file that ought to."""
    for release in said.releases:
        unread = any(file.unread_licenses for file in release.files)
        if release.files and not unread and not release.about(Topic.LICENSE):
            where = next((file.file for file in release.files if file.has_license_field), release.shown)
            yield ReleaseRemark(where, release.shown)


def _unread_licenses(said: ReleaseSaid) -> Iterator[ReleaseRemark]:
    """Yield the license fields that are there and could not be read, and what would be right."""
    for each in dict.fromkeys(problem for file in said.files for problem in file.unread_licenses):
        yield ReleaseRemark(str(each.place), each.problem, each.hint or _WRITE)


def _unknown_licenses(said: ReleaseSaid) -> Iterator[ReleaseRemark]:
    for each in _not_understood(said.licenses):
        text = f"“{each.text}” is no license that this tool knows"
        yield ReleaseRemark(each.place, text, f"{_WRITE}; of a license of your own, have counsel read the text")


def _not_understood(licenses: Sequence[LicenseSaid]) -> Iterator[ReleaseRemark]:
    for each in licenses:
        if each.license is None:
            yield ReleaseRemark(each.where, _quoted(each.stated.text))


def _other_data_licenses(
    said: ReleaseSaid, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]
) -> Iterator[ReleaseRemark]:
    """Yield each license that a file states of the data and no source does; none where some data have no known one."""
    if not holdings or any(holding.dataset is None and holding.license is None for holding in holdings):
        return
    parts = [part for holding in holdings if holding.dataset for part in datasets[holding.dataset].distributions]
    stated = [claim.license for part in parts for claim in part.claims]
    stated += [holding.license for holding in holdings if holding.license is not None]
    known = {one for license_ in stated for clause in clauses_of(license_) for one in clause}
    for each in said.data_licenses:
        if each.license is not None and not all(map(known.issuperset, clauses_of(each.license))):
            yield ReleaseRemark(each.where, each.license, " or ".join(dict.fromkeys(stated)))


def _differing(opened: OpenedRelease) -> Iterator[ReleaseRemark]:
    """Yield each license of a file that no output of the project of that kind has."""
    if opened.own is None:
        return
    places = {each.license: each.where for each in opened.verifier.said.licenses}
    for output in opened.stated:
        own = [each for each in opened.own if each.kind is output.kind]
        if output.license is not None and output.license not in {each.license for each in own}:
            said = " or ".join(dict.fromkeys(each.license or "no license" for each in own)) or "no such output"
            yield ReleaseRemark(places.get(output.license, ""), output.license, f"{said} for {output.kind.value}")


def _undeclared(
    verifier: ReleaseVerifier, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]
) -> Iterator[ReleaseRemark]:
    """Yield the data that a file states, cites or says were used, and that the project does not declare."""
    known = verifier.not_used | _known(holdings, datasets)
    for each in (*verifier.said.made_from, *verifier.said.tested_on):
        if known.isdisjoint(each.datasets) and (each.datasets or not named_by(each.stated.text, holdings)):
            yield ReleaseRemark(str(each.stated.place), _called(each))
    observed = verifier.left_out(holdings, datasets)
    used = frozenset(verifier.datasets_in_text)
    for seen in (*observed.cited, *(each for each in observed.named if each.dataset in used)):
        yield ReleaseRemark(seen.place, seen.dataset)


def _only_named(
    verifier: ReleaseVerifier,
    holdings: Sequence[Holding],
    datasets: Mapping[str, Dataset],
    told: Sequence[ReleaseRemark],
) -> Iterator[ReleaseRemark]:
    for name, place in verifier.undeclared(holdings, datasets).items():
        if name not in {each.text for each in told}:
            yield ReleaseRemark(place, name)


def _known(holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> frozenset[str]:
    """Return the ids of the datasets that are used, and of those that these were made from."""
    held = [datasets[holding.dataset] for holding in holdings if holding.dataset is not None]
    sources = {item.dataset for dataset in held for item in dataset.derived_from if item.dataset is not None}
    return frozenset(sources | {dataset.id for dataset in held})


def _base_models(said: ReleaseSaid, holdings: Sequence[Holding]) -> Iterator[ReleaseRemark]:
    for stated in said.base_models:
        if not named_by(stated.text, holdings):
            yield ReleaseRemark(str(stated.place), _quoted(stated.text))


def _unclear(opened: OpenedRelease) -> tuple[ReleaseRemark, ...]:
    """Return the releases of data whose kind no title tells; a project says it with its outputs."""
    said = opened.verifier.said
    if opened.own or not said.files or not is_kind_unclear(said):
        return ()
    return (ReleaseRemark(said.files[0].file, ", ".join(opened.verifier.read.paths)),)


def _license(each: LicenseSaid) -> str:
    return each.license or _quoted(each.stated.text)


def _called(each: DataSaid) -> str:
    return " and ".join(each.datasets) or _quoted(each.stated.text)


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 3]}..."
