#!/usr/bin/env python3
"""Makes ../calendar-names.tsv from the npm package cldr-dates-full (Unicode CLDR, Unicode-3.0 licence).

usage: calendar_names.py CLDR_DATES_DIR VERSION > ../calendar-names.tsv

All regional variants of a language are united (27 January is يناير, كانون الثاني, جانفي …).
"""
import json, pathlib, sys

LANGS = """ar az be bg bs ca cs da de el en es et eu fa fi fr gl he hi hr hu hy id it ja ka kk ko lt lv mk ms nl no pl pt ro ru
sk sl sq sr sv sw th tr uk ur uz vi zh""".split()
DAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}

main = pathlib.Path(sys.argv[1]) / "main"
print(f"# Names of months and weekdays: Unicode CLDR {sys.argv[2]}, Unicode-3.0 licence (NOTICE.md). Made by tools/calendar_names.py.")
print("# language\tkind (m month, w weekday; abbreviated: ma, wa)\tnumber (January, Monday = 1)\tname")
for lang in LANGS:
    rows = set()
    for folder in sorted(main.iterdir()):
        if folder.name.split("-")[0] != lang and not (lang == "no" and folder.name == "nb") or folder.name in {"en-Dsrt", "en-Shaw", "hi-Latn"}:
            continue
        file = folder / "ca-gregorian.json"
        if not file.exists():
            continue
        gregorian = json.load(open(file, encoding="utf-8"))["main"][folder.name]["dates"]["calendars"]["gregorian"]
        for kind, table in (("m", gregorian["months"]), ("w", gregorian["days"])):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for key, name in table[context][width].items():
                        number = DAYS.get(key) or int(key)
                        bare = name.strip().rstrip(".")
                        if len(bare) < 2 and bare.isascii() or not bare or bare[0].isdigit() or lang in ("ja", "zh", "ko") and kind == "m":
                            continue
                        rows.add((kind + ("a" if width == "abbreviated" else ""), number, bare))
    wide = {(k, n, b) for k, n, b in rows if len(k) == 1}
    for kind, number, name in sorted(rows):
        if (kind[0], number, name) in wide and len(kind) == 2:
            continue
        print(lang, kind, number, name, sep="\t")
