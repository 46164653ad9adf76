"""How the commands speak: one sentence on stderr, and the exit status that goes with it."""

import logging
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from spiders.base import PortalSpider


def fail(command: str, sentence: str, status: int) -> NoReturn:
    """End the command with a sentence: status 1 the work failed, 2 wrong use."""
    sys.stderr.write(f"scrapy {command}: {sentence}\n")
    sys.exit(status)


def complain(sentence: str) -> None:
    """Say on stderr what went wrong with one page of many."""
    sys.stderr.write(f"{sentence}\n")


def introduce(settings: BaseSettings, *, live: bool) -> None:
    """Say so when a live portal is about to be asked by someone it cannot reach."""
    if live and not settings["ARSIP_CONTACT"]:
        logging.getLogger("arsip").warning("Set ARSIP_CONTACT to an address where the portal's owner can reach you.")


def folder_of(command: ScrapyCommand) -> Path:
    """The archive's folder, by the settings."""
    assert command.settings
    return Path(command.settings["ARSIP_DIR"])


def portal_classes(settings: BaseSettings) -> dict[str, type[PortalSpider]]:
    """The spiders of all portals by name."""
    loader = get_spider_loader(settings)
    found = {name: loader.load(name) for name in loader.list()}
    return {name: portal for name, portal in found.items() if issubclass(portal, PortalSpider)}


def unknown_portal(name: str, known: Collection[str]) -> str:
    """The sentence for a portal that there is not."""
    return f"There is no portal {name!r}; `scrapy list` shows the {len(known)} there are."
