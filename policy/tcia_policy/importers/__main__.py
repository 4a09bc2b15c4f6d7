"""`python -m tcia_policy.importers RECORDINGS_DIR [-o data]`: make the registry from recordings of its sources."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import curated, shipped
from tcia_policy.importers import idc, write_registry
from tcia_policy.importers.curated_terms import TERMS
from tcia_policy.importers.importer import import_registry
from tcia_policy.importers.upstream import Inputs
from tcia_policy.registry.licenses import load_licenses


def main(arguments: Sequence[str] | None = None) -> int:
    """Import, write, and say on stderr what a reviewer should know. Exit code 2 and no file for unusable input."""
    options = _parser().parse_args(arguments)
    try:
        folder = options.idc_index_data or idc.installed()
        imported = import_registry(Inputs(options.recordings, folder, load_licenses(), options.terms))
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    write_registry.write(imported.content, options.output)
    for remark in imported.remarks:
        print(remark, file=sys.stderr)
    print(f"{len(imported.content.datasets)} datasets written to {options.output}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tcia_policy.importers", description=__doc__)
    parser.add_argument("recordings", type=Path, metavar="RECORDINGS_DIR", help="the folder of recordings")
    parser.add_argument("-o", "--output", type=Path, default=shipped("data"), help="the data folder (%(default)s)")
    parser.add_argument("--idc-index-data", type=Path, help="the folder of its files; the installed one if left out")
    parser.add_argument(
        "--terms",
        type=Path,
        default=curated() / TERMS,
        help="which terms are taken over (%(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
