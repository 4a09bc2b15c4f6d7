"""What a study does, and what leaves it."""

from enum import StrEnum


class Activity(StrEnum):
    """What is done with the data or with what came out of them."""

    ANALYZE = "analyze"
    TRAIN_MODEL = "train-model"
    PUBLISH_RESULTS = "publish-results"
    PUBLISH_FIGURES = "publish-figures"
    SHARE_DERIVED_DATA = "share-derived-data"
    REDISTRIBUTE_DATA = "redistribute-data"
    RELEASE_MODEL = "release-model"
    HOST_ACCESS = "host-access"
    USE_IN_PRODUCT = "use-in-product"


class OutputKind(StrEnum):
    """What leaves the study."""

    DATASET_COPY = "dataset-copy"
    DERIVED_IMAGES = "derived-images"
    SEGMENTATIONS = "segmentations"
    FEATURES = "features"
    MODEL = "model"
    FIGURES = "figures"
    ARTICLE = "article"
