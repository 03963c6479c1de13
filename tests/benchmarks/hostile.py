"""What damaged and hostile documents do: only our own errors, in bounded time and memory.

    python tests/benchmarks/hostile.py [--count 5000] [--seed 0]

Every case mutates a small workbook or Word document made here (bytes flipped, parts cut off, swapped or
missing, huge numbers, deep nesting, doubled attributes, references to nothing or to themselves, enormous
ranges, wrong ZIP headers), then makes what the layout page shows and fills places offered there, inspects it
and, where it is still accepted, fills every place it names.
Anything but an `AssistantError`, or a case beyond the limits of time and memory, is a failure and is printed with
the seed that makes it again. Then the largest workbook that is accepted is read, in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import re
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.documents import fill, inspect, view
from assistant.documents.excel.sheet import MAX_CELLS
from assistant.errors import AssistantError
from assistant.filling import Entry
from assistant.questionnaire import AnswerField, Location

SECONDS = 10
"""The most processor time that one case may take."""
MEMORY = 1_500_000_000
"""Bytes of address space that all cases together may use."""

Parts = dict[str, bytes]
Mutation = Callable[[random.Random, Parts], None]

_HUGE = (b"-1", b"0", b"99999999999999999999", b"1e308", b"2147483648", b"1048577", b"16385", b"NaN", b"", b"A", b"1.5")
_WRONG = (
    b"ZZZZ99999999",
    b"A0",
    b"1A",
    b"$A$1:$XFD$1048576",
    b"#REF!",
    b"A1:A1:A1",
    b"rId999",
    b"../../../x",
    b"\xc3\x28",
)


def workbook() -> bytes:
    """Return a small workbook with about everything a questionnaire has."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Questions")
    sheet.append(["Vendor name", None])
    sheet.append(["ID", "Question", "Answer", "Comments", "Yes", "No"])
    for number in range(1, 9):
        sheet.append([f"Q{number}", f"Do you keep safeguard {number} in place for all customers?"])
    sheet["B6"] = '="Is it " & "computed?"'
    for formula, cells in (('"Yes,No,N/A"', "C3:C5"), ("=allowed", "C6:C7"), ("=Lists!$A$1:$A$3", "C8:C10")):
        rule = DataValidation(type="list", formula1=formula)
        rule.add(cells)
        sheet.add_data_validation(rule)
    sheet.merge_cells("A12:D12")
    sheet["A12"] = "Further questions"
    sheet.protection.sheet = True
    for row in sheet["C3:F10"]:
        for cell in row:
            cell.protection = Protection(locked=False)
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for value in ("Yes", "No", "Partly"):
        lists.append([value])
    book.defined_names["allowed"] = DefinedName("allowed", attr_text="Lists!$A$1:$A$3")
    out = io.BytesIO()
    book.save(out)
    return packed(_sharing_strings(unpacked(out.getvalue())))


def _sharing_strings(parts: Parts) -> Parts:
    """Return the parts of a workbook with the texts of its first sheet in a part of their own, as Excel has them."""
    sheet = "xl/worksheets/sheet1.xml"
    texts: list[bytes] = []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(match[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    content = re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, parts[sheet])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}">'.encode() + b"".join(b"<si>%b</si>" % text for text in texts) + b"</sst>"
    relationship = (
        '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    )
    relationships = "xl/_rels/workbook.xml.rels"
    return {
        **parts,
        sheet: content,
        "xl/sharedStrings.xml": strings,
        relationships: parts[relationships].replace(b"</Relationships>", relationship.encode()),
    }


def document() -> bytes:
    """Return a small Word document with tables, numbered questions and blanks."""
    made = docx.Document()
    made.add_heading("Security questionnaire", 1)
    table = made.add_table(rows=1, cols=3)
    for cell, name in zip(table.rows[0].cells, ("No", "Question", "Answer"), strict=True):
        cell.text = name
    for number in range(1, 6):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number), f"Do you keep safeguard {number} in place for all customers?"
    cells[2].text = "☐ Yes ☐ No"
    table.cell(1, 2).merge(table.cell(2, 2))
    for number in range(1, 4):
        made.add_paragraph(f"{number}. How often is safeguard {number} tested?", style="List Number")
        made.add_paragraph("Answer: ____________")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def unpacked(file: bytes) -> Parts:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    """Return a package of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _some_part(chance: random.Random, parts: Parts) -> str:
    """Return the name of a part, the ones that hold content more often than the rest."""
    weighty = [name for name in parts if re.search(r"sheet\d|document\.xml$|workbook\.xml$|sharedStrings|styles", name)]
    return chance.choice(weighty if weighty and chance.random() < 0.8 else list(parts))


def flip_bytes(chance: random.Random, parts: Parts) -> None:
    """Change up to eight bytes of a part."""
    name = _some_part(chance, parts)
    content = bytearray(parts[name])
    for _ in range(chance.randint(1, 8)):
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)
    parts[name] = bytes(content)


def cut_off(chance: random.Random, parts: Parts) -> None:
    """Keep only the beginning of a part."""
    name = _some_part(chance, parts)
    parts[name] = parts[name][: chance.randint(0, len(parts[name]))]


def swap_parts(chance: random.Random, parts: Parts) -> None:
    """Let two parts change their places."""
    one, other = chance.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]


def drop_part(chance: random.Random, parts: Parts) -> None:
    """Leave a part out."""
    del parts[chance.choice(list(parts))]


def huge_number(chance: random.Random, parts: Parts) -> None:
    """Replace a number of a part by one that is too large, or none."""
    _replace_one(chance, parts, rb'(?<==")\d+(?=")|(?<=>)\d+(?=<)|(?<=[A-Z])\d+(?=[":])', chance.choice(_HUGE))


def bad_reference(chance: random.Random, parts: Parts) -> None:
    """Let an attribute name something that is not there, or nothing at all."""
    _replace_one(chance, parts, rb'(?<==")[^"]+(?=")', chance.choice(_WRONG))


def double_attribute(chance: random.Random, parts: Parts) -> None:
    """Give an element the same attribute twice."""
    _replace_one(chance, parts, rb'(\s[\w:]+="[^"]*")(?=[\s/>])', rb"\g<0>\g<0>")


def nest_deeply(chance: random.Random, parts: Parts) -> None:
    """Put hundreds or thousands of nested elements into a part, its own kinds of elements among them."""
    name = _some_part(chance, parts)
    ends = [match.end() for match in re.finditer(rb"<[\w:]+[^>]*[^/?]>", parts[name])]
    tags = re.findall(rb"<([\w:]+)[\s>]", parts[name]) or [b"x"]
    if ends:
        at, depth, tag = chance.choice(ends), chance.choice((50, 150, 240, 1_000, 20_000)), chance.choice(tags)
        inside = b"<" + tag + b">"
        parts[name] = parts[name][:at] + inside * depth + (b"</" + tag + b">") * depth + parts[name][at:]


def repeat_elements(chance: random.Random, parts: Parts) -> None:
    """Repeat a stretch of a part a few hundred times, whole elements or not."""
    name = _some_part(chance, parts)
    tags = [match.start() for match in re.finditer(rb"<[\w:]", parts[name])]
    if len(tags) > 2:
        first, last = sorted(chance.sample(tags, 2))
        parts[name] = (
            parts[name][:last] + parts[name][first:last][:20_000] * chance.choice((1, 3, 300)) + parts[name][last:]
        )


def drop_element(chance: random.Random, parts: Parts) -> None:
    """Leave out a tag."""
    _replace_one(chance, parts, rb"<[^>]+>", b"")


def enormous_ranges(chance: random.Random, parts: Parts) -> None:
    """Merge, validate or open up enormous ranges of a sheet, many times over."""
    name = chance.choice([name for name in parts if "sheet" in name and name.endswith(".xml")] or list(parts))
    ranges = [
        f"A{chance.randint(1, 50)}:{chance.choice(('A', 'Z', 'XFD'))}{chance.choice((9, 5_000, 1_048_576))}"
        for _ in range(chance.choice((1, 30, 2_000)))
    ]
    fresh = {
        "merge": "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in ranges) + "</mergeCells>",
        "rule": '<dataValidations><dataValidation type="list" sqref="' + " ".join(ranges)
        + '"><formula1>A:XFD</formula1></dataValidation></dataValidations>',
        "open": '<protectedRanges><protectedRange name="x" sqref="' + " ".join(ranges) + '"/></protectedRanges>',
        "column": f'<cols><col min="1" max="{chance.choice((16_384, 2**31))}" hidden="1" style="7"/></cols>',
    }  # fmt: skip
    parts[name] = parts[name].replace(
        b"</sheetData>", b"</sheetData>" + chance.choice(list(fresh.values())).encode(), 1
    )


def cyclic_names(chance: random.Random, parts: Parts) -> None:
    """Define names by each other, and by functions that point back at them."""
    functions = ('INDIRECT("allowed")', "OFFSET(allowed,0,0,9)", "OFFSET(Lists!$A$1,0,0,99999999)")
    cycle = chance.choice(("allowed", "other", "Lists!A:XFD", *functions))
    names = f'<definedName name="allowed">{escape(cycle)}</definedName><definedName name="other">allowed</definedName>'
    for name in parts:
        if name.endswith("workbook.xml"):
            parts[name] = re.sub(rb"<definedName .*</definedName>", lambda _: names.encode(), parts[name])


def strings_out_of_range(chance: random.Random, parts: Parts) -> None:
    """Let cells refer to shared strings that are not there."""
    for name in parts:
        if "worksheets/sheet" in name:
            index = chance.choice((b"-1", b"999999", b"1e9", b"x", b""))
            parts[name] = re.sub(rb't="s"><v>\d+', b't="s"><v>' + index, parts[name], count=chance.randint(1, 9))


def other_encoding(chance: random.Random, parts: Parts) -> None:
    """Store a part in another encoding than it says, or say another than it is stored in."""
    name = _some_part(chance, parts)
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32", "latin-1"))
    text = parts[name].decode("utf-8", "replace")
    if chance.random() < 0.5:
        text = re.sub(r'encoding="[^"]*"', f'encoding="{encoding}"', text, count=1)
    parts[name] = text.encode(encoding, "replace")


def entities(chance: random.Random, parts: Parts) -> None:
    """Declare entities that multiply, or that fetch a file."""
    name = _some_part(chance, parts)
    declared = chance.choice(
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
            b'<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        )
    )
    parts[name] = re.sub(rb"(<\?xml[^>]*\?>)?", lambda match: match[0] + declared, parts[name], count=1)
    _replace_one(chance, parts, rb"(?<=>)[^<]+(?=<)", chance.choice((b"&a;", b"&c;")))


def _replace_one(chance: random.Random, parts: Parts, pattern: bytes, fresh: bytes) -> None:
    """Replace one of the matches of `pattern` in some part."""
    name = _some_part(chance, parts)
    found = list(re.finditer(pattern, parts[name]))
    if found:
        match = chance.choice(found)
        parts[name] = parts[name][: match.start()] + match.expand(fresh) + parts[name][match.end() :]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, cut_off, swap_parts, drop_part, huge_number, bad_reference, double_attribute, nest_deeply,
    repeat_elements, drop_element, enormous_ranges, cyclic_names, strings_out_of_range, other_encoding, entities,
)  # fmt: skip


def wrong_headers(chance: random.Random, file: bytes) -> bytes:
    """Return the package with its ZIP structure damaged: a header, the directory or the end."""
    content = bytearray(file)
    marks = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", file)]
    kind = chance.randrange(3)
    if kind == 0:
        at = chance.choice(marks) + chance.randrange(4, 40)
        content[min(at, len(content) - 1)] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    elif kind == 1:
        at = chance.choice(marks) + chance.randrange(4, 28)
        content[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\x7f"))
    else:
        content = content[: chance.randrange(len(content))]
    return bytes(content)


def mutated(seed: int, originals: tuple[bytes, ...]) -> tuple[str, bytes]:
    """Return the names of the mutations of case `seed`, and the file they make."""
    chance = random.Random(seed)
    file = originals[seed % len(originals)]
    if seed % 12 == 0:
        return "wrong_headers", wrong_headers(chance, file)
    parts = unpacked(file)
    chosen = chance.choices(MUTATIONS, k=1 if chance.random() < 0.7 else 2)
    for mutation in chosen:
        mutation(chance, parts)
    return "+".join(mutation.__name__ for mutation in chosen), packed(parts)


def handled(file: bytes) -> str:
    """Return what came of `file`: `refused` when reading or filling it was, `accepted` when every place was filled.

    What the layout page shows of it, and a few of the places that are offered there, are tried in any case.
    Anything but an `AssistantError` is let through.
    """
    with suppress(AssistantError):
        cells = [cell for part in view(file, "case").parts for cell in part.cells if cell.fields]
        fill(file, _entries([cell.fields for cell in cells[:: len(cells) // _OFFERED + 1]]), "case")
    try:
        fill(file, _entries([question.fields for question in inspect(file, "case").questions]), "case")
    except AssistantError:
        return "refused"
    return "accepted"


_OFFERED = 7
"""Places of the layout page that are filled."""


def _entries(fields: Iterable[Sequence[AnswerField]]) -> list[Entry]:
    """Return an answer for the first of each of the `fields`, one a place."""
    entries: list[Entry] = []
    places: set[Location] = set()
    for first, *_ in filter(None, fields):
        if places.isdisjoint(first.places()):
            entries.append(Entry(first, (first.allowed() or ("=An answer\nin two lines",))[0]))
            places.update(first.places())
    return entries


def _too_long(*_: object) -> None:
    raise TimeoutError(f"it took more than {SECONDS} s")


def run(seeds: range) -> int:
    """Try every case and return how many failed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _too_long)
    originals = (workbook(), document())
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    for seed in seeds:
        name, file = mutated(seed, originals)
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            outcome = handled(file)
        except Exception as problem:
            outcome = "failed"
            print(f"seed {seed}, {name}: {type(problem).__name__}: {problem}")
        signal.setitimer(signal.ITIMER_PROF, 0)
        outcomes[outcome] += 1
        slowest = max(slowest, (time.process_time() - start, f"seed {seed}, {name}"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items())))
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), peak memory {peak:.0f} MB")
    return outcomes["failed"]


def largest() -> bytes:
    """Return a workbook with as many cells as one sheet may have."""
    rows = MAX_CELLS // 4 - 1
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Questions")
    sheet.append(["ID", "Question", "Answer", "Comments"])
    for number in range(rows):
        sheet.append([f"Q{number}", f"Do you keep safeguard {number} in place?", "Yes", f"See section {number % 500}."])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(file: bytes, pipe: multiprocessing.connection.Connection) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    questions = len(inspect(file, "largest.xlsx").questions)
    seconds = time.process_time() - start
    pipe.send((questions, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))
    pipe.close()


def main() -> int:
    """Print what came of the cases and what the largest accepted workbook costs; 1 when a case failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0, help="the first case")
    parser.add_argument("--no-largest", action="store_true", help="leave the largest workbook out")
    wanted = parser.parse_args()
    if not wanted.no_largest:
        context = multiprocessing.get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_read, args=(largest(), sender))
        process.start()
        questions, seconds, memory = receiver.recv()
        process.join()
        print(f"{MAX_CELLS:,} cells, {questions:,} questions: {seconds:.1f} s, {memory:.0f} MB more")
    return 1 if run(range(wanted.seed, wanted.seed + wanted.count)) else 0


if __name__ == "__main__":
    sys.exit(main())
