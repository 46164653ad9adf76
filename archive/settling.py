"""What the ledger says of an address after its page was read anew: by a replay, or by an import of what was captured elsewhere."""

from archive.ledger import ANNOUNCED, ARCHIVED, FAILED, FETCHED, GONE, HELD, NOT_ARTICLE, Ledger
from archive.records import Article, Page

UNSETTLED = (FAILED, FETCHED)
"""States of an address whose page was kept, and of which nothing had come yet."""


def settle_reading(ledger: Ledger, page: Page, article: Article, outcome: str) -> None:
    """Note what a page has become, where nothing better is known of its address; `outcome` is that of `Archive.keep_article`.

    A page that is no story is no news of an address that was never announced, and none of one that holds a story.
    """
    url = page.requested_url or page.url
    was, later = ledger.state_of(url), ledger.fetched_before(url, page.fetched_at)
    if outcome == "gone":
        state, stale = GONE, was in (None, *UNSETTLED) or (was in HELD and later)
    elif outcome in ("refused", "dropped"):
        state, stale = NOT_ARTICLE, outcome == "dropped" or (was in UNSETTLED and not ledger.article_at(url))
    else:
        state, stale = ARCHIVED, was in (None, ANNOUNCED, *UNSETTLED, NOT_ARTICLE) or (was == GONE and later)
    if stale:
        ledger.settle_page(page, state, article)
