"""Netglow's numeric truth: digits, networks, training, model files. Never imports manim."""
