"""`tcia-policy`, also as `python -m tcia_policy`: from the first moment on, Ctrl-C ends it without a traceback."""

import signal


def main() -> None:
    """Load the command line and run it. While it is loaded nothing is written, and Ctrl-C ends the program at once."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tcia_policy.cli import main as run  # noqa: PLC0415 - 50 ms, in which Ctrl-C would print a traceback

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
