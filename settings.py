"""Scrapy's settings for Arsip Warta: values and dotted strings. `scrapy.cfg` points here."""

import os

BOT_NAME = "arsip-warta"
SPIDER_MODULES = ["spiders.portals"]
NEWSPIDER_MODULE = "spiders.portals"
COMMANDS_MODULE = "spiders.commands"

# The archive's folder, and an address under which a portal's owner reaches whoever runs this crawl.
ARSIP_DIR = os.environ.get("ARSIP_DIR") or "data"
ARSIP_CONTACT = os.environ.get("ARSIP_CONTACT", "")

# Hours after which `scrapy crawlall` crawls a portal again; one that is down waits ever longer.
ARSIP_EVERY_HOURS = 2

# Processes that press pages, for all crawls of a process together.
ARSIP_PRESS_WORKERS = min(os.cpu_count() or 1, 4)
# Seconds for one page. A large one takes a tenth of a second; what takes longer than this is made to. Its worker is ended, and the page
# is `failed` in the ledger. What a page can cost there is bounded besides by what is read of it: its first megabyte, and the 2,048 levels
# of nested elements that the parser takes (pipelines/markup.py, which knows no settings: a replay must read as the crawl did).
ARSIP_PRESS_SECONDS = 30.0

# Manners. Small portals run on small servers: one request at a time, about two seconds apart, slower when the server is.
USER_AGENT = f"ArsipWarta/0.1 (news archive; {ARSIP_CONTACT or 'contact not set'})"
ROBOTSTXT_OBEY = True  # Scrapy's default is False
ROBOTSTXT_USER_AGENT = "ArsipWarta"  # our name in it; a word of the contact address is none
DOWNLOAD_DELAY = 2.0  # Scrapy's default is none
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 1  # a crawl asks one portal; what waits in the downloader cannot be taken back when it wants no more
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as announced: the newest first
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
COOKIES_ENABLED = False  # an archive is not a visitor
# A portal that answers 429 or 503, or not in time, gets twice the delay each time. A Retry-After up to LONGEST_PAUSE (seconds) is
# waited out; a longer one, or so many troubles in a row, end the crawl: one page that is always down and its retries are fewer.
LONGEST_PAUSE = 120.0
TROUBLES_IN_A_ROW = 6

# Limits. An honest page is far below them; what is not must not fill memory or hang a crawl.
# A body, as it comes and as it is unpacked. The largest honest thing is a sitemap of 50,000 addresses. Scrapy's default is 1 GiB.
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
# A header. Browsers take about this much; Twisted bounds a line and not their number.
DOWNLOAD_HEAD_MAXSIZE = 256 * 1024
# Seconds from the connection to the last byte, so that an answer that drips for ever ends too.
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2  # what fails three times in a crawl is for a later one
REDIRECT_MAX_TIMES = 5  # http, https, www, slash and a moved story; RFC 9309 asks for five with robots.txt
DEPTH_LIMIT = 0  # how far a listing goes is the ledger's decision

# Doors that Scrapy leaves open by default. The remote control executes whatever Python it is sent.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
# A capture from a host that cannot prove its name is no proof. Scrapy's default takes any certificate.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Pages are named by whoever writes a sitemap: none of them may be a file of this machine or of its network.
DOWNLOAD_HANDLERS = {
    "http": "spiders.connections.BoundedHandler",
    "https": "spiders.connections.BoundedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "spiders.connections.GuardedResolver"
# Through a proxy it cannot be seen where a request ends.
HTTPPROXY_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    # Before robots.txt is asked: it must see the host that is really asked.
    "spiders.site.HomeMiddleware": 40,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "spiders.compression.WholeBodies": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    # Before anything is asked, robots.txt too.
    "spiders.safety.AddressMiddleware": 45,
    "spiders.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Below the retries, so that it sees each of them.
    "spiders.manners.Manners": 560,
}
ITEM_PIPELINES = {
    "pipelines.stages.KeepPage": 100,
    "pipelines.stages.Press": 200,
    "pipelines.stages.KeepArticle": 300,
}
EXTENSIONS = {
    "spiders.report.CrawlReport": 100,
}

# The report says what happened; the log says what is wrong.
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "spiders.report.QuietLogFormatter"
