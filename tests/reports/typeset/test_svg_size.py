import pytest

from tcia_policy.reports.typeset.svg_size import svg_size


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('<svg width="200" height="50px">', (200, 50)),
        ('<svg width="100%" height="50" viewBox="0 0 400 100">', (400, 100)),
        ("<svg viewBox='-1,-2,40.5,10'>", (40.5, 10)),
        ('<svg width="0" height="0">', (1, 1)),
        ("<svg>", (300, 150)),
        ("", (300, 150)),
    ],
)
def test_the_size_is_that_of_the_head(head: str, size: tuple[float, float]) -> None:
    assert svg_size(head) == size
