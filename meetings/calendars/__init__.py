"""What calendar programs read: a meeting's entry, calendars to subscribe to, a resident's own."""
