"""What each chapter shows and says, found out before anything is drawn; no Manim in here."""
