"""THE table of Indonesian boilerplate: what stands on a story's page and is not the story.

Each row carries an example as portals print it, and the example is the row's test. Two levels: blocks of the tree, known by
whole class or id names (never by letters inside one: `ad` is in `shadow`, `lead` and `paragraph`), and paragraphs of text,
known by the whole of their text. `bupati bagikan 500 paket sembako` is a story; `Bagikan` alone is a button. It is long because it is one
table: who adds a row finds all others here.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

REST = r"[^\n]{1,300}"
"""The rest of one line: a headline, an address."""
NETWORK = r"(?:facebook|fb|twitter|x|whatsapp|wa|telegram|line|email|instagram|linkedin|teman|media\s+sosial)"
"""Where a page can be shared: buttons name these, sentences name people."""
CALL = r"(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)\b"
TITLE = r"[^\n\s:：][^\n]{3,200}(?<![.!”\"’])"
"""A headline: no sentence, for it ends without a full stop."""
SAID = r"(?:(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|papar|terang|pungkas)(?:nya)?|bisa|diminta|warga|petani)"
"""Words of a sentence that reports, and does not call on its reader."""
REPORTED = r"(?![^\n]{0,700},\s(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|papar|terang|pungkas)(?:nya)?\b)"
"""What stands before a row whose lines officials are also quoted with: `Terima kasih sudah berkunjung, kata bupati`."""
MOST_NAMES = 20
"""Class names of an element that are looked at; a broken quotation mark makes a whole page one attribute."""
LONGEST = 700
"""Characters of the longest line that any row can match; a longer one is not even tried."""
BULLET = r"[\s•*·»>|▪–—-]{0,4}"
"""What may stand before a line that is not a sentence; never a quotation mark."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Elements with one of these words in a class or id name: `box-terkait`, `bacaJuga` and `related_posts` are made of words.

    A word of two parts stands side by side in the name; `names` are known whole, because their words alone say too little.
    """

    id: str
    words: frozenset[str]
    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    example: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Paragraphs whose whole text matches; with `linked`, only where at least that share of it stands in links.

    A pattern that may begin with anything says in `has` which words, in lower case, are somewhere in what it matches: most lines have none
    of them, and it need not be tried.
    """

    id: str
    pattern: re.Pattern[str]
    linked: float = 0.0
    has: tuple[str, ...] = ()
    example: str


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{BULLET}(?:{pattern})", re.IGNORECASE)


BLOCKS = (
    Block(
        id="related-block",
        words=_names(
            "related relateds relatedpost relatedposts relate terkait terpopuler populer popular trending rekomendasi recommendation "
            "recommendations recommended recommend baca-juga bacajuga simak-juga lihat-juga read-also also-read read-others berita-lain "
            "berita-lainnya berita-pilihan berita-terbaru berita-terkini artikel-lain artikel-lainnya other-news latest-news news-lainnya "
            "editors-choice editor-choice editors-pick post-navigation nav-links nav-previous prev-next yarpp taboola outbrain mgid dable"
        ),
        names=_names("jp-relatedposts crp_related irp parallax-baca berita_terkait linksisip linksisip-wp lihatjg para_caption_related"),
        example='<div class="gmr-related-post"><strong>Baca Juga :</strong> <a href="/a">Dinas Buka Posko</a></div>',
    ),
    Block(
        id="share-block",
        words=_names(
            "share shares sharing sharedaddy share-bar bagikan social socials sosmed socmed medsos socialicon addtoany addthis sharethis "
            "heateor mashsb essb"
        ),
        names=_names("a2a_kit"),
        example='<ul class="gmr-socialicon-share"><li>Bagikan</li></ul>',
    ),
    Block(
        id="ad-block",
        words=_names(
            "ad ads advert adverts advertisement advertising adsbygoogle iklan banner adsense adslot sponsor sponsored dfp parallax"
        ),
        names=_names("code-block idt-textinsidepost td-a-rec e3lan"),
        prefixes=("gmr-banner", "div-gpt-ad", "google_ads", "ads-", "iklan-"),
        example='<div class="gmr-banner-insidecontent">Scroll untuk lanjut</div>',
    ),
    Block(
        id="pages-block",
        words=_names("pagination paging pager pagelinks page-links page-link page-numbers page-nav halaman-artikel"),
        example='<div class="page-links"><span class="page-text">Pages:</span> <a href="2/">2</a></div>',
    ),
    Block(
        id="tags-block",
        words=_names(
            "tags tag-list tag-links tags-links tagcloud post-tag post-tags post-labels entry-tags list-tag tag-terkait "
            "post-footer entry-footer article-footer"
        ),
        names=_names("tag tag__list td-post-source-tags post-bottom-meta"),
        example='<footer class="entry-footer"><span class="tags-links">Tag: <a href="/tag/kopi/">kopi</a></span></footer>',
    ),
    Block(
        id="comments-block",
        words=_names("comment comments komentar disqus respond commentlist"),
        example='<div id="disqus_thread">Komentar Pembaca</div>',
    ),
    Block(
        id="author-block",
        words=_names("author-box authorbox author-info author-bio about-author post-author saboxplugin"),
        example='<div class="author-box">Lihat semua tulisan</div>',
    ),
    Block(
        id="follow-block",
        words=_names("google-news gnews newsletter whatsapp-channel saluran-whatsapp follow follow-us subscribe berlangganan"),
        example='<div class="google-news">Ikuti kami di Google News</div>',
    ),
    Block(
        id="embed-block",
        words=_names("instagram-media twitter-tweet twitter-video fb-post fb-video tiktok-embed embed-card"),
        example='<blockquote class="twitter-tweet"><p>Air surut #banjir</p>&mdash; BPBD (@bpbd) 10 September 2017</blockquote>',
    ),
    Block(
        id="caption-block",
        words=_names("caption captions gallery galeri carousel slideshow photocaption imagecaption keterangan-foto ket-foto wp-caption"),
        example='<div class="detail-image-caption">Petani memanen cabai (Foto: Dok. Warga)</div>',
    ),
    Block(
        id="furniture-block",
        words=_names(
            "breadcrumb breadcrumbs navbar navigation menu sidebar widget footer masthead topbar copyright popup modal cookie login"
        ),
        example='<div class="breadcrumb"><a href="/">Beranda</a> <a href="/daerah">Daerah</a></div>',
    ),
)

UNSAID = frozenset("no not non has have with without free is hide hidden".split())
"""Words that turn a name around: `have-share`, `no-sidebar` and `header-ads-free` name what the story stands beside."""

LINES = (
    Line(
        id="related-line",
        pattern=_line(
            r"[(\[]?\s?(?:(?:yuk|ayo),?\s+)?(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)(?:\s+(?:berita|artikel|video)(?:\s+\w+)?)?\s*[:：]\s*"
            + REST
        ),
        example="Baca Juga :  Camat Menegaskan Tidak Ada Pemotongan BLT-DD di Bermani Ilir",
    ),
    Line(
        id="related-link",
        pattern=_line(rf"(?:(?:yuk|ayo),?\s+)?{CALL}\W{{0,4}}(?<!\w)\w" + REST),
        linked=0.6,
        example="Baca Juga Camat Menegaskan Tidak Ada Pemotongan BLT-DD",
    ),
    Line(
        id="related-title",
        pattern=_line(
            rf"(?:(?:baca|simak|tonton|lihat)|(?:berita|artikel)\s+(?:lain(?:nya)?|terkait|sebelumnya|menarik|selanjutnya|populer)|selanjutnya|menarik\s+dibaca)\s*[:：]\s*{TITLE}"
            rf"|(?:baca|simak|lihat)\s+(?:berita|artikel)\s+(?:menarik\s+)?(?:lain(?:nya)?|terkait|selengkapnya)\s*[:：]\s*{TITLE}"
            rf"|pilihan\s+editor\s*[:：]\s*{TITLE}"
        ),
        example="Baca: Jadwal Pemadaman Listrik di Curup, Rabu 4 Mei 2020",
    ),
    Line(
        id="related-label",
        pattern=_line(
            r"(?:(?:yuk|ayo),?\s+)?(?:baca|simak|lihat|tonton)\s+(?:juga|pula|selengkapnya)(?:\s+(?:video|berita|artikel))?"
            r"(?:\s+(?:ini|berikut(?:\s+ini)?|di\s+bawah\s+ini))?\s*[:：]?\W{0,3}"
        ),
        example="Baca Juga:",
    ),
    Line(
        id="related-quoted",
        # detik names the video that stands below: Simak juga 'Detik-detik Banjir':
        pattern=_line(
            r"(?:baca|simak|lihat|tonton|saksikan)\s+(?:(?:juga|pula)\s+)?(?:(?:video|berita|artikel|foto)\s*[:：]?\s*)?"
            r"[\"“'‘][^\n]{3,200}[\"”'’]\s*(?:[:：]|di\s+(?:bawah|sini)(?:\s+ini)?\W{0,2}|\[gambas[^\]]{0,40}\])\s{0,3}"
        ),
        example="Simak juga 'Detik-detik Banjir Bandang di Rejang Lebong':",
    ),
    Line(
        id="share-line",
        pattern=_line(
            r"(?:bagikan|share|sebarkan)(?:\s+(?:(?:artikel|berita)\s+)?(?:ini|this))?"
            rf"(?:\s+(?:melalui|via|ke|on|to|di)(?:\s+{NETWORK}(?:\s*[/,&]\s*{NETWORK}){{0,5}})?)?\s*[:：]?"
            r"|(?:suka|sukai)\s+ini\s*[:：]|(?:suka|like)\s+memuat\W{0,3}|\d{0,6}\s*(?:shares?|likes?|tweets?|views?)|salin\s+tautan|copy\s+link"
        ),
        example="• Bagikan",
    ),
    Line(
        id="listing-heading",
        pattern=_line(
            r"(?:(?:(?:berita|artikel|video|foto|postingan|konten)\s+)"
            r"(?:terkait|terbaru|terkini|terpopuler|lain(?:nya)?|rekomendasi|pilihan|populer|sebelumnya|berikutnya|menarik\s+lainnya)"
            r"|rekomendasi(?:\s+untuk\s+anda)?|jangan\s+lewatkan|editor['’]?s\s+(?:choice|pick)|terpopuler|terkait|pilihan\s+(?:untukmu|redaksi|editor)"
            r"|(?:berita|artikel)\s+(?:\w{3,15}\s+)?lain(?:nya)?(?:\s+(?:dari|di)\s+[^\n.]{2,30})?|kumpulan\s+berita\s+terkait|related\s+(?:news|posts?|articles?)|(?:most\s+)?popular(?:\s+(?:posts?|videos?))?|trending(?:\s+now)?"
            r"|recommended\s+(?:videos?|articles?|by\s+\w+)|must\s+read|latest\s+news|you\s+may\s+also\s+like|kamu\s+mungkin\s+(?:juga\s+)?suka)\s*[:：!]?"
        ),
        example="Berita Terbaru :",
    ),
    Line(
        id="scroll-line",
        pattern=_line(
            r"scroll\s+(?:to\s+(?:top|continue|resume)|untuk\s+(?:lanjut|melanjutkan|membaca)|ke\s+bawah)[^\n.]{0,40}"
            r"|(?:(?:gulir|geser|swipe)\s+(?:ke\s+bawah|untuk)[^\n.]{0,40})|lanjutkan\s+membaca\W{0,3}|back\s+to\s+top|kembali\s+ke\s+atas"
        ),
        example="SCROLL TO CONTINUE WITH CONTENT",
    ),
    Line(
        id="ad-line",
        pattern=_line(
            r"(?:advertisements?|iklan|sponsored(?:\s+(?:by|content))?|pasang\s+iklan|space\s+iklan|powered\s+by(?:\s+\w{1,20})?)\W{0,3}|(?:space|ruang|pasang)\s+iklan[^\n.!?]{0,60}(?:hub|disewakan|di\s+sini|\d{3})[^\n]{0,40}"
            r"|(?:advertisement|iklan)\s*[:：.…-]{0,4}\s*(?:scroll|gulir|lanjut|geser)[^\n.]{0,60}|baca\s+berita\s+tanpa\s+iklan[^\n]{0,40}"
        ),
        example="ADVERTISEMENT",
    ),
    Line(
        id="video-line",
        pattern=_line(
            r"(?:\[(?:gambas|youtube|embed|video|img|caption)\s{0,3}[:：]?[^\]]{0,80}\]\W{0,3}){1,4}"
            r"|(?:simak|tonton|lihat|saksikan)\s+(?:juga\s+)?video\s*(?:[:：]\s*" + REST + r"|[\"“][^\"”\n]{1,200}[\"”]\W{0,3})"
            r"|saksikan\s+(?:juga\s+)?(?:video|live\s+streaming|tayangan)\b[^\n]{0,120}(?:di\s+bawah\s+ini|berikut(?:\s+ini)?|di\s+sini)\s*[:：.!]?"
            r"|(?:yuk|ayo),?\s+simak\s+(?:juga\s+)?video\s+ini\W{0,3}"
            r"|(?:simak|tonton|lihat|saksikan)\s+video\s+[^\n.]{3,120}\s+(?:di|pada|lewat)\s+(?:tautan|link|kanal)\s+(?:ini|berikut)\W{0,3}"
        ),
        example="[Gambas:Video 20detik]",
    ),
    Line(
        id="follow-line",
        # What officials are quoted with is news, though it names a channel: „Cek harga … lewat saluran WhatsApp", kata Bupati.
        pattern=_line(
            rf"(?![^\n]{{0,{LONGEST}}}\b{SAID}\b)(?:selalu\s+)?(?:ikuti|cek|dapatkan|simak|silah?kan\s+(?:baca|ikuti)|baca|follow|update|temukan|jangan\s+lupa)"
            r"\s+(?:\w+\s+){0,3}"
            r"(?:kami|berita|artikel|update|konten|informasi|info|news|google\s+news|whatsapp\s+channel|(?:channel|saluran)\s+whatsapp)\b[^\n]{0,200}"
            r"(?<!\w)(?:google\s+news|whatsapp|wa\s+channel|breaking\s+news|telegram|media\s+sosial|satu\s+akun|instagram|aplikasi)\b[^\n]{0,400}"
            r"|(?:ikuti|follow)\s+(?:us|kami)(?:\s+(?:di|on)(?:\s+\w+){0,2})?\s*[:：]?|ikuti\s+perkembangan\s+berita\s+ini[^\n]{0,60}[:：]"
            rf"|(?![^\n]{{0,{LONGEST}}}\b{SAID}\b)(?:(?:mari|ayo|yuk),?\s+)?(?:bergabung|gabung|join)\b[^\n]{{0,80}}\b(?:telegram|whatsapp)\b[^\n]{{0,300}}"
            r"|jangan\s+sampai\s+ketinggalan\s+berita[^\n]{0,120}|(?:unduh|download)\s+aplikasi\s+[^\n]{3,60}\s+(?:di|untuk)\s+(?:android|ios|play\s+store)[^\n]{0,100}"
        ),
        has=(
            "google news",
            "whatsapp",
            "wa channel",
            "breaking news",
            "telegram",
            "media sosial",
            "satu akun",
            "instagram",
            "aplikasi",
            "ikuti",
            "follow",
            "ketinggalan",
        ),
        example="Ikuti kami di Google News",
    ),
    Line(
        id="pages-line",
        pattern=_line(
            r"(?:halaman|hal|pages?)\s*(?:selanjutnya|berikutnya|sebelumnya|[:：]?\s*\d{0,2}(?:\s*\W?\s*\d{1,2}){0,9}(?:\s*dari\s*\d{1,2})?)\W{0,3}"
            r"|(?:show\s+all|lihat\s+semua|tampilkan\s+semua|next\s+page|selanjutnya|sebelumnya|berikutnya|next|prev(?:ious)?|load\s+more|muat\s+lainnya)\W{0,3}"
            r"|(?:baca|lanjut(?:\s+ke)?|bersambung(?:\s+ke)?|simak(?:\s+selengkapnya)?(?:\s+di)?|buka)\s+(?:di\s+)?hal(?:aman)?\s+(?:selanjutnya|berikutnya|\d{1,2})[^\n]{0,60}"
            r"|lanjut\s+ke\s+sebelah\W{0,8}|\d{1,2}\s+dari\s+\d{1,2}\s+halaman"
            r"|[^\n.!?]{0,80}\b(?:baca|simak|selengkapnya|lihat)\s+(?:selengkapnya\s+)?(?:di\s+|ke\s+)?halaman\s+(?:selanjutnya|berikutnya)\W{0,4}"
        ),
        has=("hal", "page", "selanjutnya", "sebelumnya", "berikutnya", "next", "prev", "show all", "semua", "muat", "load", "lanjut"),
        example="Halaman Selanjutnya",
    ),
    Line(
        id="tags-line",
        pattern=_line(
            r"(?:tags?|topik(?:\s+terkait)?|kata\s+kunci|label|filed\s+under|kategori|posted\s+in)\s*[:：]?(?:\s*#?" + REST + r")?"
        ),
        linked=0.4,
        example="Tags: Kepahiang, Pasar Kabawetan",
    ),
    Line(
        id="tags-label",
        pattern=_line(r"(?:tags?|topik(?:\s+terkait)?|kata\s+kunci)\s*[:：]?|(?:#\w{2,40}[\s,]{0,3}){1,15}"),
        example="TAGS:",
    ),
    Line(
        id="first-published-line",
        pattern=_line(
            rf"{REPORTED}(?:artikel|berita|konten)\s+ini\s+(?:telah|sudah|pernah|sebelumnya)\s+(?:\w+\s+)?(?:tayang|terbit|dimuat|dipublikasikan|diterbitkan)\b"
            r"[^\n]{0,300}"
        ),
        example="Artikel ini telah tayang di kabarserayu.com dengan judul Petani Lereng Sindoro Panen Tembakau",
    ),
    Line(
        id="copyright-line",
        pattern=_line(
            r"(?:(?:copyright|hak cipta)\s*(?:©|\(c\)|\d{4})|©)[^\n]{0,60}|hak cipta dilindungi(?: oleh)?(?: undang-undang)?\W{0,2}"
            r"|dilarang\s+(?:keras\s+)?(?:mengambil|mengutip|menyalin|memperbanyak)[^\n]{0,200}tanpa\s+(?:izin|seizin|ijin)[^\n]{0,100}|all\s+rights?\s+reserved\W{0,2}"
        ),
        example="COPYRIGHT © ANTARA 2016",
    ),
    Line(
        id="disclaimer-line",
        pattern=_line(
            r"[^\n]{0,300}(?:sepenuhnya\s+(?:menjadi\s+|merupakan\s+)?tanggung\s+jawab\s+(?:dari\s+)?penulis|di\s+luar\s+tanggung\s+jawab\s+redaksi"
            r"|jurnalis\s+[^\n]{0,40}tidak\s+terlibat\s+dalam\s+(?:materi\s+)?konten|disajikan\s+oleh\s+advertiser)[^\n]{0,120}"
            r"|[^\n]{0,30}fakta\s+atau\s+hoaks\s?\?[^\n]{0,300}|"
            + REPORTED
            + r"(?:terima\s+kasih|terimakasih)\s+(?:telah|sudah)\s+(?:membaca|berkunjung|mengunjungi)[^\n]{0,60}"
            r"|this\s+entry\s+was\s+posted\s[^\n]{0,400}|(?:informasi\s+)?pemasangan\s+iklan[^\n]{0,120}"
        ),
        has=("tanggung jawab", "terlibat", "advertiser", "hoaks", "kasih", "this entry was posted", "pemasangan iklan"),
        example="Artikel ini merupakan kiriman pembaca dan sepenuhnya tanggung jawab penulis.",
    ),
    Line(
        id="premium-line",
        pattern=_line(
            rf"{REPORTED}(?:(?:nikmati\s+)?konten\s+premium\b[^\n]{{0,160}}|(?:ber)?langganan\s+(?:sekarang|epaper|koran)[^\n]{{0,80}})"
            r"|silah?kan\s+akses\s+epaper[^\n]{0,120}|baca\s+(?:berita\s+)?selengkapnya\s+di\s+[^\n]{3,120}"
            r"|[^\n]{0,200}\bklik\s+(?:di\s?sini|link\s+ini|tautan\s+ini)\W{0,3}|simak\s+berita\s+lain(?:nya)?\s+seputar\s+topik[^\n]{0,200}"
            r"|donasi,\s+dapat\s+vou?ch?er[^\n]{0,40}"
            rf"|(?![^\n]{{0,{LONGEST}}}\b{SAID}\b)[^\n]{{0,200}}\bvou?ch?er\b[^\n]{{0,60}}\b(?:ditukar|donasi|senilai)\b[^\n]{{0,120}}"
            r"|(?:baca|akses)\s+(?:juga\s+)?(?:berita|artikel)\s+(?:lain(?:nya)?\s+)?(?:terkait|tentang|seputar|soal)\s[^\n.]{3,160}"
        ),
        has=("premium", "epaper", "seputar", "langganan", "vouc", "baca ", "akses ", "klik "),
        example="Simak berita lainnya seputar topik artikel ini, di sini: ekspor, kerupuk",
    ),
    Line(
        id="comment-line",
        pattern=_line(
            r"sil[ah]+kan\s+(?:log\s?in|masuk)\s+untuk\s+berkomentar\W{0,2}|(?:tulis|tinggalkan|beri|berikan)\s+(?:komentar|balasan)(?:\s+anda)?\W{0,2}"
            r"|komentar(?:\s+pembaca)?\W{0,2}|\d{1,5}\s+(?:komentar|comments?|tanggapan)\W{0,3}|login\s+untuk\s+komentar|(?:leave\s+a\s+)?(?:reply|comments?)"
            r"|ada\s+\d{1,5}\s+komentar[^\n]{0,80}|kirim\s+komentar(?:\s+anda)?|nilai\s+artikel\s+ini|rate\s+artikel\s+ini|apa\s+reaksi\s+anda\W{0,2}"
        ),
        example="Silahkan login untuk berkomentar",
    ),
    Line(
        id="caption-line",
        # The marks with which captions end, never sentences: `Warga antre.--`, `… -dok Disway-`, `…-Foto: Yudi-`.
        pattern=re.compile(
            r"[^\n]{3,300}(?:--|[.\w\s”\")][-–—]\s?(?i:dok(?:umen(?:tasi)?)?|foto|ist(?:imewa)?|sumber)\b[.:]?[^\n–—]{0,60}-?)"
            r"|[^\n]{3,300}[(\[]\s?(?i:foto|dok(?:umen(?:tasi)?)?|ilustrasi|istimewa)\s?[:./][^()\n]{2,60}[)\]][\s.]{0,3}"
            r"|[A-Z][A-Z ]{2,30}: [^\n]{10,250}\([^()\n]{2,40}/[^()\n]{2,40}\)\.?|[^\n]{3,250}\bFoto\s?:\s?[A-Z][^\n.]{2,60}"
        ),
        has=("--", "dok", "foto", "ilustrasi", "istimewa", "-ist", "sumber", "/"),
        example="Warga mengantre air bersih di Kepahiang.-dok Humas Pemkab-",
    ),
    Line(
        id="photo-line",
        # A credit, no sentence about a photo: capitals or a short name, no full stop behind it.
        pattern=re.compile(
            r"[(\[]?(?i:foto|photo|dok(?:umen)?(?:tasi)?|ilustrasi|istimewa|gambar|infografis|grafis)(?:\s?/\s?\w{2,20})?\s{0,2}[:：/]\s{0,2}"
            r"(?:[^\n.:]|\b(?i:dok|dr|drs|h|hj)\.|\w\.(?=\w)){2,60}[)\]]?|[(\[](?i:foto|ist(?:imewa)?|dok\.?|ilustrasi)\b[^\n()]{0,80}[)\]]|(?i:foto\s+istimewa|lihat\s+foto|perbesar)"
        ),
        example="Foto: Dok. Humas Pemkab Kepahiang",
    ),
    Line(
        id="credit-label",
        pattern=_line(r"(?:sumber|editor|penulis|reporter|pewarta|redaktur|fotografer)\s*[:：]"),
        example="Sumber:",
    ),
    Line(
        id="image-name-line",
        pattern=re.compile(
            r"(?=[0-9]*[a-f])[0-9a-f]{8}(?:[ _-][a-z0-9]+){1,12}|[\w-]{3,80}\.(?:jpe?g|png|webp|gif)"
            r"|(?:img|dsc|pic|vid|screenshot|whatsapp image)[\s_-]?[\d-]{4,20}(?:[\s_-][\w.-]{1,20}){0,5}",
            re.IGNORECASE,
        ),
        example="e9ca083a asn kerja depan komputer 2",
    ),
)


BLOCK_BY_NAME = {name: block.id for block in BLOCKS for name in block.names}
BLOCK_BY_WORD = {word: block.id for block in BLOCKS for word in block.words}
BLOCK_BY_PREFIX = {prefix: block.id for block in BLOCKS for prefix in block.prefixes}
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


CAPTIONS = frozenset({"caption-block", "caption-line", "photo-line"})
"""Rows whose lines are captions of pictures."""


@lru_cache(maxsize=4096)
def block_row(names: str) -> str | None:
    """Id of the row that knows an element by its class and id names, or None."""
    return next((row for name in names.split()[:MOST_NAMES] if (row := _name_row(name))), None)


def words_of(name: str) -> list[str]:
    """The words that class or id names are made of, in lower case: `jeg_relatedPost` is jeg, related, post."""
    return [word.lower() for word in WORDS.findall(name[:LONGEST])]


def _name_row(name: str) -> str | None:
    lower = name.lower()
    if row := BLOCK_BY_NAME.get(lower):
        return row
    words = words_of(name)
    if UNSAID.isdisjoint(words):
        for word in (*(f"{one}-{other}" for one, other in pairwise(words)), *words):
            if row := BLOCK_BY_WORD.get(word):
                return row
    return next((row for prefix, row in BLOCK_BY_PREFIX.items() if lower.startswith(prefix)), None)


def line_row(text: str, linked: float = 0.0) -> str | None:
    """Id of the row that knows a paragraph by its whole text, or None."""
    if len(text) > LONGEST:
        return None
    match = _rows(sum(linked >= share for share in SHARES)).fullmatch(text)
    if match and match.lastgroup:
        return LINES[int(match.lastgroup[1:])].id
    lower = text.lower()
    return next((line.id for line in BY_WORDS if HAS[line.id].search(lower) and line.pattern.fullmatch(text)), None)


BY_WORDS = [line for line in LINES if line.has]
HAS = {line.id: re.compile("|".join(map(re.escape, line.has))) for line in BY_WORDS}
SHARES = sorted({line.linked for line in LINES} - {0.0})


@cache
def _rows(reached: int) -> re.Pattern[str]:
    """The rows that ask for no more links than the first `reached` of SHARES, as one pattern; the group that matched is the row's."""
    most = ([0.0, *SHARES])[reached]
    rows = (f"(?P<r{index}>{_flagged(line.pattern)})" for index, line in enumerate(LINES) if line.linked <= most and not line.has)
    return re.compile("|".join(rows))


def _flagged(pattern: re.Pattern[str]) -> str:
    return f"(?i:{pattern.pattern})" if pattern.flags & re.IGNORECASE else pattern.pattern
