"""`python -m tcia_policy`: the same as the command `tcia-policy`."""

from tcia_policy.cli import main

if __name__ == "__main__":
    main()
