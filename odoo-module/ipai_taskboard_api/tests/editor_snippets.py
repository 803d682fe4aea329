# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Descriptions as Odoo's editor makes them, at random."""

from html import escape

_WORDS = (
    "word Über 1 2. a-b don't (see below) U.S. 50% 3) end. key: A/B C# C++ 1.5 v2 12:30"
    " * # > + _x_ [a] a|b \\ < & &amp; `tick 2*3*4 ~ ~~ --- === - [ ] @Ann 你好 é 🙂 ✅"
    " snake_case **stars** <b> $5 a@b.example www.x.example https://a.example/x_y 1) ![x]"
    " [x](y) $(x) #tag ## **a _b_ | :--"
).split(" ")
_INLINE = (
    ("%s", 40),
    ("<strong>%s</strong>", 3),
    ("<b>%s</b>", 1),
    ("<em>%s</em>", 2),
    ("<i>%s</i>", 1),
    ("<s>%s</s>", 1),
    ("<u>%s</u>", 0.2),
    ("<strong><em>%s</em></strong>", 1),
    ('<span style="font-weight: bolder;">%s</span>', 0.5),
    ('<em style="font-style: italic;">%s</em>', 0.3),
    ('<span style="text-decoration-line: line-through;">%s</span>', 0.3),
    ('<code class="o_inline_code">%s</code>', 2),
    ('<a href="https://example.com/a?b=1&amp;c=(2)">%s</a>', 2),
    ('<a href="/odoo/project/3" target="_blank" rel="noopener noreferrer">%s</a>', 1),
    ('<font class="text-o-color-2">%s</font>', 0.1),
    ('<span style="font-size: 20px;">%s</span>', 0.1),
    ('<span class="h4-fs">%s</span>', 0.1),
)
_BETWEEN = (
    " ",
    " ",
    " ",
    " ",
    " ",
    "&nbsp;",
    "<br>",
    " &nbsp;",
    ", ",
    "",
    '<span class="oe-tabs">\t</span>\u200b',
)
_MENTION = (
    '<a href="https://odoo.example/odoo/res.partner/7" class="o_mail_redirect"'
    ' data-oe-id="7" data-oe-model="res.partner" target="_blank"'
    ' contenteditable="false">@Ann Lee</a>'
)
_BANNER = (
    '<div class="o_editor_banner user-select-none o-contenteditable-false lh-1 d-flex'
    ' align-items-center alert alert-%s pb-0 pt-3" data-oe-role="status"><i class='
    '"o_editor_banner_icon mb-3 fst-normal" data-oe-aria-label="Banner">%s</i><div class='
    '"o_editor_banner_content o-contenteditable-true w-100 px-3">%s</div></div>'
)
_FILE = (
    '<p><span data-embedded="file" data-oe-protected="true" contenteditable="false" class='
    '"o_file_box o-contenteditable-false" data-embedded-props=\'{"fileData": {"id": 3,'
    ' "filename": "plan.pdf", "mimetype": "application/pdf"}}\'></span></p>'
)
_FILE_BOX = (
    '<span contenteditable="false" class="o_file_box o-contenteditable-false"><span class='
    '"d-flex flex-grow-1 align-items-center alert alert-info"><span class="o_file_image'
    ' d-flex o_image user-select-none" title="a.pdf" data-mimetype="application/pdf"></span>'
    '<span class="o_file_name_container mx-2"><a class="o_link_readonly'
    ' o-contenteditable-true" href="/web/content/4?download=true">a.pdf</a></span></span></span>'
)
_VIDEO = (
    '<div data-embedded="video" data-oe-protected="true" data-embedded-props=\'{"videoId":'
    ' "abc", "platform": "youtube", "params": {}}\'></div>',
    '<div class="media_iframe_video" data-oe-expression="//www.youtube.com/embed/abc"><div'
    ' class="css_editable_mode_display"></div><iframe src="//www.youtube.com/embed/abc">'
    "</iframe></div>",
)


class Snippets:
    """``chance`` is a ``random.Random``."""

    def __init__(self, chance):
        self._chance = chance
        # (shape, how often): what people write mostly is plain.
        self._shapes = (
            (self._paragraph, 12),
            (self._heading, 3),
            (lambda: self._list("ul", 3), 4),
            (lambda: self._list("ol", 2), 2),
            (lambda: self._list("check", 3), 4),
            (self._code, 2),
            (self._table, 2),
            (self._quote, 1),
            (lambda: "<hr>", 1),
            (lambda: "<p><br></p>", 2),
            (self._image, 1),
            (self._banner, 1),
            (lambda: f"<p>{self._line()} {_MENTION} {self._line()}</p>", 1),
            (
                lambda: f'<div class="o-signature-container">--<br>{self._line()}</div>',
                0.5,
            ),
            (lambda: f"<div>{self._line()}</div>", 1),
            (self._stars, 0.2),
            (lambda: _FILE, 0.3),
            (lambda: f"<p>{_FILE_BOX}</p>", 0.3),
            (lambda: self._chance.choice(_VIDEO), 0.2),
            (self._toggle, 0.2),
            (self._columns, 0.2),
            (lambda: f'<p style="text-align: center;">{self._line()}</p>', 0.2),
        )

    def snippet(self):
        return "".join(
            self._pick(self._shapes)() for _ in range(self._chance.randint(1, 4))
        )

    def _pick(self, weighted):
        return self._chance.choices(
            [one for one, _ in weighted], [weight for _, weight in weighted]
        )[0]

    def _line(self, most=5):
        parts = []
        for _ in range(self._chance.randint(1, most)):
            text = " ".join(
                self._chance.choice(_WORDS) for _ in range(self._chance.randint(1, 3))
            )
            plain = self._pick(_INLINE) % escape(text, quote=False)
            parts += [plain, self._chance.choice(_BETWEEN)]
        return "".join(parts[:-1])

    def _paragraph(self):
        return f"<p>{self._line()}</p>"

    def _heading(self):
        level = self._chance.randint(1, 4)
        text = " ".join(self._chance.choice(_WORDS) for _ in range(3))
        text = escape(text, quote=False)
        if self._chance.random() < 0.2:
            text += "<br>and more"
        return f"<h{level}>{text}</h{level}>"

    def _list(self, kind, depth):
        tag = "ol" if kind == "ol" else "ul"
        name = ' class="o_checklist"' if kind == "check" else ""
        items = []
        for _ in range(self._chance.randint(1, 4)):
            done = kind == "check" and self._chance.random() < 0.5
            text = self._line(2)
            in_paragraph = self._chance.random() < 0.4
            text = f"<p>{text}</p>" if in_paragraph else text
            mark = ' class="o_checked"' if done else ""
            inside = after = ""
            if depth > 1 and self._chance.random() < 0.3:
                nested = self._list(
                    self._chance.choice((kind, "ul", "check")), depth - 1
                )
                if self._chance.random() < 0.5:
                    after = f'<li class="oe-nested">{nested}</li>'
                else:
                    text = text if in_paragraph else f"<p>{text}</p>"
                    inside = nested
            items.append(f"<li{mark}>{text}{inside}</li>{after}")
        return f"<{tag}{name}>{''.join(items)}</{tag}>"

    def _code(self):
        lines = [
            escape(
                self._chance.choice(
                    ("a = 1", "  b *= 2", "", "```", "<x>", "# no title")
                ),
                quote=False,
            )
            for _ in range(self._chance.randint(1, 4))
        ] + ["end"]
        if self._chance.random() < 0.3:
            inner = "".join(f"<p>{line or '<br>'}</p>" for line in lines)
            return f"<pre>{inner}</pre>"
        language = self._chance.choice(
            (
                "",
                ' data-embedded="readonlySyntaxHighlighting" data-language-id="python"',
            )
        )
        return f"<pre{language}>{'<br>'.join(lines)}</pre>"

    def _table(self):
        columns = self._chance.randint(1, 3)
        has_head = self._chance.random() < 0.3
        rows = "".join(
            self._row("th" if has_head and not number else "td", columns)
            for number in range(self._chance.randint(1, 3))
        )
        return (
            f'<table class="table table-bordered o_table"><tbody>{rows}</tbody></table>'
        )

    def _row(self, tag, columns):
        opening = '<th class="o_table_header">' if tag == "th" else "<td>"
        cells = (f"{opening}<p>{self._cell()}</p></{tag}>" for _ in range(columns))
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self):
        if self._chance.random() < 0.2:
            return "<br>"
        return self._line(2).replace("<br>", " ")

    def _quote(self):
        return f"<blockquote>{self._line()}</blockquote>"

    def _image(self):
        return '<p><img src="/web/image/12-0a1b/pic%20one.png?access_token=x" alt="pic" class="img-fluid" data-original-id="12"></p>'

    def _banner(self):
        kind, icon = self._chance.choice(
            (("info", "💡"), ("success", "✅"), ("warning", "⚠️"), ("danger", "❌"))
        )
        return _BANNER % (kind, icon, self._paragraph())

    def _stars(self):
        star = '<i class="fa fa-star-o"></i>'
        return f'<p>{self._line()}\u200b<span contenteditable="false" class="o_stars">{star * 3}</span>\u200b</p>'

    def _toggle(self):
        return (
            '<div data-embedded="toggleBlock" data-embedded-props=\'{"toggleBlockId": "1"}\'>'
            f'<div data-embedded-editable="title">{self._paragraph()}</div>'
            f'<div data-embedded-editable="content">{self._paragraph()}</div></div>'
        )

    def _columns(self):
        return (
            '<div class="container o_text_columns"><div class="row"><div class="col-6">'
            f'{self._paragraph()}</div><div class="col-6">{self._paragraph()}</div></div></div>'
        )
