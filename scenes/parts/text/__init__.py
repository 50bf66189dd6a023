"""Lines of text, paragraphs, headlines and code."""
