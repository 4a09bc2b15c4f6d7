"""Countries by their two-letter codes."""

from tcia_policy.model.country_names import country_names
from tcia_policy.text.english import one_of
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.suggest import nearest

# ISO 3166-1 alpha-2, officially assigned (https://www.iso.org/iso-3166-country-codes.html), as of 2026-11-22.
CODES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
        "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
        "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
        "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
        "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
        "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
        "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
        "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
    ).split()
)


# What people write for these; ISO 3166-1 reserves UK and assigns it to no country.
_SHORT = {"uk": "GB", "usa": "US", "unitedkingdom": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}
_EXAMPLES = "write two capital letters such as US, DE or GB"


def country_code(text: str) -> str:
    """Return the code itself. Raise `ValueError` if it is not a country code, with the code that may be meant."""
    if text not in CODES:
        raise ValueError(f"is not a country code of ISO 3166-1; {_meant(text) or _EXAMPLES}")
    return text


def refuse_no_and_yes(value: object) -> object:
    """Return what is written for a country. Raise `ValueError` for true and false: some programs read `no` as false."""
    if isinstance(value, bool):
        meant = "write `NO`, between quotation marks, if Norway is meant" if value is False else _EXAMPLES
        raise ValueError(f"is not a country code of ISO 3166-1, but {str(value).lower()}; {meant}")
    return value


def _meant(text: str) -> str:
    names = country_names()
    if text.strip().upper() in CODES:
        codes = [text.strip().upper()]
    else:
        key = compare_key(text)
        codes = [_SHORT[key]] if key in _SHORT else [code for code, name in names.items() if compare_key(name) == key]
    if not codes:
        near = nearest(text[:60], names.values())
        codes = [code for code, name in names.items() if name in near]
    return f"write {one_of([f'`{code}` for {names[code]}' for code in codes])}" if codes else ""
