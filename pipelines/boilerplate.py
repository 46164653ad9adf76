"""THE table of Indonesian boilerplate: what stands on a story's page and is not the story.

Each row carries an example as portals print it, and the example is the row's test. Two levels: blocks of the tree, known by
whole class or id names (never by letters inside one: `ad` is in `shadow`, `lead` and `paragraph`), and paragraphs of text,
known by the whole of their text. `bupati bagikan 500 paket sembako` is a story; `Bagikan` alone is a button.
"""

import re
from dataclasses import dataclass

REST = r"[^\n]{1,300}"
"""The rest of one line: a headline, an address."""
NETWORK = r"(?:facebook|fb|twitter|x|whatsapp|wa|telegram|line|email|instagram|linkedin|teman|media\s+sosial)"
"""Where a page can be shared: buttons name these, sentences name people."""
SAID = r"(?:(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|papar|terang|pungkas)(?:nya)?|bisa|diminta|warga|petani)"
"""Words of a sentence that reports, and does not call on its reader."""
LONGEST = 700
"""Characters of the longest line that any row can match; a longer one is not even tried."""
BULLET = r"[\s•*·»>|▪–—-]{0,4}"
"""What may stand before a line that is not a sentence; never a quotation mark."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Elements with one of these class or id names, or with one that starts with a prefix."""

    id: str
    names: frozenset[str]
    prefixes: tuple[str, ...] = ()
    example: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Paragraphs whose whole text matches; with `linked`, only where at least that share of it stands in links."""

    id: str
    pattern: re.Pattern[str]
    linked: float = 0.0
    example: str


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{BULLET}(?:{pattern})", re.IGNORECASE)


BLOCKS = (
    Block(
        id="related-block",
        names=_names(
            "related related-post related-posts related-article related-articles relatedpost relatedposts gmr-related-post "
            "yarpp yarpp-related jp-relatedposts crp_related rp4wp-related-posts jeg_related_post jnews_inline_related_post "
            "td_block_related_posts irp inline-related-post baca-juga bacajuga baca_juga read__bacajuga "
            "read__others berita-terkait beritaterkait"
        ),
        example='<div class="gmr-related-post"><strong>Baca Juga :</strong> <a href="/a">Dinas Buka Posko</a></div>',
    ),
    Block(
        id="share-block",
        names=_names(
            "share share-buttons share-button sharing sharing-box sharedaddy sd-sharing-enabled sd-sharing social-share "
            "social-sharing post-share post-share-buttons gmr-socialicon-share gmr-social-share entry-share "
            "addtoany_share_save_container addtoany_content a2a_kit heateor_sss_sharing_container "
            "jeg_share_bottom_container jeg_share_top_container essb_links td-post-sharing mashsb-container read__share"
        ),
        example='<ul class="gmr-socialicon-share"><li>Bagikan</li></ul>',
    ),
    Block(
        id="ad-block",
        names=_names(
            "ads advert advertisement adsbygoogle iklan banner-iklan ads-container ad-container adsense ads-inline "
            "code-block idt-textinsidepost parallax-ads ad-slot td-a-rec"
        ),
        prefixes=("gmr-banner", "div-gpt-ad", "google_ads", "ads-", "iklan-"),
        example='<div class="gmr-banner-insidecontent">Scroll untuk lanjut</div>',
    ),
    Block(
        id="pages-block",
        names=_names("page-links page-link-wrapper post-page-numbers paging paging--article post-pagination jeg_pagelinks pagination"),
        example='<div class="page-links"><span class="page-text">Pages:</span> <a href="2/">2</a></div>',
    ),
    Block(
        id="tags-block",
        names=_names(
            "entry-footer entry-tags tags-links tagcloud tag__list post-labels post-tags post-tag jeg_post_tags "
            "td-post-source-tags tag-list post-bottom-meta post-bottom-tags"
        ),
        example='<footer class="entry-footer"><span class="tags-links">Tag: <a href="/tag/kopi/">kopi</a></span></footer>',
    ),
    Block(
        id="comments-block",
        names=_names("comments comments-area comment-form comment-respond respond fb-comments disqus_thread post-comments"),
        example='<div id="disqus_thread">Komentar Pembaca</div>',
    ),
    Block(
        id="author-block",
        names=_names("author-box authorbox author-info gmr-authorbox post-author-box saboxplugin-wrap jeg_authorbox"),
        example='<div class="author-box">Lihat semua tulisan</div>',
    ),
    Block(
        id="follow-block",
        names=_names("google-news gnews follow-google-news newsletter whatsapp-channel follow-us subscribe"),
        example='<div class="google-news">Ikuti kami di Google News</div>',
    ),
)

LINES = (
    Line(
        id="related-line",
        pattern=_line(r"(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)(?:\s+(?:berita|artikel)(?:\s+\w+)?)?\s*[:：]\s*" + REST),
        example="Baca Juga :  Camat Menegaskan Tidak Ada Pemotongan BLT-DD di Bermani Ilir",
    ),
    Line(
        id="related-link",
        pattern=_line(r"(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)\b\W{0,4}" + REST),
        linked=0.6,
        example="Baca Juga Camat Menegaskan Tidak Ada Pemotongan BLT-DD",
    ),
    Line(
        id="related-label",
        pattern=_line(r"(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)\s*[:：]?\W{0,3}"),
        example="Baca Juga:",
    ),
    Line(
        id="share-line",
        pattern=_line(
            r"(?:bagikan|share|sebarkan)(?:\s+(?:artikel|berita)\s+ini)?"
            rf"(?:\s+(?:melalui|via|ke|on|to|di)(?:\s+{NETWORK}(?:\s*[/,&]\s*{NETWORK}){{0,5}})?)?\s*[:：]?"
        ),
        example="• Bagikan",
    ),
    Line(
        id="listing-heading",
        pattern=_line(
            r"(?:(?:berita|artikel)\s+(?:terkait|terbaru|terkini|terpopuler|lainnya|rekomendasi|pilihan|populer)"
            r"|rekomendasi\s+untuk\s+anda|jangan\s+lewatkan|editor['’]?s\s+choice|terpopuler)\s*[:：!]?"
        ),
        example="Berita Terbaru :",
    ),
    Line(
        id="scroll-line",
        pattern=_line(r"scroll\s+(?:to\s+(?:top|continue)|untuk\s+(?:lanjut|melanjutkan|membaca)|ke\s+bawah)[^\n.]{0,40}"),
        example="SCROLL TO CONTINUE WITH CONTENT",
    ),
    Line(
        id="ad-line",
        pattern=_line(r"(?:advertisement|advertisements|iklan|sponsored)\W{0,3}"),
        example="ADVERTISEMENT",
    ),
    Line(
        id="video-line",
        pattern=_line(
            r"\[gambas:[^\]]{1,60}\]|(?:simak|tonton|lihat)\s+video\s*(?:[:：]\s*" + REST + r"|[\"“][^\"”\n]{1,200}[\"”]\W{0,3})"
        ),
        example="[Gambas:Video 20detik]",
    ),
    Line(
        id="follow-line",
        # What officials are quoted with is news, though it names a channel: „Cek harga … lewat saluran WhatsApp", kata Bupati.
        pattern=_line(
            rf"(?![^\n]{{0,{LONGEST}}}\b{SAID}\b)(?:ikuti|cek|dapatkan|simak|silakan\s+baca|baca|follow)\s+(?:\w+\s+){{0,2}}"
            r"(?:kami|berita|artikel|update|konten|informasi|google\s+news|whatsapp\s+channel|(?:channel|saluran)\s+whatsapp)\b[^\n]{0,160}"
            r"(?<!\w)(?:google\s+news|whatsapp|breaking\s+news)\b[^\n]{0,160}"
            r"|(?:ikuti|follow)\s+(?:us|kami)(?:\s+(?:di|on)\s+\w+)?\s*[:：]?|ikuti\s+perkembangan\s+berita\s+ini[^\n]{0,60}[:：]"
        ),
        example="Ikuti kami di Google News",
    ),
    Line(
        id="pages-line",
        pattern=_line(r"(?:halaman|hal|pages?)\s*(?:selanjutnya|berikutnya|sebelumnya|[:：]?\s*\d{1,2}(?:\s*\W?\s*\d{1,2}){0,9})\W{0,3}"),
        example="Halaman Selanjutnya",
    ),
    Line(
        id="copyright-line",
        pattern=_line(
            r"(?:(?:copyright|hak cipta)\s*(?:©|\(c\)|\d{4})|©)[^\n]{0,60}|hak cipta dilindungi(?: oleh)?(?: undang-undang)?\W{0,2}"
        ),
        example="COPYRIGHT © ANTARA 2016",
    ),
    Line(
        id="comment-line",
        pattern=_line(
            r"sil[ah]+kan\s+(?:log\s?in|masuk)\s+untuk\s+berkomentar\W{0,2}|(?:tulis|tinggalkan|beri)\s+komentar(?:\s+anda)?\W{0,2}|komentar(?:\s+pembaca)?"
        ),
        example="Silahkan login untuk berkomentar",
    ),
    Line(
        id="image-name-line",
        pattern=re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{8}(?:[ _-][a-z0-9]+){1,12}"),
        example="e9ca083a asn kerja depan komputer 2",
    ),
)


BLOCK_BY_NAME = {name: block.id for block in BLOCKS for name in block.names}
BLOCK_BY_PREFIX = {prefix: block.id for block in BLOCKS for prefix in block.prefixes}


def block_row(names: str) -> str | None:
    """Id of the row that knows an element by its class and id names, or None."""
    for name in names.lower().split():
        if row := BLOCK_BY_NAME.get(name):
            return row
        for prefix, row in BLOCK_BY_PREFIX.items():
            if name.startswith(prefix):
                return row
    return None


def line_row(text: str, linked: float = 0.0) -> str | None:
    """Id of the row that knows a paragraph by its whole text, or None."""
    if len(text) > LONGEST:
        return None
    return next((line.id for line in LINES if linked >= line.linked and line.pattern.fullmatch(text)), None)
