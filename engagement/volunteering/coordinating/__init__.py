"""What residents who coordinate do with their community's work days, in their space and never in the admin."""
