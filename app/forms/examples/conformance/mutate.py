"""Cases for `conformance -- xlsform` beyond the recorded ones: those changed at random, judged by pyxform.

    pip install pyxform==4.5.0
    python mutate.py CASES.json.gz SEED COUNT OUT.json.gz
    cargo run -p forms --release --example conformance -- xlsform OUT.json.gz

A case on which pyxform itself breaks has no verdict and is left out; so is one with a header twice, which the Markdown
reader of pyxform merges before anybody sees it.
"""

import gzip
import json
import random
import re
import sys

from pyxform.xls2xform import convert

REFUSALS = ("PyXFormError", "SpreadsheetError", "ValidationError", "PyXFormReadError")
TYPES = ['text', 'integer', 'decimal', 'date', 'time', 'datetime', 'dateTime', 'geopoint', 'geotrace', 'geoshape', 'image',
 'audio', 'video', 'file', 'barcode', 'note', 'calculate', 'hidden', 'acknowledge', 'range', 'rank c1',
 'select_one c1', 'select_multiple c1', 'select_one c1 or_other', 'select_multiple c1 or_other',
 'select_one_from_file a.csv', 'select_multiple_from_file a.xml', 'select_one_from_file a.geojson',
 'select_one_external c1', 'csv-external', 'xml-external', 'start', 'end', 'today', 'deviceid', 'username', 'email',
 'phonenumber', 'simserial', 'subscriberid', 'audit', 'background-audio', 'start-geopoint', 'background-geopoint',
 'trigger', 'begin group', 'end group', 'begin repeat', 'end repeat', 'begin_group', 'end_group', 'begin_repeat',
 'end_repeat', 'begin loop over c1', 'end loop', 'q string', 'string', 'int', 'photo', 'select one c1',
 'select all that apply from c1', 'select1 c1', 'add select one prompt using c1', 'osm', 'osm c1', 'xxx', '',
 'select_one', 'select_one ${q1}', 'rank', 'imei', 'phone number', 'location', 'gps', 'date time', 'percentage',
 'number of days in last month', 'note ', 'signature', 'property', 'calculate ', 'entities', 'begin', 'end',
 'table-list', 'select_one ${q1} or_other', 'text ', 'TEXT', 'Select_One c1']
COLUMNS = {'survey': ['type', 'name', 'label', 'hint', 'relevant', 'constraint', 'constraint_message', 'required',
            'required_message', 'default', 'calculation', 'appearance', 'read_only', 'readonly', 'trigger',
            'choice_filter', 'parameters', 'repeat_count', 'media::image', 'image', 'audio', 'video', 'big-image',
            'media::video', 'guidance_hint', 'label::French (fr)', 'label:English', 'hint::English', 'label::en',
            'caption', 'relevance', 'bind::relevant', 'bind::type', 'bind::jr:preload', 'body::accuracyThreshold',
            'body::class', 'instance::odk:length', 'save_to', 'note', 'skip', 'command', 'constraint message',
            'required message::fr', 'noAppErrorString', 'requiredMsg', 'choice filter', 'default_value', 'value',
            'intent', 'count', 'jr:count', 'calculate', 'disabled', 'bind::constraint', 'bind::jr:constraintMsg',
            'control::appearance', 'autoplay', 'rows', 'compact_tag', 'bind::foo', 'autocomplete', 'query', 'Label',
            'LABEL', 'Relevant', 'guidance_hint::fr', 'image::fr', 'media::audio::English (en)', 'label_en',
            'hint_fr'],
 'choices': ['list_name', 'list name', 'name', 'value', 'label', 'label::French (fr)', 'label::en', 'media::image',
             'image', 'media::audio', 'geometry', 'order', 'filter', 'list', 'caption', 'Label', 'audio::fr', 'cf',
             'big-image', 'a b', '1col'],
 'settings': ['form_id', 'form_title', 'version', 'public_key', 'submission_url', 'default_language', 'style',
              'instance_name', 'instance_xmlns', 'namespaces', 'allow_choice_duplicates', 'auto_send', 'auto_delete',
              'id_string', 'title', 'set form id', 'set form title', 'omit_instanceID', 'sms_keyword', 'prefix',
              'delimiter', 'client_editable', 'name', 'clean_text_values', 'attribute::foo', 'attribute::xyz:foo',
              'default language'],
 'entities': ['list_name', 'dataset', 'entity_id', 'create_if', 'update_if', 'label', 'repeat'],
 'external_choices': ['list_name', 'list name', 'name', 'label', 'state'],
 'osm': ['list_name', 'name', 'label']}
VALUES = ['', 'a', 'q1', '${q1}', '${q2} = "x"', '. > 1', 'yes', 'no', 'true()', 'false()', 'TRUE', 'required', '1', '0', '-5',
 '1.5', 'now()', 'today()', 'uuid()', 'once(random())', 'last-saved', '${last-saved#q1}', 'a b',
 'start=1 end=10 step=1', 'start=1;end=5', 'randomize=true', 'randomize=true, seed=${q1}', 'seed=1', 'max-pixels=640',
 'quality=low', 'capture-accuracy=5', 'value=v label=l', 'allow-mock-accuracy=true', 'rows=4', 'incremental=true',
 'label', 'list-nolabel', 'field-list', 'table-list', 'minimal', 'search("x")', 'pulldata("a","b","c",${q1})',
 'indexed-repeat(${q1}, ${q2}, 1)', 'instance("c1")/root/item[name = ${q1}]/label',
 "instance('c1')/root/item[name=current()/../q1]/label", 'position(..)', 'count(${q1})', 'sum(${q1})', '${nosuch}',
 '${ q1 }', '$ {q1}', '${q1', '{q1}', '../q1', 'name = ${q1}', 'cf=${q1}', 'c1', 'c2', 'a.csv', 'q1,q2',
 '${q1},${q2}', '${q1}, ${q2}', 'e1', 'e1#p', '${q1} + ', '(', '"a', 'if(${q1}=1,2,3)', 'selected(${q1},"a")',
 '<b>x</b>', 'a & b', 'x < y', 'naïve', 'имя', '1abc', 'a-b', 'a.b', 'a:b', '_x', '__x', '-', 'meta', 'instanceID',
 'entity', 'data', 'test_name', 'name', 'fr', 'en', 'French (fr)', 'smile.jpg', '/path/x', '*', 'x',
 'concat(${q1}, "a")', 'jr:choice-name(${q1}, "${q1}")', 'ex:org.app(a="b")', 'org.app.x', 'annotate', 'draw',
 'signature', 'likert', 'columns', 'w1', 'picker', 'rating', 'vertical', 'no-ticks', 'quick', 'autocomplete',
 'numbers', 'thousands-sep', 'bearing', 'placement-map', 'maps', 'hidden-answer', 'multiline', 'url', 'counter',
 'masked', 'map', 'quickmap', 'printer', 'new', 'new-front', 'month-year', 'year', 'ethiopian', 'no-calendar']


def parse(markdown):
    """Sheets as `[name, rows]` of a workbook written as Markdown tables."""
    sheets, current = [], None
    for line in markdown.split("\n"):
        line = line.strip()
        if not line.startswith("|"):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:]]
        if cells and cells[-1] == "":
            cells = cells[:-1]
        if cells and cells[0]:
            current = [cells[0], []]
            sheets.append(current)
            if len(cells) > 1 and any(cells[1:]):
                current[1].append(cells[1:])
        elif current is not None:
            current[1].append(cells[1:])
    for sheet in sheets:
        sheet[1] = [row for row in sheet[1] if not (row and all(re.fullmatch(r"-*", cell) for cell in row) and any(row))]
    return sheets


def show(sheets):
    """The opposite of `parse`."""
    lines = []
    for name, rows in sheets:
        lines.append(f"| {name} |")
        for row in rows:
            lines.append("| | " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
        lines.append("")
    return "\n".join(lines)


def mutate(rnd, workbook, all_workbooks):
    """A copy with one to three changes."""
    workbook = [[name, [list(row) for row in rows]] for name, rows in workbook]
    for _ in range(rnd.choice([1, 1, 1, 2, 2, 3])):
        name, rows = rnd.choice(workbook)
        if not rows:
            continue
        header = rows[0]
        kind = rnd.randrange(11)
        if kind == 0 and len(rows) > 1:
            row = rows[rnd.randrange(1, len(rows))]
            if row:
                row[rnd.randrange(len(row))] = rnd.choice(VALUES)
        elif kind == 1 and len(rows) > 1:
            row = rows[rnd.randrange(1, len(rows))]
            if "type" in header and header.index("type") < len(row):
                row[header.index("type")] = rnd.choice(TYPES)
        elif kind == 2 and len(rows) > 1:
            del rows[rnd.randrange(1, len(rows))]
        elif kind == 3 and len(rows) > 1:
            rows.insert(rnd.randrange(1, len(rows) + 1), list(rows[rnd.randrange(1, len(rows))]))
        elif kind in (4, 5, 6):
            header.append(rnd.choice(COLUMNS.get(name, ["x"])))
            for row in rows[1:]:
                while len(row) < len(header) - 1:
                    row.append("")
                row.append(rnd.choice(VALUES) if rnd.random() < 0.6 else "")
        elif kind == 7:
            at = rnd.randrange(len(header))
            header[at] = rnd.choice(COLUMNS.get(name, ["x"]))
        elif kind == 8:
            other = rnd.choice(rnd.choice(all_workbooks))
            if not any(sheet[0] == other[0] for sheet in workbook):
                workbook.append([other[0], [list(row) for row in other[1]]])
        elif kind == 9 and name == "survey":
            at = rnd.randrange(1, len(rows) + 1)
            row = [""] * len(header)
            for place, word in enumerate(header):
                if word == "type":
                    row[place] = rnd.choice(TYPES)
                elif word == "name":
                    row[place] = rnd.choice([f"n{rnd.randrange(99)}", f"n{rnd.randrange(99)}", "q1", "q2"])
                elif word.startswith("label"):
                    row[place] = rnd.choice(["L", "Label ${q1}", ""])
                else:
                    row[place] = rnd.choice(VALUES) if rnd.random() < 0.3 else ""
            rows.insert(at, row)
        elif kind == 10 and not any(sheet[0] == "settings" for sheet in workbook):
            words = rnd.sample(COLUMNS["settings"], rnd.randrange(1, 4))
            workbook.append(["settings", [words, [rnd.choice(VALUES + ["yes", "no"]) for _ in words]]])
    return workbook


def has_header_twice(workbook):
    for _, rows in workbook:
        words = [word.lower() for word in rows[0] if word] if rows else []
        if len(set(words)) < len(words):
            return True
    return False


def main(source, seed, count, target):
    rnd = random.Random(int(seed))
    recorded = json.load(gzip.open(source))["cases"]
    workbooks = [parse(case["md"]) for case in recorded if case["md"] and case["ss_structure"] is None]
    workbooks = [workbook for workbook in workbooks if any(name == "survey" for name, _ in workbook)]
    cases, turn = [], 0
    while len(cases) < int(count):
        turn += 1
        workbook = mutate(rnd, rnd.choice(workbooks), workbooks)
        markdown = show(workbook)
        if has_header_twice(workbook) or "xyz:" in markdown:
            continue
        warnings, error, xform = [], None, None
        try:
            xform = convert(xlsform=markdown, validate=False, warnings=warnings, form_name="test_name", file_type=".md").xform
        except Exception as failure:
            if type(failure).__name__ not in REFUSALS:
                continue
            error = str(failure)
        cases.append(
            {
                "id": f"mx-{seed}-{turn}",
                "test": "mutated",
                "md": markdown,
                "ss_structure": None,
                "form_name": "test_name",
                "valid": xform is not None,
                "error": error,
                "error_contains": [],
                "warnings_contains": [],
                "warnings_count": len(warnings),
                "xpath_match": [],
                "xform": xform,
                "split": "dev",
            }
        )
    json.dump({"meta": {}, "cases": cases}, gzip.open(target, "wt"))
    print(len(cases), "cases,", sum(case["valid"] for case in cases), "valid")


if __name__ == "__main__":
    main(*sys.argv[1:])
