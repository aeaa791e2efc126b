"""One letter in every format that people send, made by pandoc and LibreOffice: the same citations, quotes and URLs."""
import json
import shutil
import subprocess

from support import REPOSITORY, folder, need, run

PANDOC, SOFFICE = need("pandoc"), need("soffice")
need("pdftotext")
LETTER = REPOSITORY / "tests/data/documents/harbour-letter.md"


def made_by_pandoc(where, extension, writer=None):
    made = where / f"letter.{extension}"
    subprocess.run([PANDOC, "-s", LETTER, "-o", made, *(["-t", writer] if writer else [])], check=True, timeout=60)
    return made


def made_by_libreoffice(where, source, extension):
    """A home of its own: two LibreOffices do not share one."""
    subprocess.run([SOFFICE, "--headless", f"-env:UserInstallation=file://{where}/libreoffice", "--convert-to", extension,
                    "--outdir", where / extension, source], check=True, timeout=240, capture_output=True)
    return where / extension / source.with_suffix("." + extension).name


def what_it_says(document):
    """Sources and citations without what formats cannot have alike: places, and breaks between a PDF's paragraphs."""
    result = run("extract", document)
    assert result.returncode == 0, f"{document}: {result.stderr}"
    manifest = json.loads(result.stdout)
    sources = [(s["id"], s["label"], s["urls"], s["kind"], s["translated"], s.get("refers_to", "")) for s in manifest["sources"]]
    citations = [(c["title"], c["place"], c["date"], c["quote"] and " ".join(c["quote"].split()), c["sources"])
                 for c in manifest["citations"]]
    return manifest["document"]["title"], sources, citations


def expected():
    manifest = json.loads((LETTER.parent / (LETTER.name + ".expected.json")).read_text())
    sources = [(s["id"], s["label"], s["urls"], s["kind"], s["translated"], s.get("refers_to", "")) for s in manifest["sources"]]
    citations = [(c["title"], c["place"], c["date"], c["quote"] and " ".join(c["quote"].split()), c["sources"])
                 for c in manifest["citations"]]
    return manifest["title"], sources, citations


def main():
    wanted_title, wanted_sources, wanted_citations = expected()
    with folder() as where:
        odt = made_by_pandoc(where, "odt")
        documents = [shutil.copy(LETTER, where), made_by_pandoc(where, "txt", "plain"), made_by_pandoc(where, "docx"), odt,
                     made_by_pandoc(where, "html"), made_by_pandoc(where, "tex"), made_by_pandoc(where, "rst"),
                     made_by_libreoffice(where, odt, "pdf"), made_by_libreoffice(where, odt, "docx"),
                     made_by_libreoffice(where, odt, "html")]
        wrong = 0
        for document in documents:
            title, sources, citations = what_it_says(document)
            name = f"{document}".removeprefix(f"{where}/")
            for what, wanted, read in (("sources", wanted_sources, sources), ("citations", wanted_citations, citations)):
                same = sum(a == b for a, b in zip(wanted, read))
                print(f"{name}: {what} {same} of {len(wanted)}" + (f", {len(read)} read" if len(read) != len(wanted) else ""))
                for a, b in zip(wanted, read):
                    if a != b:
                        print("  wanted", a, "\n  read  ", b)
                wrong += wanted != read
        assert wrong == 0, f"{wrong} lists differ from the letter's manifest"


main()
