"""The same words in another typography: still verbatim."""
import re
import unicodedata

from page_text import UNSPACED, WORD, part, unspaced


def typography(rng, text):
    swaps = [("'", "\u2019"), ("\"", "\u201D"), ("\u201C", "\u00AB"), ("\u201D", "\u00BB"), ("\u2019", "'"), (" - ", " \u2014 "), ("...", "\u2026")]
    if "\u2026" in text or "..." in text:
        return None
    for old, new in swaps:
        if rng.random() < 0.6:
            text = text.replace(old, new)
    pieces = re.split(r"( )", text)
    return "".join("\u00A0" if p == " " and rng.random() < 0.3 else p for p in pieces)


def other_case(rng, text, language):
    if language.startswith(("tr", "el", "de", "lt")):
        return text.lower() if not language.startswith("tr") else None
    return text.upper() if rng.random() < 0.5 else text.lower()


def other_form(rng, text):
    return unicodedata.normalize("NFD" if unicodedata.is_normalized("NFC", text) else "NFC", text)


def invisible(rng, text):
    def sow(match):
        word = match.group()
        if len(word) < 6 or UNSPACED.search(word) or rng.random() < 0.5:
            return word
        at = rng.randrange(2, len(word) - 2)
        return word[:at] + rng.choice(["\u00AD", "\u200B", "\u2060"]) + word[at:]
    return WORD.sub(sow, text)


def wrapped(rng, text):
    """As a letter prints it: lines of some width, long words parted by hyphens."""
    if unspaced(text):
        at = rng.randrange(3, len(text) - 3) if len(text) > 7 else 1
        return text[:at] + "\n" + text[at:] if WORD.match(text[at - 1]) and WORD.match(text[at]) else None
    lines, line = [], ""
    width = rng.randint(28, 60)
    for word in text.split(" "):
        if len(line) + len(word) + 1 > width:
            room = width - len(line) - 2
            if word.isalpha() and 3 <= room <= len(word) - 3 and re.match(r"[A-Za-z\u00C0-\u04FF]+$", word):
                lines.append(line + " " + word[:room] + "-")
                line = word[room:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join(lines + [line]).strip()


def unaccented(rng, text):
    plain_text = "".join(c for c in unicodedata.normalize("NFD", text) if not (unicodedata.category(c) == "Mn" and ord(c) < 0x370))
    return plain_text if plain_text != unicodedata.normalize("NFD", text) else None


def with_sic(rng, text):
    if unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 2:
        return None
    at = rng.randrange(1, len(words))
    return " ".join(words[:at] + ["[sic]"] + words[at:])


def bracket_capital(rng, text):
    return f"[{text[0].swapcase()}]{text[1:]}" if text[0].isalpha() and text[0].swapcase() != text[0] and len(text[0].swapcase()) == 1 else None


VERBATIM = {
    "plain": lambda rng, page, text: text,
    "part": lambda rng, page, text: part(rng, text),
    "typography": lambda rng, page, text: typography(rng, text),
    "case": lambda rng, page, text: other_case(rng, text, page.language),
    "normal form": lambda rng, page, text: other_form(rng, text),
    "invisible": lambda rng, page, text: invisible(rng, text),
    "wrapped": lambda rng, page, text: wrapped(rng, text),
    "unaccented": lambda rng, page, text: unaccented(rng, text),
    "sic": lambda rng, page, text: with_sic(rng, text),
    "[C]apital": lambda rng, page, text: bracket_capital(rng, text),
}
