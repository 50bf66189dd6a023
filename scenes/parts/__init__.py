"""Pictures built from arrays; each keeps the numbers it draws."""
