"""Networks out of other programs' files: a file a format, and one common step at the end."""
