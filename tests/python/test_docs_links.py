"""Every relative link of every Markdown file points at something that exists, anchors included."""

import os
import pathlib
import re
import unicodedata
import urllib.parse

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = {"build", "node_modules", "__pycache__"}

FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
TARGET = r"(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()]*\))*))"
INLINE = re.compile(r"\]\(\s*" + TARGET + r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*\)")
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*" + TARGET, re.M)
HTML = re.compile(r"<(?:a|img|source|video)\b[^>]*?\b(?:href|src)\s*=\s*[\"']([^\"']*)[\"']", re.I)
HTML_ANCHOR = re.compile(r"<[a-z][^>]*?\b(?:id|name)\s*=\s*[\"']([^\"']+)[\"']", re.I)
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$", re.M)
SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


def without_fences(text):
    """The text with fenced code blocks and comments blanked."""
    lines, fence = [], None
    for line in COMMENT.sub("", text).splitlines():
        mark = FENCE.match(line)
        if fence is None and mark:
            fence = mark.group(1)
        elif fence is not None:
            if mark and mark.group(1).startswith(fence) and line.strip() == mark.group(1):
                fence = None
        else:
            lines.append(line)
            continue
        lines.append("")
    return "\n".join(lines)


def links(text):
    """Targets of all links and images outside code."""
    prose = CODE_SPAN.sub("", without_fences(text))
    found = [first or second for first, second in INLINE.findall(prose)]
    found += [first or second for first, second in REFERENCE.findall(prose)]
    return found + HTML.findall(prose)


def slug(heading):
    """The anchor that GitHub gives to a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text.replace("`", "")).strip().lower()
    kept = (c for c in text if c in " -_" or unicodedata.category(c)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def anchors(text):
    """All anchors of a page: its headings, numbered where they repeat, and HTML names."""
    prose = without_fences(text)
    found, seen = set(HTML_ANCHOR.findall(prose)), {}
    for heading in HEADING.findall(prose):
        name = slug(heading)
        count = seen.get(name, 0)
        seen[name] = count + 1
        found.add(f"{name}-{count}" if count else name)
    return found


def problem(page, link, root):
    """What is wrong with one link of a page, or None."""
    if not link:
        return "is empty"
    if SCHEME.match(link):
        return None
    path, _, anchor = urllib.parse.unquote(link).partition("#")
    path = path.partition("?")[0]
    if path.startswith("/"):
        return "is absolute"
    target = (page.parent / path).resolve() if path else page
    if target != root and root not in target.parents:
        return "leaves the repository"
    if not target.exists():
        return "does not exist"
    if anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
        return "has no such anchor"
    return None


def pages(root):
    """All Markdown files, without hidden and built folders."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED and not f.startswith("."))
        found += [pathlib.Path(folder) / f for f in sorted(files) if f.endswith(".md")]
    return found


def broken(root):
    """One line for each broken link of all pages under a folder."""
    root = root.resolve()
    lines = []
    for page in pages(root):
        for link in links(page.read_text(encoding="utf-8")):
            wrong = problem(page, link, root)
            if wrong:
                lines.append(f"{page.relative_to(root)}: {link} {wrong}")
    return lines


def test_every_link_in_the_repository_leads_somewhere():
    assert len(pages(ROOT)) > 5
    assert broken(ROOT) == []


GOOD = """# A page, with `code` & more
[here](#a-page-with-code--more) [there](other%20page.md#part-1 "title") [folder](sub)
[away](https://example.org/x) [mail](mailto:a@example.org) ![image](sub/image.png) [ref]
`[not a link](nowhere.md)` <!-- [nor](this.md) -->

```
[nor](this.md)
```
[ref]: <other page.md>
"""


@pytest.fixture
def small_tree(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "image.png").write_bytes(b"")
    (tmp_path / "other page.md").write_text("# Part\ntext\n# Part\n", encoding="utf-8")
    (tmp_path / "page.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_good_links_pass(small_tree):
    assert len(links(GOOD)) == 7
    assert broken(small_tree) == []


@pytest.mark.parametrize("text, wrong", [
    ("[a](missing.md)", "does not exist"),
    ("[a](<missing file.md>)", "does not exist"),
    ("![a](sub/missing.png)", "does not exist"),
    ("[a](#nothing)", "has no such anchor"),
    ("[a](page.md#nothing)", "has no such anchor"),
    ("[a][b]\n\n[b]: missing.md", "does not exist"),
    ('<img src="missing.svg">', "does not exist"),
    ("[a](../outside.md)", "leaves the repository"),
    ("[a](/page.md)", "is absolute"),
    ("[a]()", "is empty"),
    ("~~~\n```\n~~~\n[a](missing.md)", "does not exist"),
])
def test_broken_links_are_found(small_tree, text, wrong):
    (small_tree / "bad.md").write_text(text + "\n", encoding="utf-8")
    lines = broken(small_tree)
    assert len(lines) == 1 and lines[0].startswith("bad.md: ") and lines[0].endswith(wrong)
