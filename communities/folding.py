"""How a French word is found without its accents, and sorted as a reader expects."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents: “Végétalisation” becomes “vegetalisation”. PostgreSQL's French stemmer keeps them."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
