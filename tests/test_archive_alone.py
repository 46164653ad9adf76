"""An archive of twenty years ago opens without the crawler: nothing on this floor loads what stands above it."""

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import archive

LOADED = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_no_module_of_the_archive_loads_scrapy_pipelines_or_spiders() -> None:
    modules = [module.name for module in pkgutil.walk_packages(archive.__path__, "archive.")]
    assert {"archive.store", "archive.cli", "archive.browse.serve"} <= set(modules)
    command = [sys.executable, "-c", LOADED, *modules]
    run = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(json.loads(run.stdout))
    assert "sqlite_utils" in loaded
    assert not loaded & {"scrapy", "twisted", "pipelines", "spiders", "settings", "sample"}
