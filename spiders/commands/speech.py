"""How the commands speak: one sentence on stderr, and the exit status that goes with it."""

import sys
from pathlib import Path
from typing import NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.crawler import CrawlerProcessBase

from spiders.base import PortalSpider


def fail(command: str, sentence: str, status: int) -> NoReturn:
    """End the command with a sentence: status 1 the work failed, 2 wrong use."""
    sys.stderr.write(f"scrapy {command}: {sentence}\n")
    sys.exit(status)


def folder_of(command: ScrapyCommand) -> Path:
    """The archive's folder, by the settings."""
    assert command.settings
    return Path(command.settings["ARSIP_DIR"])


def portal_class(command: str, process: CrawlerProcessBase, name: str) -> type[PortalSpider]:
    """The spider of a portal by its name, or the end of the command."""
    known = process.spider_loader.list()
    if name not in known:
        fail(command, f"There is no portal {name!r}; `scrapy list` shows the {len(known)} there are.", 2)
    portal = process.spider_loader.load(name)
    assert issubclass(portal, PortalSpider)
    return portal
