"""What a study does, and what leaves it."""

from enum import StrEnum


class Activity(StrEnum):
    """What is done with the data or with what came out of them.

    `annotate`: draw or write on the data without sharing it. `fine-tune`: train weights on, or train on the data.
    `evaluate`: test a model on the data. `use-hosted-service`: send the data to a service that others run, such as an
    AI model on the web. `teach`: show the data to students. `clinical-use`: let the care of patients rest on it.
    """

    ANALYZE = "analyze"
    ANNOTATE = "annotate"
    TRAIN_MODEL = "train-model"
    FINE_TUNE = "fine-tune"
    EVALUATE = "evaluate"
    USE_HOSTED_SERVICE = "use-hosted-service"
    TEACH = "teach"
    PUBLISH_RESULTS = "publish-results"
    PUBLISH_FIGURES = "publish-figures"
    SHARE_DERIVED_DATA = "share-derived-data"
    REDISTRIBUTE_DATA = "redistribute-data"
    RELEASE_MODEL = "release-model"
    HOST_ACCESS = "host-access"
    USE_IN_PRODUCT = "use-in-product"
    CLINICAL_USE = "clinical-use"


class OutputKind(StrEnum):
    """What leaves the study.

    `labels`: classes and scores by image or patient. `embeddings`: vectors that a model made of the data. `text`:
    reports and captions made from the data. `code`: programs, which contain none of the data.
    """

    DATASET_COPY = "dataset-copy"
    DERIVED_IMAGES = "derived-images"
    SEGMENTATIONS = "segmentations"
    LABELS = "labels"
    FEATURES = "features"
    EMBEDDINGS = "embeddings"
    SYNTHETIC_IMAGES = "synthetic-images"
    TEXT = "text"
    MODEL = "model"
    FIGURES = "figures"
    ARTICLE = "article"
    CODE = "code"
