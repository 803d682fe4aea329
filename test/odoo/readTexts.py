"""Texts (a JSON list of markdown on stdin) as the addon's HTML, and the markdown of that HTML."""

import json
import sys

sys.path.insert(0, sys.argv[1])
from dialect import convert  # noqa: E402


def read(text):
    html = convert.to_html(text)
    back = convert.to_markdown(html)
    again = convert.to_html(back.markdown)
    return {"html": html, "markdown": back.markdown, "lossy": back.is_lossy, "again": again}


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
