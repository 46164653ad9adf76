"""Manners, limits and closed doors: what Scrapy leaves open is closed here, and what a family or portal may not undo."""

import ast
from pathlib import Path

import pytest
from scrapy.settings import Settings, default_settings
from scrapy.utils.project import get_project_settings

from tests.crawling import ROOT

SETTINGS = get_project_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROBOTSTXT_OBEY", True),
        ("AUTOTHROTTLE_ENABLED", True),
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("REMOTE_CONTROL_ENABLED", False),
        ("TELNETCONSOLE_ENABLED", False),
        ("COOKIES_ENABLED", False),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 1),
    ],
)
def test_a_setting_is_what_manners_and_safety_ask_and_differs_from_scrapys(name, value):
    assert SETTINGS[name] == value
    assert getattr(default_settings, name) != value


def test_requests_keep_their_distance_and_bodies_their_size():
    assert SETTINGS.getfloat("DOWNLOAD_DELAY") >= 2
    assert SETTINGS.getfloat("AUTOTHROTTLE_START_DELAY") >= SETTINGS.getfloat("DOWNLOAD_DELAY")
    assert SETTINGS.getint("DOWNLOAD_MAXSIZE") <= 20 * 2**20 < default_settings.DOWNLOAD_MAXSIZE


def test_the_user_agent_names_the_archive_and_a_contact(monkeypatch):
    assert SETTINGS["USER_AGENT"].startswith("ArsipWarta/")
    monkeypatch.setenv("ARSIP_CONTACT", "arsip@contoh.id")
    told: dict[str, object] = {}
    exec(compile((ROOT / "settings.py").read_text(), "settings.py", "exec"), told)
    assert "arsip@contoh.id" in str(told["USER_AGENT"])
    assert "contact not set" not in str(told["USER_AGENT"])


def test_settings_know_our_rooms_only_as_dotted_names():
    imported = {
        name.name.partition(".")[0]
        for node in ast.walk(ast.parse((ROOT / "settings.py").read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (node.names if isinstance(node, ast.Import) else [ast.alias(name=node.module or "")])
    }
    assert imported.isdisjoint({"archive", "pipelines", "spiders", "sample", "tests"})


def test_every_setting_is_one_that_scrapy_or_this_project_knows():
    ours = {"ARSIP_DIR", "ARSIP_CONTACT", "ARSIP_EVERY_HOURS", "ARSIP_PRESS_WORKERS", "ARSIP_PRESS_SECONDS"}
    ours |= {"LONGEST_PAUSE", "TROUBLES_IN_A_ROW", "DOWNLOAD_HEAD_MAXSIZE"}
    known = set(Settings()) | ours
    assert {name for name in vars(__import__("settings")) if name.isupper()} <= known


def test_no_family_and_no_portal_loosens_a_setting():
    for path in [*Path(ROOT / "spiders" / "families").glob("*.py"), *Path(ROOT / "spiders" / "portals").glob("*.py")]:
        assert "custom_settings" not in path.read_text(), path
