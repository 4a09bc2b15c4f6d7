"""What `--set` may replace."""

from tcia_policy.engine.settings import settable


def test_the_keys_that_may_be_set_are_those_of_the_use_and_of_positions() -> None:
    keys = settable()
    assert {"use.purpose", "use.activities", "use.country", "positions.model-is-adaptation"} <= set(keys)
    assert not any(key.startswith(("data", "permissions", "agreements")) for key in keys)
