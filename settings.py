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

# Manners. Small portals run on small servers: one request at a time, about two seconds apart, slower when the server is.
USER_AGENT = f"ArsipWarta/0.1 (news archive; {ARSIP_CONTACT or 'contact not set'})"
ROBOTSTXT_OBEY = True  # Scrapy's default is False
DOWNLOAD_DELAY = 2.0  # Scrapy's default is none
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 2  # of one portal; what waits further ahead could not be taken back when the crawl is stopped
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as announced: the newest first
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
COOKIES_ENABLED = False  # an archive is not a visitor

# Limits. An honest page is far below them; what is not must not fill memory or hang a crawl.
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # Scrapy's default is 1 GiB
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 5
DEPTH_LIMIT = 0  # how far a listing goes is the ledger's decision

# Doors that Scrapy leaves open by default. The remote control executes whatever Python it is sent.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
# A capture from a host that cannot prove its name is no proof. Scrapy's default takes any certificate.
DOWNLOAD_VERIFY_CERTIFICATES = True

DOWNLOADER_MIDDLEWARES = {
    # Before robots.txt is asked: it must see the host that is really asked.
    "spiders.site.HomeMiddleware": 40,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
ITEM_PIPELINES = {
    "pipelines.stages.KeepPage": 100,
    "pipelines.stages.Press": 200,
    "pipelines.stages.KeepArticle": 300,
}
EXTENSIONS = {
    "spiders.report.CrawlReport": 100,
    "spiders.manners.CrawlDelay": 200,
}

# The report says what happened; the log says what is wrong.
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "spiders.report.QuietLogFormatter"
