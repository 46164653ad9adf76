"""The states of the ledger, and the closed list of reasons: why an address is in the state it is in, in the words that readers see."""

from dataclasses import dataclass

from archive.records import GONE as REFUSED_AS_GONE
from archive.records import Article, Page

ANNOUNCED = "announced"
FETCHED = "fetched"
ARCHIVED = "archived"
UNCHANGED = "unchanged"
GONE = "gone"
ROBOTS = "refused by robots"
NOT_ARTICLE = "not an article"
FAILED = "failed"

STATES = (ANNOUNCED, FETCHED, ARCHIVED, UNCHANGED, GONE, ROBOTS, NOT_ARTICLE, FAILED)
HELD = (ARCHIVED, UNCHANGED)

OUTSIDE = "outside the days asked for"
NOT_MODIFIED = "not modified"
SAME_TEXT = "same text"
NOT_FOUND = "not found"
TAKEN_DOWN = "taken down"
LEADS_HOME = "leads to the home page"
ROBOTS_FORBIDS = "robots.txt forbids it"
ELSEWHERE = "leads to another site"
UNEXPECTED_STATUS = "an unexpected status"
REFUSED_BY_SERVER = "refused by the server"
TOO_MANY_REQUESTS = "too many requests"
TOLD_TO_WAIT = "told to wait"
SERVER_ERROR = "server error"
HOST_UNKNOWN = "the host is unknown"
CONNECTION_REFUSED = "the connection was refused"
CONNECTION_LOST = "the connection was lost"
NO_CONNECTION = "no connection"
NO_ANSWER = "no answer in time"
NOT_SECURE = "no secure connection"
TOO_LARGE = "too large"
TOO_MANY_REDIRECTS = "too many redirects"
BAD_COMPRESSION = "bad compression"
UNSAFE_ADDRESS = "unsafe address"
ROBOTS_UNREACHABLE = "robots.txt unreachable"
RULES_FAILED = "the rules failed on it"
HELD_AND_NOW_NONE = "held, and now no article"
ANOTHER_ERROR = "another error"

MOST_DETAIL = 300
"""Characters of a detail that are kept: the text of an error may hold a whole page."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A row of the list."""

    words: str
    states: tuple[str, ...]
    """The states that it may explain; the first is the one of an address of which nothing else is known."""
    means: str
    example: str = ""
    """A detail as it is noted beside it; empty where there is none."""


REASONS = (
    Reason(OUTSIDE, (ANNOUNCED,), "Its page is in pages.db and tells a day that the crawl was not asked for; no article was made of it."),
    Reason(NOT_MODIFIED, (UNCHANGED,), "The portal answered 304: its ETag or Last-Modified is that of the page held."),
    Reason(SAME_TEXT, (UNCHANGED,), "The page came whole and told what was known."),
    Reason(NOT_FOUND, (GONE,), "It answered 404.", "status 404"),
    Reason(TAKEN_DOWN, (GONE,), "It answered 410: the portal says that it was there and is no more.", "status 410"),
    Reason(LEADS_HOME, (GONE,), "It sends its readers to the home page, as portals do with what they took down."),
    Reason(ROBOTS_FORBIDS, (ROBOTS, FAILED), "robots.txt forbids it; it was not asked for.", "page 2"),
    Reason("no article's address", (NOT_ARTICLE,), "The rules of its portal know no article under such an address."),
    Reason("no article's page", (NOT_ARTICLE,), "The page has none of the marks that the rules know an article's page by."),
    Reason("an empty page", (NOT_ARTICLE,), "The page holds no markup at all."),
    Reason("not HTML", (NOT_ARTICLE,), "What came is no page for readers.", "application/pdf"),
    Reason(UNEXPECTED_STATUS, (FAILED, NOT_ARTICLE), "It answered with a status that no article has.", "status 206"),
    Reason("the home page", (NOT_ARTICLE,), "It is the front page of the portal."),
    Reason("a page about the portal", (NOT_ARTICLE,), "It tells of the portal itself: its staff, its rules, its advertisements."),
    Reason("a list of stories", (NOT_ARTICLE,), "The page lists stories: a section, an index, a search."),
    Reason("a tag's list of stories", (NOT_ARTICLE,), "The page lists the stories of a tag or topic."),
    Reason("a gallery without text", (NOT_ARTICLE,), "The page shows pictures and tells no story."),
    Reason("a video without text", (NOT_ARTICLE,), "The page shows a video and tells no story."),
    Reason("not found, though it answers as if it were", (NOT_ARTICLE,), "It answered 200 with a page that says that there is none."),
    Reason("behind a paywall", (NOT_ARTICLE,), "Only the beginning of the story is on the page."),
    Reason("no headline", (NOT_ARTICLE,), "The page has no headline."),
    Reason("no text", (NOT_ARTICLE,), "No line of the page is the text of a story."),
    Reason(ELSEWHERE, (NOT_ARTICLE, FAILED), "It leads to another site, which is not followed.", "lain.example"),
    Reason(REFUSED_BY_SERVER, (FAILED,), "It answered with one of the 400s, and not 404, 408, 410 or 429.", "status 403"),
    Reason(TOO_MANY_REQUESTS, (FAILED,), "It answered 429: the portal was asked too often.", "status 429"),
    Reason(TOLD_TO_WAIT, (FAILED,), "The portal had said when it may be asked again, and that moment had not come.", "120 seconds"),
    Reason(SERVER_ERROR, (FAILED,), "It answered with one of the 500s.", "status 503"),
    Reason(HOST_UNKNOWN, (FAILED,), "No DNS server knows the host."),
    Reason(CONNECTION_REFUSED, (FAILED,), "Nothing listens at the host's port."),
    Reason(CONNECTION_LOST, (FAILED,), "The connection ended before the page had come.", "page 3"),
    Reason(NO_CONNECTION, (FAILED,), "The host could not be reached in another way.", "No route to host"),
    Reason(NO_ANSWER, (FAILED,), "No connection, no answer or no end of it within the time allowed, or 408.", "status 408"),
    Reason(NOT_SECURE, (FAILED,), "The host does not prove that it is who it says.", "certificate verify failed"),
    Reason(TOO_LARGE, (FAILED,), "The page is larger than may be, as sent or unpacked.", "20971521 bytes"),
    Reason(TOO_MANY_REDIRECTS, (FAILED,), "It leads from one address to the next without an end."),
    Reason(BAD_COMPRESSION, (FAILED,), "The page could not be unpacked.", "Not a gzipped file"),
    Reason(UNSAFE_ADDRESS, (NOT_ARTICLE, FAILED), "It leads into a private network, or is no address of the web.", "169.254.0.1"),
    Reason(ROBOTS_UNREACHABLE, (FAILED,), "robots.txt gave a server error or no answer, so nothing may be asked for.", "status 503"),
    Reason(RULES_FAILED, (FAILED,), "The page is in pages.db, and the rules for it have a defect.", "ZeroDivisionError: division by zero"),
    Reason(HELD_AND_NOW_NONE, (FAILED,), "An article was held, and its page is none now; what is held stays.", "behind a paywall"),
    Reason(ANOTHER_ERROR, (FAILED,), "An error that has no row of its own.", "ValueError: invalid header"),
)
"""Every reason there is."""

OF_WORDS = {reason.words: reason for reason in REASONS}
PLAIN = (ANNOUNCED, FETCHED, ARCHIVED)
"""The states that need no reason: nothing has to be explained."""


def refuse_unlisted(state: str, reason: str | None) -> None:
    """Raise ValueError where a reason is not one of a state's, or lacks: a defect of whoever notes it."""
    if reason is None and state in PLAIN:
        return
    if reason is None or reason not in OF_WORDS or state not in OF_WORDS[reason].states:
        raise ValueError(f"{reason!r} is no reason for {state!r}; archive/reasons.py lists them")


def state_for(reason: str) -> str:
    """The state of an address of which nothing but this reason is known."""
    return OF_WORDS[reason].states[0]


def of_status(status: int) -> str:
    """The reason that an HTTP status is."""
    match status:
        case 404:
            return NOT_FOUND
        case 408:
            return NO_ANSWER
        case 410:
            return TAKEN_DOWN
        case 429:
            return TOO_MANY_REQUESTS
    if 400 <= status < 500:
        return REFUSED_BY_SERVER
    return SERVER_ERROR if 500 <= status < 600 else UNEXPECTED_STATUS


def of_refusal(refusal: str) -> tuple[str, str | None]:
    """The reason and the detail in a refusal of `press`, which sets a colon between the two."""
    reason, _, detail = refusal.partition(": ")
    return reason, detail or None


def of_page(state: str, page: Page, article: Article | None) -> tuple[str | None, str | None]:
    """Why a page that was kept is settled so, as far as it says that itself: reason and detail."""
    if state == UNCHANGED:
        return SAME_TEXT, None
    if not article or not article.refusal:
        return None, None
    if article.refusal != REFUSED_AS_GONE:
        return of_refusal(article.refusal)
    return (of_status(page.status), f"status {page.status}") if page.status in (404, 410) else (LEADS_HOME, None)
