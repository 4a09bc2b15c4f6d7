from tcia_policy.reports.screen.budget import Entry, Section, fitted


def section(*lengths: int, rank: int = 0, kind: str = "") -> Section:
    entries = tuple(
        Entry(tuple(f"{number}.{line}" for line in range(n)), kind=kind) for number, n in enumerate(lengths)
    )
    return Section(entries=entries, one="thing", several="things", rank=rank)


def lengths(found: list[list[str]]) -> list[int]:
    return [len(lines) for lines in found]


def test_everything_is_shown_where_it_fits() -> None:
    assert lengths(fitted([[section(3, 3)], [section(1, 1)]], 6)) == [6]


def test_sections_are_long_by_rank_as_far_as_there_is_space() -> None:
    full = [section(4, rank=1), section(4, rank=0)]
    short = [section(1, rank=1), section(1, rank=0)]
    assert lengths(fitted([full, short], 6)) == [1, 4]


def test_what_does_not_fit_is_counted_and_the_first_in_rank_has_half_the_lines_before_the_others() -> None:
    found = fitted([[section(*[1] * 10, rank=1), section(*[1] * 10, rank=1), section(*[1] * 10, rank=0)]], 12)
    assert [lines[-1] for lines in found] == ["8 more things: -v", "8 more things: -v", "5 more things: -v"]
    assert sum(lengths(found)) == 12


def test_the_last_entry_takes_the_place_of_the_count() -> None:
    assert fitted([[section(1, 1)]], 2) == [["0.0", "1.0"]]


def test_nothing_at_all_is_still_counted_by_kind() -> None:
    assert fitted([[section(5, 5, kind="open")]], 1) == [["2 things (2 open): -v"]]
