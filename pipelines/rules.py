"""All that a portal may say about its pages, as data."""

from dataclasses import dataclass

Selectors = tuple[str, ...]
"""CSS selectors, tried in order. `li.date@content` takes an attribute instead of the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What to take from a portal's pages and where it stands; `Rules()` is right for a portal of an unknown CMS.

    Where a rule is empty, or finds nothing, the page's own markup is asked: JSON-LD, meta elements, well-known containers.
    """

    zone: str = "Asia/Jakarta"
    """IANA zone of the portal's region, for dates that print none."""
    site_names: tuple[str, ...] = ()
    """The portal's names as it prints them in datelines, titles and closing lines; its host name is always one."""

    address: str = ""
    """Pattern of the whole path of an article's address; a page at another is no article."""
    article: Selectors = ()
    """A page that matches none of these is no article."""
    title: Selectors = ()
    published: Selectors = ()
    modified: Selectors = ()
    constants: tuple[str, ...] = ()
    """Dates, as the markup prints them, that the template carries on every page; they date no story."""
    body: Selectors = ()
    """The container of the story; the first selector that finds one wins."""
    drop: Selectors = ()
    """Blocks inside the container that are not the story."""
    cut: Selectors = ()
    """Elements inside the container with which the story ends: they go, and all that follows them."""
    authors: Selectors = ()
    editors: Selectors = ()
    credits: Selectors = ()
    """Lines outside the container that say who did what: `Penulis: …`, `Sumber: …`."""
    section: Selectors = ()
    tags: Selectors = ()
    image: Selectors = ()
    image_caption: Selectors = ()
    image_credit: Selectors = ()
    """Where whom the image is credited to stands apart from the caption."""
    next_page: Selectors = ()
    """Link to the article's next page."""
