"""What a site's front page says of the site itself. Pure."""

from dataclasses import dataclass

from pipelines.addresses import joined
from pipelines.markup import parse, text_of, tidy
from spiders.proposals import name_from, name_in_title, title_from


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontPage:
    """A front page's own words."""

    title: str
    """The site's name: as it tells it to other sites, else in the title of the page, else by its host."""
    canonical: str | None
    """The address that the page gives as its own."""


def front_page(markup: str, url: str, host: str) -> FrontPage:
    """What a front page says; `url` is its address, `host` the site's."""
    root = parse(markup)
    elements = list(root.iter("meta", "link", "title")) if root is not None else []
    metas = {
        str(each.get("property") or each.get("name")).lower(): tidy(each.get("content") or "") for each in elements if each.tag == "meta"
    }
    titles = [name_in_title(tidy(text_of(each))) for each in elements if each.tag == "title"]
    linked = [each.get("href") for each in elements if each.tag == "link" and "canonical" in (each.get("rel") or "").lower().split()]
    names = [title_from(name) for name in (metas.get("og:site_name", ""), *titles[:1])]
    told = (joined(url, address) for address in (*linked, metas.get("og:url")))
    return FrontPage(
        title=next((name for name in names if name), name_from(host).replace("_", " ").title()),
        canonical=next((address for address in told if address), None),
    )
