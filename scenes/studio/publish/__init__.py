"""What is made of clips: the film, web pages."""
