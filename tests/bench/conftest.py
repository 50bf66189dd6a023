"""The benchmark's tests use the command line's fixtures."""

from tests.studio.conftest import says

__all__ = ["says"]
