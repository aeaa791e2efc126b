"""The same page in another guise: another charset under a true, a missing or a lying label; marks, furniture and hidden words set into it."""
import html
import io
import json
import re
import textwrap
import zipfile

CHARSETS = {"ru": ["windows-1251", "koi8-r", "iso-8859-5"], "uk": ["windows-1251", "koi8-u"], "bg": ["windows-1251"], "sr": ["windows-1251"],
            "ja": ["shift_jis", "euc-jp", "iso-2022-jp"], "zh-cn": ["gbk", "gb18030"], "zh-tw": ["big5"], "ko": ["euc-kr"],
            "el": ["iso-8859-7", "windows-1253"], "tr": ["windows-1254", "iso-8859-9"], "ar": ["windows-1256"], "fa": ["windows-1256"],
            "he": ["windows-1255"], "vi": ["windows-1258"], "hu": ["iso-8859-2", "windows-1250"], "cs": ["iso-8859-2", "windows-1250"],
            "pl": ["iso-8859-2"], "sk": ["windows-1250"], "sl": ["iso-8859-2"], "hr": ["windows-1250"], "ro": ["iso-8859-2"],
            "lt": ["windows-1257"], "et": ["iso-8859-15"], "hi": ["utf-16"], "km": ["utf-16le"]}
META = re.compile(rb"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>", re.IGNORECASE)
RUN = re.compile(r">([^<>&]{80,})<")


def declared_utf8(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def other_charset(raw, language, rng):
    """(guise, body, content type): the same words as other bytes."""
    text = declared_utf8(raw)
    if text is None:
        return None
    bare = META.sub(b"", raw).decode("utf-8")
    names = CHARSETS.get(language) or CHARSETS.get(language.split("-")[0]) or ["windows-1252", "iso-8859-15"]
    name = rng.choice(names)
    if name == "utf-16le":
        return name, b"\xff\xfe" + bare.encode("utf-16-le"), "text/html"
    coded = bare.encode(name, "xmlcharrefreplace")
    if name.startswith("utf-16"):
        return name, coded, "text/html"
    way = rng.randrange(7)
    if way == 5:
        return "legacy, labelled nowhere", coded, "text/html"
    if way == 6 and not name.startswith(("iso-2022", "iso-8859-15", "windows-1252")):
        head = re.search(rb"<head[^>]*>", coded)
        meta = f'<meta charset="{name}">'.encode()
        if head:
            return "legacy, header says iso-8859-1", coded[:head.end()] + meta + coded[head.end():], "text/html; charset=ISO-8859-1"
    if way == 0:
        return f"{name} in the header", coded, f"text/html; charset={name}"
    label = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'.encode()
    head = re.search(rb"<head[^>]*>", coded)
    if head is None or name.startswith("iso-2022") and way != 1:
        return f"{name} in the header", coded, f"text/html; charset={name}"
    if way == 1:
        return f"{name} in a meta", coded[:head.end()] + label + coded[head.end():], "text/html"
    if way == 2:
        late = b"<!-- " + b"x" * 1800 + b" -->" + label
        return f"{name} in a late meta", coded[:head.end()] + late + coded[head.end():], "text/html"
    plain = bare.encode("utf-8")
    head = re.search(rb"<head[^>]*>", plain)
    if way == 3:
        return "utf-8, labelled nowhere", plain, "text/html"
    return f"utf-8, its meta says {name}", plain[:head.end()] + label + plain[head.end():], "text/html; charset=utf-8"


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)  # OpenDocument part 2, §3.3
    return out.getvalue()


def docx(paragraphs):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = ("http://schemas.openxmlformats.org/package/2006/content-types", "application/vnd.openxmlformats-officedocument.wordprocessingml")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(p[:9])}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>'
                   f'<w:t xml:space="preserve">{html.escape(p[9:])}</w:t></w:r></w:p>' for p in paragraphs)
    return zipped([("[Content_Types].xml", f'<Types xmlns="{types[0]}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                    f'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{types[1]}.document.main+xml"/></Types>'),
                   ("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                    f'Type="{relation}" Target="word/document.xml"/></Relationships>'),
                   ("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')])


def odt(paragraphs):
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{html.escape(p[:9])}<text:span>{html.escape(p[9:])}</text:span></text:p>" for p in paragraphs)
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"><office:body>'
                    f'<office:text>{body}</office:text></office:body></office:document-content>')])


def other_format(text, rng):
    """(guise, body, content type): the page's paragraphs in a file that is no HTML."""
    # XML knows no control characters, and ASCII art is no prose.
    paragraphs = [p for p in re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text).split("\n") if p.strip()]
    way = rng.randrange(7)
    if way == 0:
        return "wrapped plain text", "\n\n".join("\n".join(textwrap.wrap(p, 72)) for p in paragraphs).encode(), "text/plain; charset=utf-8"
    if way == 1:
        return "JSON", json.dumps({"items": [{"body": p, "id": i} for i, p in enumerate(paragraphs)]}).encode(), "application/json"
    if way == 2:
        items = "".join(f"<item><description>{html.escape(f'<p>{html.escape(p)}</p>')}</description></item>" for p in paragraphs)
        return "RSS", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml"
    if way == 3:
        whole = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs).replace("]]>", "]]&gt;")
        return "Atom", (f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html"><![CDATA[{whole}]]></content></entry>'
                        "</feed>").encode(), "text/xml"
    if way == 4:
        parts = "".join(f"<sect><para>{html.escape(p)}</para></sect>" for p in paragraphs)
        return "XML in UTF-16", f'<?xml version="1.0" encoding="UTF-16"?><book>{parts}</book>'.encode("utf-16"), "application/xml"
    if way == 5:
        return "DOCX", docx(paragraphs), "application/octet-stream"
    return "ODT", odt(paragraphs), "application/octet-stream"


def runs(text):
    """Plain stretches of body text that markup can be set into."""
    body = re.search(r"<body", text, re.IGNORECASE)
    start = body.start() if body else 0
    dead = [m.span() for m in re.finditer(r"<(script|style|noscript|title|textarea|pre|select|option)\b.*?</\1\s*>|<!--.*?-->", text,
                                          re.IGNORECASE | re.DOTALL)]
    return [m for m in RUN.finditer(text, start) if not any(a <= m.start() < b for a, b in dead)]


def cut_at_blank(run, rng):
    blanks = [m.start() for m in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", run)]
    middle = [b for b in blanks if len(run) // 4 < b < 3 * len(run) // 4]
    return rng.choice(middle) if middle else None


SEEN_THROUGH = {  # what a quote may leave out, set at a blank or inside of a word
    "note mark": '<sup class="reference"><a href="#n1">[7]</a></sup>', "bare note mark": '<sup><a href="#fn7" id="r7">7</a></sup>',
    "comment": "<!-- an editor's remark -->", "script": "<script>var shown = 'some other words';</script>",
    "hidden words": "<span hidden>words that nobody sees</span>", "display none": "<span style=\"color:red;DISPLAY : none !important\">not</span>",
    "template": "<template>never shown</template>", "style": "<style>p { color: red }</style>"}
INSIDE_A_WORD = {"bold letters": "<b></b>", "wbr": "<wbr>", "soft hyphen": "&shy;", "anchor": "<a name=x></a>", "zero width": "&#8203;"}
UNSEEN = {"in a script": "<script>var words = \"{}\";</script>", "in a comment": "<!-- {} -->", "in a style": "<style>/* {} */</style>",
          "in a template": "<template><p>{}</p></template>", "in a hidden element": "<div hidden><p>{}</p></div>",
          "in display:none": "<p style='display:none'>{}</p>", "in an attribute": "<p data-words=\"{}\"></p>",
          "in a noscript": "<noscript><p>{}</p></noscript>"}
FURNITURE = {"figure": "<figure><img src=x.png><figcaption>A caption that is no word of the text</figcaption></figure>",
             "aside": "<aside><p>Subscribe to our newsletter, every morning</p></aside>",
             "read more": "<p><a href=/other>Read more: quite another story from last week</a></p>",
             "heading": "<h3>A heading in between</h3>", "advertisement": "<div class=\"ad advertisement\" role=\"complementary\">Advertisement</div>"}


def set_into(raw, rng):
    """(body, [(label, kind, quote)]): a page with markup set into some of its stretches, and quotes of them."""
    text = declared_utf8(raw)
    if text is None:
        return None
    found = runs(text)
    rng.shuffle(found)
    edits, cases = [], []
    kinds = ([("through", k) for k in SEEN_THROUGH] + [("word", k) for k in INSIDE_A_WORD] + [("unseen", k) for k in UNSEEN]
             + [("furniture", k) for k in FURNITURE])
    rng.shuffle(kinds)
    for (way, kind), run in zip(kinds, found):
        # Words whole: what stands before the first blank may go on in the element before.
        whole = re.search(r"(?<=\s)\S.*\S(?=\s)", run.group(1), re.DOTALL)
        if whole is None:
            continue
        words, begin = whole.group(), run.start(1) + whole.start()
        at = cut_at_blank(words, rng)
        if at is None:
            continue
        quote = " ".join(words.split())
        if way == "through":
            edits.append((begin + at, begin + at, SEEN_THROUGH[kind]))
            cases.append(("verbatim", f"across {kind}", quote))
        elif way == "word":
            edits.append((begin + at + 2, begin + at + 2, INSIDE_A_WORD[kind]) if words[at + 2:at + 3].isalpha() else (begin, begin, ""))
            cases.append(("verbatim", f"across {kind}", quote))
        elif way == "unseen":
            # The stretch moves out of sight: a browser does not show it any more.
            if text.count(words) != 1 or set("\"'{}-*") & set(words):
                continue
            edits.append((begin, begin + len(words), UNSEEN[kind].format(words)))
            cases.append(("absent", f"only {kind}", quote))
        elif re.search(r"<p[^<>]*>[^<>]*$", text[:begin]) and re.match(r"[^<>]*</p>", text[begin + len(words):]):
            edits.append((begin + at, begin + at, f"</p>{FURNITURE[kind]}<p>"))
            cases.append(("verbatim", f"past a {kind}", quote))
    for begin, end, markup in sorted(edits, reverse=True):
        text = text[:begin] + markup + text[end:]
    return text.encode("utf-8"), [(label, kind, html.unescape(quote)) for label, kind, quote in cases]
