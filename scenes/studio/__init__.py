"""The studio: command line, render jobs, the joined film."""
