"""Makes the workbooks of this folder from the texts in guide.py and observation.py.

    pip install openpyxl
    python packs/core/forms/make_forms.py

The same texts always make the same bytes, so that a change of a form shows as a change of text.
"""

import datetime
import io
import pathlib
import re
import sys
import zipfile

import openpyxl

sys.dont_write_bytecode = True

import guide
import observation

HERE = pathlib.Path(__file__).parent
# Any fixed moment will do: a workbook must not tell when or where it was made.
EPOCH = datetime.datetime(2026, 1, 1)
ES, EN = "Español (es)", "English (en)"
TEXTS = ["label", "hint", "why", "who_sees", "if_not", "sign_label"]
PLAIN = ["type", "name", "relevant", "calculation", "appearance", "sensitive", "sign"]
HEADERS = PLAIN[:2] + [f"{text}::{language}" for text in TEXTS for language in (ES, EN)] + PLAIN[2:]


def cell(row, header):
    """The value of one header; texts are pairs (Spanish, English)."""
    if "::" not in header:
        return row.get(header)
    text, language = header.split("::")
    pair = row.get(text)
    return pair and pair[0 if language == ES else 1]


def make(form):
    """A workbook with survey, choices and settings."""
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(HEADERS)
    for row in form.SURVEY:
        survey.append([cell(row, header) for header in HEADERS])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", f"label::{ES}", f"label::{EN}"])
    for name, rows in form.CHOICES.items():
        for code, spanish, english in rows:
            choices.append([name, code, spanish, english])
    settings = book.create_sheet("settings")
    settings.append(list(form.SETTINGS))
    settings.append(list(form.SETTINGS.values()))
    for sheet in book:
        sheet.freeze_panes = "A2"
    book.properties.creator = "Ceiba"
    book.properties.created = EPOCH
    return book


def fixed(book):
    """The bytes of a workbook without the moment of saving."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                moment = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, data)
            target.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


for file, form in {"conversation-guide": guide, "observation-community": observation}.items():
    (HERE / f"{file}.xlsx").write_bytes(fixed(make(form)))
