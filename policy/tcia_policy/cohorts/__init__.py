"""What the user says was used: names, DOIs, UIDs and files, resolved to data items."""

from tcia_policy.cohorts.cohort import Cohort, Line, Unread
from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.cohorts.resolve import Resolution, item_from_argument, resolve

__all__ = ["Cohort", "Line", "Resolution", "Unread", "item_from_argument", "read_cohort", "resolve"]
