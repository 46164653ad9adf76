"""By what the CMS and the theme of a site are known: a table of marks, each with an example, and what a site's pages say by it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from pipelines.addresses import host_of, split

MARKUP, HEADER, HOST, PATH, WAY = "markup", "header", "host", "path", "way"
"""Where a mark stands: in a page's source, in a header `name: value`, in its host or path, or among the ways that answered."""

UNKNOWN = "sitemap"
"""The family of a site without any mark."""
ENOUGH = 2
"""So many marks that others could print as well name a CMS."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One thing by which a CMS or a theme is known."""

    family: str
    cms: str
    where: str
    pattern: str
    says: str
    """The evidence in words; `{}` is what the pattern's group found."""
    sure: bool = False
    """Whether only this CMS prints it, so that it decides alone."""
    theme: str | None = None
    """The theme that it names, `{}` being what the group found. A theme's mark tells no CMS apart, unless it is sure."""
    example: str


def _generator(name: str) -> str:
    """The pattern of `<meta name=generator>` in either order of its attributes; the group is the version."""
    return rf"<meta\b(?=[^>]{{0,300}}\bname\s*=\s*[\"']?generator)[^>]{{0,300}}\bcontent\s*=\s*[\"']?{name}\s*(\d[\d.]{{0,11}})?"


def _wordpress(theme: str, pattern: str, example: str) -> Mark:
    return Mark(
        family="wordpress", cms="WordPress", theme=theme, where=MARKUP, pattern=pattern, says=f"the markup of {theme}", example=example
    )


def _other(cms: str, where: str, pattern: str, says: str, example: str) -> Mark:
    """A CMS whose portals are read as those of any other, by sitemaps and the generic rules."""
    return Mark(family=UNKNOWN, cms=cms, where=where, pattern=pattern, says=says, sure=True, example=example)


MARKS = (
    # Hosts of networks that run one CMS.
    Mark(
        family="disway",
        cms="Disway",
        where=HOST,
        pattern=r"(?:^|\.)disway\.id$",
        says="a host of disway.id",
        sure=True,
        example="https://radarlampung.disway.id/",
    ),
    Mark(
        family="tribun",
        cms="Tribun",
        where=HOST,
        pattern=r"(?:^|\.)tribunnews\.com$",
        says="a host of tribunnews.com",
        sure=True,
        example="https://jateng.tribunnews.com/",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=HOST,
        pattern=r"\.blogspot\.(?:com|co\.id)$",
        says="a host of blogspot",
        sure=True,
        example="https://kabardesa.blogspot.com/",
    ),
    _other("Antara", HOST, r"(?:^|\.)antaranews\.com$", "a host of antaranews.com", "https://aceh.antaranews.com/"),
    # WordPress: itself, then its themes; what names the theme's folder is the surest.
    Mark(
        family="wordpress",
        cms="WordPress",
        where=MARKUP,
        pattern=_generator("WordPress"),
        says="generator WordPress {}",
        sure=True,
        example='<meta name="generator" content="WordPress 6.4" />',
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=WAY,
        pattern=r"wordpress/rest",
        says="REST open",
        sure=True,
        example="wordpress/rest",
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=MARKUP,
        pattern=r"/wp-content/themes/([\w-]{1,40})/",
        says="theme folder {}",
        sure=True,
        theme="{}",
        example="<link rel='stylesheet' href='https://contoh.id/wp-content/themes/newkarma/style.css?ver=2.0'>",
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=HEADER,
        pattern=r"^link: .{0,300}https://api\.w\.org/",
        says="header that names its REST interface",
        sure=True,
        example='link: <https://contoh.id/wp-json/>; rel="https://api.w.org/"',
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=MARKUP,
        pattern=r"/wp-json/",
        says="wp-json in the source",
        example='<link rel="https://api.w.org/" href="https://contoh.id/wp-json/">',
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=MARKUP,
        pattern=r"/wp-(?:content/(?:uploads|plugins)|includes)/",
        says="wp-content or wp-includes in the source",
        example='<img src="https://contoh.id/wp-content/uploads/2024/05/panen.jpg">',
    ),
    Mark(
        family="wordpress",
        cms="WordPress",
        where=MARKUP,
        pattern=r"<body\b[^>]{0,300}\b(?:postid-\d|single-format-|wp-embed-responsive|post-template-default)",
        says="WordPress's classes of body",
        example='<body class="post-template-default single single-post postid-5512">',
    ),
    _wordpress("wpberita", r"class=[\"'][^\"']{0,200}\bwpberita-", '<ul class="wpberita-rp-widget">'),
    _wordpress("newkarma", r"class=[\"'][^\"']{0,200}\bnewkarma-", '<section class="widget newkarma-popular">'),
    _wordpress("bloggingpro", r"class=[\"'][^\"']{0,200}\bbloggingpro-", '<section class="widget bloggingpro-recent">'),
    _wordpress("idtheme", r"class=[\"'][^\"']{0,200}\b(?:gmr-|idtheme\b)", '<div class="gmr-topnavwrap">'),
    _wordpress(
        "newspaper",
        r"class=[\"'][^\"']{0,200}\b(?:td-post-content|td-module-title|tdb_single_content|tdb_module)",
        '<h3 class="entry-title td-module-title"><a href="/panen/">Panen</a></h3>',
    ),
    _wordpress("jnews", r"class=[\"'][^\"']{0,200}\bjeg_(?:post|main|header)", '<article class="jeg_post jeg_pl_md_2">'),
    _wordpress("jannah", r"id=[\"']tie-wrapper[\"']|class=[\"'][^\"']{0,200}\bmeta-item\b", '<div id="tie-wrapper">'),
    _wordpress("sahifa", r"class=[\"'][^\"']{0,200}\b(?:post-box-title|tie-date)\b", '<h2 class="post-box-title"><a href="/a/">A</a></h2>'),
    _wordpress("newsup", r"class=[\"'][^\"']{0,200}\bmg-(?:blog-post-box|posts-sec|headwidget)\b", '<div class="mg-blog-post-box">'),
    _wordpress("elementor", r"class=[\"'][^\"']{0,200}\belementor-(?:kit|page|widget)", '<body class="elementor-default elementor-kit-7">'),
    # Blogger.
    Mark(
        family="blogger",
        cms="Blogger",
        where=MARKUP,
        pattern=_generator("blogger"),
        says="generator Blogger",
        sure=True,
        example="<meta content='blogger' name='generator'/>",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=WAY,
        pattern=r"blogger/feed",
        says="Blogger's JSON feed open",
        sure=True,
        example="blogger/feed",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=MARKUP,
        pattern=r"blogger\.com/feeds/\d+",
        says="a feed at blogger.com",
        sure=True,
        example="<link rel='service.post' href='https://www.blogger.com/feeds/7301/posts/default' />",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=MARKUP,
        pattern=r"/feeds/posts/default",
        says="the path of Blogger's feed",
        example="<link rel='alternate' type='application/atom+xml' href='https://contoh.com/feeds/posts/default' />",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=MARKUP,
        pattern=r"\bblogspot\.com/|\bblogger\.googleusercontent\.com/",
        says="pictures at Blogger",
        example="<img src='https://1.bp.blogspot.com/-a/b/s320/panen.jpg'/>",
    ),
    Mark(
        family="blogger",
        cms="Blogger",
        where=MARKUP,
        pattern=r"class=[\"']widget Blog[\"']",
        says="Blogger's widget of posts",
        sure=True,
        example="<div class='widget Blog' data-version='1' id='Blog1'>",
    ),
    # Disway, on hosts of its own too.
    Mark(
        family="disway",
        cms="Disway",
        where=MARKUP,
        pattern=r"class=[\"']post text-black-1\b",
        says="the story in div.post.text-black-1",
        sure=True,
        example='<div class="post text-black-1">',
    ),
    # Other CMS have such addresses too, and no such lists.
    Mark(
        family="disway",
        cms="Disway",
        where=MARKUP,
        pattern=r"href=[\"'][^\"']{0,300}/read/\d{1,9}/",
        says="links to /read/<id>/",
        example='<a href="https://harian.example/read/702391/lima-tahap-kopi-dempo">',
    ),
    Mark(
        family="disway",
        cms="Disway",
        where=MARKUP,
        pattern=r"data-ci-pagination-page|class=[\"']media-heading[\"']",
        says="lists as Disway prints them",
        example='<h2 class="media-heading"><a href="/kategori/berita">Berita</a></h2>',
    ),
    # Promedia.
    Mark(
        family="promedia",
        cms="Promedia",
        where=MARKUP,
        # Kompas and Grid have read__content in a div.
        pattern=r"<article\b[^>]{0,200}class=[\"'][^\"']{0,100}\bread__content\b|class=[\"']read__info__date\b",
        says="the story in article.read__content",
        sure=True,
        example='<article class="read__content clearfix">',
    ),
    Mark(
        family="promedia",
        cms="Promedia",
        where=MARKUP,
        pattern=r"\bpromediateknologi\.(?:id|com)\b",
        says="files at promediateknologi",
        sure=True,
        example='<img src="https://assets.promediateknologi.id/crop/panen.jpg">',
    ),
    Mark(
        family="promedia",
        cms="Promedia",
        where=MARKUP,
        pattern=r"class=[\"'][^\"']{0,100}\b(?:latest__link|hl__link)\b",
        says="lists of latest__link",
        sure=True,
        example='<a class="latest__link" href="/daerah/1/panen">',
    ),
    # Tribun, on hosts of its own too.
    Mark(
        family="tribun",
        cms="Tribun",
        where=MARKUP,
        pattern=r"id=[\"']arttitle[\"']",
        says="the headline in #arttitle",
        sure=True,
        example='<h1 class="f50 black2" id="arttitle">',
    ),
    Mark(
        family="tribun",
        cms="Tribun",
        where=MARKUP,
        pattern=r"class=[\"']side-article txt-article\b",
        says="the story in div.side-article.txt-article",
        sure=True,
        example='<div class="side-article txt-article multi-fontsize">',
    ),
    # Other CMS that are known by sight.
    _other(
        "Antara", MARKUP, r"COPYRIGHT\s{0,5}(?:&copy;|&#169;|©)\s{0,5}ANTARA\b", "COPYRIGHT © ANTARA", "<p>COPYRIGHT &copy; ANTARA 2024</p>"
    ),
    _other(
        "Jatim Times",
        PATH,
        r"^/baca/\d+/\d{8}/\d{6}/",
        "addresses /baca/<id>/<date>/<time>/",
        "https://jatimtimes.com/baca/310112/20240501/101500/panen-raya",
    ),
    _other(
        "iNews", MARKUP, r"class=[\"']bodyArticle\b|class=[\"']headerTitle\b", "the story in div.bodyArticle", '<div class="bodyArticle">'
    ),
    _other("JPNN", HOST, r"(?:^|\.)jpnn\.com$", "a host of jpnn.com", "https://jateng.jpnn.com/"),
    _other("Joomla", MARKUP, _generator("Joomla!?"), "generator Joomla", '<meta name="generator" content="Joomla! - Open Source" />'),
    _other("Drupal", MARKUP, _generator("Drupal"), "generator Drupal {}", '<meta name="Generator" content="Drupal 10 (https://drupal)" />'),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A page of a site as it came."""

    url: str
    markup: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a site is, as far as its marks tell."""

    family: str = UNKNOWN
    cms: str | None = None
    """None where no mark names one."""
    theme: str | None = None
    evidence: tuple[str, ...] = ()


def recognised(pages: Iterable[Seen], ways: Iterable[str] = ()) -> Verdict:
    """The CMS and theme of a site by its pages and by the ways that answered, each as `family/way`; `Verdict()` where nothing tells."""
    found: dict[Mark, str] = {}
    for page in pages:
        found = found_on(page) | found
    return judged(found | found_among(ways))


def found_on(page: Seen) -> dict[Mark, str]:
    """The marks that a page bears, each with what its group found."""
    return _found((mark, _texts(mark.where, page)) for mark in MARKS if mark.where != WAY)


def found_among(ways: Iterable[str]) -> dict[Mark, str]:
    """The marks among the ways that answered."""
    known = tuple(ways)
    return _found((mark, known) for mark in MARKS if mark.where == WAY)


def judged(found: Mapping[Mark, str]) -> Verdict:
    """What marks say together: one sure mark names a CMS, or two that others could print as well; of several the one with the most."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in sorted(found, key=MARKS.index):
        groups.setdefault((mark.family, mark.cms), []).append(mark)
    named = {key: marks for key, marks in groups.items() if len(marks) >= ENOUGH or any(mark.sure for mark in marks)}
    if not named:
        return Verdict()
    family, cms = max(named, key=lambda key: (sum(mark.sure for mark in named[key]), len(named[key])))
    marks = sorted(named[family, cms], key=lambda mark: not mark.sure)
    theme = next((mark.theme.format(found[mark]).lower() for mark in marks if mark.theme), None)
    return Verdict(family=family, cms=cms, theme=theme, evidence=tuple(mark.says.format(found[mark]).strip() for mark in marks))


def _found(looked_at: Iterable[tuple[Mark, Iterable[str]]]) -> dict[Mark, str]:
    found = {}
    for mark, texts in looked_at:
        hits = (hit for text in texts if (hit := _compiled(mark.pattern).search(text)))
        if hit := next(hits, None):
            found[mark] = next((group for group in hit.groups() if group), "")
    return found


def _texts(where: str, page: Seen) -> Iterable[str]:
    if where == MARKUP:
        return (page.markup,)
    if where == HEADER:
        return (f"{name.lower()}: {value}" for name, value in page.headers.items())
    if where == HOST:
        return (host_of(page.url),)
    parts = split(page.url)
    return (parts.path,) if parts else ()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
