"""The facts that only the files of a release show: false where no release was read."""

from functools import partial

from tcia_policy.rules.fact_type import FactType, Origin

_shown = partial(FactType, origin=Origin.RELEASE, of_study=True)


def release_facts() -> tuple[FactType, ...]:
    """Return the facts on a release as a whole, then the one on a data item."""
    return (
        _shown("release_folder.unread", "whether nothing in the release says anything of it"),
        _shown("release_folder.broken", "whether a file of the release could not be understood"),
        _shown("release_folder.unlicensed", "whether no file of the release states a license"),
        _shown("release_folder.not_understood", "whether a license in the release was not understood"),
        _shown("release_folder.disagrees", "whether two files of the release state two licenses"),
        _shown("release_folder.narrowed", "whether a sentence of the release gives less than its license"),
        _shown("release_folder.differs", "whether the release states another license than the project"),
        _shown("release_folder.undeclared", "whether the release states data that the project does not declare"),
        _shown("release_folder.names_undeclared", "whether the release names data that the project does not declare"),
        _shown("release_folder.base_model_undeclared", "whether the release has a base model that nobody declares"),
        _shown("release_folder.unclear", "whether the release does not say what it is"),
        _shown("release_folder.asked", "whether the release names data and does not say that it was made from them"),
        _shown("release_folder.denied", "whether the release says of data that they were not used"),
        _shown("release_folder.data_license", "whether a license of the data in the release was not understood"),
        _shown("release_folder.data_license_differs", "whether the release has a license of data that no source has"),
        FactType(
            "release_folder.permits_commerce",
            "whether the release offers what comes from the data under a license for commercial use",
            origin=Origin.RELEASE,
            sentence="the release offers what comes from the data for commercial use",
        ),
    )
