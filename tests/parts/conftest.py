"""The parts use the stage's fixtures: small pictures, short films, the usual story."""

from tests.stage.conftest import film, picture, story, tiny

__all__ = ["film", "picture", "story", "tiny"]
