"""What is lost, and what comes twice, when everything dies? `python -m tests.chaos LETTERS KILLS` tries."""
