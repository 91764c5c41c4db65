"""What must not be read in a log? The token of a link: whoever holds it acts for a resident."""

import logging
import re

NAMED = "r|cal|mon-calendrier|venir/confirmer|confirmer|desinscription|preferences|rester|plus-d-invitation"
OF_A_SPACE = "mon-espace/entrer/demande|mon-espace/entrer|mon-espace/adresse"
# What stands after these, and whatever looks like one of our signed links wherever it stands (communities.links).
TOKENS = re.compile(rf"(/(?:{NAMED}|{OF_A_SPACE})/)[^/\s?\"']+|(/)[a-z2-7]{{24}}(?![a-z2-7])", re.IGNORECASE)


class WithoutTokens(logging.Filter):
    """Lets every record through, its links cut before the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        if TOKENS.search(words):
            record.msg, record.args = TOKENS.sub(r"\1\2…", words), ()
        return True
