"""The day itself: its sheet, who was there and how long, and what becomes of the hours."""
