"""Paragraphs on paper: the ways in which letters, papers, opinions and manuals are printed. Each press is a function from paragraphs to a PDF."""
import html
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from support import need  # noqa: E402

BABEL = {"en": "english", "de": "ngerman", "fr": "french", "es": "spanish", "it": "italian", "nl": "dutch", "pt": "portuguese",
         "pl": "polish", "ca": "catalan", "hu": "magyar", "ro": "romanian", "cs": "czech", "sv": "swedish", "fi": "finnish"}
TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}",
       "^": r"\textasciicircum{}", "\"": "{\\char34}"}
NOTE = "See the report of 12 May 1998, pp. 3-14, and what was said there of the same question; no other source is known."
CAPTION = "The number of boats that left the harbour in each year, by kind and by owner."


def tex(text):
    return "".join(TEX.get(c, c) for c in text)


def with_notes(paragraphs, note, every=3):
    """Sets a note after a word in the middle of every third paragraph."""
    out = []
    for number, paragraph in enumerate(paragraphs):
        words = paragraph.split(" ")
        if number % every == 1 and len(words) > 8:
            words[len(words) // 2] += note
        out.append(words)
    return out


def tex_body(paragraphs, floats):
    body = []
    if floats and re.match(r"[A-Z]\w", paragraphs[0]):
        first, rest = paragraphs[0].split(" ", 1)
        body.append(f"\\lettrine{{{tex(first[0])}}}{{{tex(first[1:])}}} {tex(rest)}\n\n")
        paragraphs = paragraphs[1:]
    for number, words in enumerate(with_notes([tex(p) for p in paragraphs], f"\\footnote{{{NOTE}}}")):
        body.append(" ".join(words) + "\n\n")
        if floats and number % 5 == 2:
            body.append("\\begin{figure}[htb]\\centering\\rule{30mm}{18mm}\\caption{" + CAPTION + "}\\end{figure}\n\n")
        if number % 8 == 7:
            body.append("\\section{The harbour in the year of the flood}\n\n")
    return "".join(body)


def latex(paragraphs, language, folder, options="", packages="", floats=True, before="", after=""):
    source = ("\\documentclass[a4paper," + options + "]{article}\\usepackage[" + BABEL[language] + "]{babel}\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp}"
              "\\usepackage{fancyhdr,lettrine}\\pagestyle{fancy}\\fancyhf{}\\fancyhead[L]{M. Sand and E. Marsh}\\fancyhead[R]{Harbours and their lamps}"
              "\\fancyfoot[C]{\\thepage}" + packages + "\\begin{document}" + before + tex_body(paragraphs, floats) + after + "\\end{document}")
    (folder / "page.tex").write_text(source)
    for _ in range(2):
        subprocess.run([need("pdflatex"), "-interaction=nonstopmode", "page.tex"], cwd=folder, capture_output=True, timeout=240)
    return folder / "page.pdf"


def paper(paragraphs, language, folder):
    return latex(paragraphs, language, folder, "twocolumn,10pt")


def report(paragraphs, language, folder):
    return latex(paragraphs, language, folder, "11pt", "\\usepackage{microtype}")


def brief(paragraphs, language, folder):
    return latex(paragraphs, language, folder, "12pt", "\\usepackage{setspace}\\doublespacing\\usepackage{lineno}\\linenumbers", floats=False)


def three_columns(paragraphs, language, folder):
    return latex(paragraphs, language, folder, "9pt,landscape", "\\usepackage{multicol}\\usepackage[margin=15mm]{geometry}", floats=False,
                 before="\\begin{multicols}{3}", after="\\end{multicols}")


def css_page(paragraphs, language, style):
    body = []
    for number, words in enumerate(with_notes([html.escape(p) for p in paragraphs], f'<span class="note">{NOTE}</span>')):
        body.append("<p>" + " ".join(words) + "</p>")
        if number % 5 == 2:
            body.append(f"<figure><svg width=80 height=40><rect width=80 height=40 /></svg><figcaption>Figure {number}. {CAPTION}</figcaption></figure>")
        if number % 8 == 7:
            body.append("<h2>The harbour in the year of the flood</h2>")
    return f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><style>{style}</style><body>{"".join(body)}</body></html>'


def weasy(paragraphs, language, folder, style):
    (folder / "page.html").write_text(css_page(paragraphs, language, style))
    subprocess.run([need("weasyprint"), "page.html", "page.pdf"], cwd=folder, capture_output=True, timeout=300)
    return folder / "page.pdf"


RUNNING = ("@page{margin:22mm;@top-left{content:'Harbour Gazette'}@top-right{content:'No. 114'}@bottom-center{content:'Page ' counter(page) ' of ' "
           "counter(pages)}} body{font-size:10pt;text-align:justify;hyphens:auto}")


def gazette(paragraphs, language, folder):
    return weasy(paragraphs, language, folder, RUNNING + ".note{float:footnote;font-size:8pt} ::footnote-call{font-size:6pt;vertical-align:super}")


def magazine(paragraphs, language, folder):
    return weasy(paragraphs, language, folder, RUNNING + "body{columns:2;column-gap:6mm}.note{display:none}p{margin:0;text-indent:4mm}")


def typewritten(paragraphs, language, folder):
    """groff's memoranda: two columns, notes at the foot, words hyphenated at the ends of lines."""
    body = []
    for number, words in enumerate(with_notes([p.replace("\\", "\\e") for p in paragraphs], "\\**\n.FS\n" + NOTE + "\n.FE\n")):
        text = re.sub(r"^([.'])", r"\\&\1", " ".join(words), flags=re.MULTILINE).replace("\\&.F", ".F")
        body.append(f".PP\n{text}\n")
    (folder / "page.ms").write_text(".TL\nHarbours\n.AU\nM. Sand\n.2C\n" + "".join(body))
    done = subprocess.run([need("groff"), "-Tpdf", "-k", "-ms", "page.ms"], cwd=folder, capture_output=True, timeout=120)
    (folder / "page.pdf").write_bytes(done.stdout)
    return folder / "page.pdf"


LATIN = set("en de fr es it nl pt".split())
PRESSES = {"paper in two columns": (paper, set(BABEL)), "report": (report, set(BABEL)), "brief with numbered lines": (brief, set(BABEL)),
           "three columns": (three_columns, set(BABEL)), "gazette": (gazette, None), "magazine": (magazine, None),
           "memorandum": (typewritten, LATIN)}


def settable(press, paragraphs):
    """Those for which the press has types: no Chinese where all is Latin, and no word wider than a line."""
    if PRESSES[press][1] is None:
        return paragraphs
    return [p for p in paragraphs if all(ord(c) < 0x180 or 0x2010 <= ord(c) < 0x2027 for c in p) and max(map(len, p.split())) < 32]


def printed(press, paragraphs, language, folder):
    """The PDF's bytes; None where this press has no such letters."""
    make, languages = PRESSES[press]
    if languages is not None and language not in languages:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        path = make(paragraphs, language, folder)
    except subprocess.TimeoutExpired:
        return None
    return path.read_bytes() if path.exists() and path.stat().st_size > 0 else None
