"""The ground floor: what was seen and what was made of it.

Nothing here knows Scrapy, the pipelines or the spiders; an archive of twenty years ago must open without them.
"""
