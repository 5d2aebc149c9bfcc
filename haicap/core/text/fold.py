"""Search form of Vietnamese text."""
import unicodedata
def fold_vi(text: str) -> str:
    """Return the search form."""
    d = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(c for c in d if not unicodedata.combining(c)).split())
