from tcia_policy.documents.model import SourceLocation
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic

HERE = SourceLocation("README.md", 3)


def stated(topic: Topic, text: str) -> Stated:
    return Stated(topic, text, topic.value, HERE)


def test_what_all_files_say_of_one_topic_comes_in_the_order_of_the_files() -> None:
    card = ReleaseFile("README.md", "card", Released.MODEL, (stated(Topic.LICENSE, "mit"), stated(Topic.TITLE, "x")))
    other = ReleaseFile("LICENSE", "license", Released.UNKNOWN, (stated(Topic.LICENSE, "Apache-2.0"),))
    release = Release("model/", (card, other))
    assert [each.text for each in release.about(Topic.LICENSE)] == ["mit", "Apache-2.0"]
    assert release.about(Topic.BASE_MODEL) == ()
