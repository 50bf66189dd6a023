"""Benchmark: the same shots in plain Manim, with Netglow's parts, and as encoding alone."""

WAYS = ("plain", "netglow", "encode")
