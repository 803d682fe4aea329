# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looks for the texts that take longest, both ways; prints time and memory of each.

Run by itself, it imports nothing of Odoo: ``python3 worst_texts.py [seconds]``. Each
text is converted in a process of its own, which is ended beyond ten seconds of CPU time
or 400 MB. Exits with 1 when one takes longer than ``seconds`` (2) or over 100 MB more
than the process had before.
"""

import json
import os
import random
import resource
import sys
from pathlib import Path

# Without the addon around it, which needs Odoo.
sys.path.insert(0, str(Path(__file__).parents[1]))
from dialect import bounds, convert  # noqa: E402

_MIB = 2**20
# What texts are made of, again and again: (before, repeated, after).
_MARKDOWN = (
    ["", one, ""]
    for one in (
        "[", "![", "[a](", "[a](<b", "[a][", "]", "`", "``a", "*", "**a", "*a_", "a* ",
        "***a b*** ", "~~a", "<", "<a:", "&", "&a;", "\\", ">", "> ", "- ", "- a\n",
        "1. a\n", "- [ ] a\n", "a\n", "a\\\n", "a\n\n", "# a\n", "a\n=\n", "|a", "|", "||\n",
        "|a|b|\n|-|-|\n", "[a]: b\n", "[a]: b '\n", "[a]\n[a]: b\n\n", "```\n", "~~~\n",
        "http://a.b ", "www.a.b ", "http://", "www.", "//a.b/", "mailto:a@b.c ", "a@b.c ",
        "> - ", "> a\nb\n", "  - a\n", "    a\n", "\t", " ", "\n", "-\n", "***\n", "\u20ac*",
        "**a**b", "[a](b)", "![a](b)", "<http://a>", "`a`", "(", ")", "http://a(", "_a_ ",
    )
)  # fmt: skip
_SHAPED = (
    ["", "|x", "\n" + "|-" * 400 + "\n" + "a\n" * 3000],
    ["[a]: " + "x" * 2000 + "\n\n", "[a]", ""],
    ["- " * 40, "a\n\n", ""],
    ["> " * 45, "a\n", ""],
    ["", "-", "x"],
    ["", "|", "-x"],
)
_HTML = (
    "<b>", "<p>", "<div>", "<table><tr><td>", "<ul><li>", "<ol>", "<blockquote>", "<br>",
    "<i><b>", "</p>", "</b>", "<b></i>", "<a href='x'>", "<p>a</p>", "<b>a</b> ", "a<br>",
    "<td>", "<tr><td>a", "<li>a", "<pre>", "<code>`</code>", "<img src='a'>", "<", ">", "&",
    "&amp;", "&#x41;", "<!--", "<x y=z>", "<span style='color:red'>a</span>", "a ", "a\n",
    "*", "_", "`", "[", "](", "~", "|", "\\", "<p>*a*</p>", "<h1>#", "<a href='x'>[</a>",
    "<b>*</b><i>_</i>", "<input>", "<script>", "<svg>", "<table><tr><td>|</td></tr></table>",
    "<li class='oe-nested'><ul><li>a</li></ul></li>", "\u200b", "\u00a0", "<hr>", "]:",
    "<p>[a]: b</p>", "<a href='http://a.b'>http://a.b</a> ", "http://a.b ", "<pre>`",
)  # fmt: skip
_HTML_SHAPED = (
    ["<blockquote>" * 90 + "<pre>", "a\n", "</pre>" + "</blockquote>" * 90],
    ["<blockquote>" * 90 + "<p>", "a<br>", "</p>" + "</blockquote>" * 90],
    ["<table><tr>" + "<td>a</td>" * 400 + "</tr>", "<tr><td>a</td></tr>", "</table>"],
    ["<table><tr><td>" * 20, "<tr><td>a</td></tr>", ""],
    ["<ul><li>" * 45, "<p>a</p>", ""],
    ["<", "a", ""],
    ["&", "a", ""],
    ["<p>", "-", "x</p>"],
    ["<p>http://", "a", "_</p>"],
    ["<p></p>", " ", "x"],
)


_PAIRS = [["", one, ""] for one in ("[", "]", "`", "*a", "_", "~~", "|", "\n", "- ", "> ", "](b)", "http://a.b", "]:")]  # fmt: skip


def _texts(chance):
    """(kind, parts, characters): just within the bounds, and of 1 MiB."""
    for parts in (*_MARKDOWN, *_SHAPED):
        yield "markdown", parts, bounds.LONGEST - 100
    for parts in (*(["", one, ""] for one in _HTML), *_HTML_SHAPED):
        yield "html", parts, _most_html(parts)
        yield "html", parts, _MIB
    for kind, pool in (("markdown", [one[1] for one in _PAIRS]), ("html", _HTML)):
        for _round in range(40):
            some = "".join(chance.choice(pool) for _ in range(chance.randint(2, 4)))
            parts = ["", some, ""]
            yield kind, parts, _most_html(parts) if kind == "html" else bounds.LONGEST // 2


def _most_html(parts):
    """Characters of the longest HTML of ``parts`` that is read at all."""
    marks = parts[1].count("<") + parts[1].count("\n")
    around = sum(map(len, parts))
    return min(bounds.LONGEST_HTML, (bounds.MOST_HTML - 500) * len(parts[1]) // (marks or 1)) - around


def _made(parts, size):
    before, repeated, after = parts
    times = max(1, (size - len(before) - len(after)) // len(repeated))
    return before + repeated * times + after


def _measure(kind, text):
    """[seconds of CPU, bytes more than before]."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    if kind == "html":
        convert.to_markdown(text)
    else:
        convert.to_html(text)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [seconds, (after.ru_maxrss - before.ru_maxrss) * 1024]


def _apart(kind, text):
    """``_measure`` in a process that is ended when it takes too much."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        resource.setrlimit(resource.RLIMIT_AS, (600 * _MIB, 600 * _MIB))
        took = [10, 0]
        try:
            took = _measure(kind, text)
        except MemoryError:
            took = [0, 600 * _MIB]
        finally:
            os.write(writing, json.dumps(took).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        took = json.loads(answer.read() or "[10, 0]")
    os.waitpid(child, 0)
    return took


def _main(seconds):
    # What is made once is no text's.
    convert.to_markdown(convert.to_html("# a\n\n- [x] **b** http://c.d/ |"))
    worst = []
    for kind, parts, size in _texts(random.Random(1)):
        took = _apart(kind, _made(parts, size))
        worst.append((*took, kind, size, "".join(parts)[:40]))
        if took[0] > seconds or took[1] > 100 * _MIB:
            print("too much:", *worst[-1], flush=True)
    for order, unit in ((0, "longest"), (1, "largest")):
        print(unit)
        for took, size, *text in sorted(worst, key=lambda one: -one[order])[:8]:
            print(f"  {took:5.2f} s {size / _MIB:6.1f} MB", *map(repr, text))
    print(len(worst), "texts")
    return any(took > seconds or size > 100 * _MIB for took, size, *_text in worst)


if __name__ == "__main__":
    sys.exit(_main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0))
