# Brings the addon's translations up to what it says now. Run by `odoo shell`, which gives `env`; TEXTS, set before it,
# holds the files of i18n/. The last line that it prints is the JSON of the new ones.
import json

import polib

from odoo.addons.ipai_taskboard_api.tests.terms import MODULE, exported_terms, is_of_one_version

# As Odoo exports them; without dates, which would make each run another file.
HEADER = {
    "Project-Id-Version": "Taskboard API",
    "Report-Msgid-Bugs-To": "",
    "Last-Translator": "",
    "Language-Team": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "",
}
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}


def updated(former, terms, header):
    """The terms in their order, with what was translated before."""
    result = polib.POFile(wrapwidth=88)
    result.metadata = {**HEADER, **header}
    for msgid in sorted(terms):
        term, known = terms[msgid], former.find(msgid)
        result.append(
            polib.POEntry(
                msgid=msgid,
                msgstr=known.msgstr if known else "",
                comment=term.comment,
                occurrences=term.occurrences,
            )
        )
    return f"{result}\n"


def main(texts):
    former = {name: polib.pofile(text) for name, text in texts.items()}
    template = former.pop(f"{MODULE}.pot", polib.POFile())
    terms = {entry.msgid: entry for entry in template if is_of_one_version(entry)}
    terms |= exported_terms(env)  # noqa: F821
    result = {f"{MODULE}.pot": updated(polib.POFile(), terms, {})}
    for name, file in former.items():
        language = name.removesuffix(".po")
        header = {"Language": language, "Plural-Forms": PLURALS.get(language, "")}
        result[name] = updated(file, terms, header)
    print(json.dumps(result))


main(TEXTS)  # noqa: F821
