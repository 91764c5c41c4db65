"""Who at the town hall saw what we know of residents, and who took it away?"""
