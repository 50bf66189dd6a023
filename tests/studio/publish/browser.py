"""A real browser without a window, for pages as readers see them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WHERE = "install both: apt-get install chromium (on Debian), pip install '.[browser]'"


def missing(what: str) -> None:
    """Skip the test, or fail it where a browser must be there."""
    message = f"{what}; {WHERE}"
    if os.environ.get("NETGLOW_NEEDS_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def browser(profile: Path) -> Iterator[Any]:
    """A browser with a new profile; ``new_page()`` opens a page."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        missing("there is no Chromium or Chrome")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("there is no Playwright")
    with sync_playwright() as playwright:
        try:
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=program, headless=True, args=FLAGS
            )
        except Error as error:  # such as Ubuntu's chromium-browser, which only points to a snap
            missing(f"{program} does not start ({str(error).splitlines()[0]})")
        try:
            yield context
        finally:
            context.close()
