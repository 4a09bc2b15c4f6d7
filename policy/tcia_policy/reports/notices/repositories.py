"""The places that data are obtained from, as a statement names them."""

from tcia_policy.model import Route
from tcia_policy.model.holding import REPOSITORIES
from tcia_policy.reports.notices.markup import Gap, Run


def repository(route: Route) -> Run:
    """Return `the Imaging Data Commons (IDC)`, or a blank where the project names no place that is known here."""
    if route not in REPOSITORIES:
        return Gap("name the place that it was obtained from")
    name, short, _, article = REPOSITORIES[route]
    return f"{article}{name}" if short in name else f"{article}{name} ({short})"
