"""The engines that Netglow brings, each found through the entry point ``netglow.voices``."""
