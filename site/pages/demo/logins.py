"""Who may sign in to the demonstration, and how? Said at every start; needs nothing but Python."""

PASSWORD = "fifty-fifty"  # noqa: S105 - the demonstration's, printed at every start
USERNAMES = ("communication", "participation", "administration", "elue")
RESIDENT = "ada.terril@example.org"  # who has a space, answers, and coordinates work days
