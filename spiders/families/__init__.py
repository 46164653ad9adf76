"""One module a CMS family: how its portals announce their stories, and the rules of its markup."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spiders.base import PortalSpider


@cache
def families() -> "dict[str, type[PortalSpider]]":
    """The class of each family by the family's name, which is its module's too."""
    found = {}
    for module in sorted(each.name for each in iter_modules(__path__)):
        told = vars(import_module(f"{__name__}.{module}")).values()
        (found[module],) = (each for each in told if isinstance(each, type) and vars(each).get("family") == module)
    return found
