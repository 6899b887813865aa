#!/usr/bin/env python3
"""Makes ../country-names.tsv from the npm packages cldr-localenames-full and cldr-core (Unicode CLDR, Unicode-3.0 licence).

usage: country_names.py CLDR_LOCALENAMES_DIR VERSION > ../country-names.tsv
"""
import json, pathlib, sys

LANGS = """ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt pt-PT ro ru sk sl sr sv sw th tr uk ur vi
zh zh-Hant""".split()

main = pathlib.Path(sys.argv[1]) / "main"
print(f"# Names of countries and territories: Unicode CLDR {sys.argv[2]}, Unicode-3.0 licence (NOTICE.md). Made by tools/country_names.py.")
print("# language\tISO 3166-1 alpha-2\tform (main, short, variant)\tname")
for lang in LANGS:
    names = json.load(open(main / lang / "territories.json", encoding="utf-8"))["main"][lang]["localeDisplayNames"]["territories"]
    for key in sorted(names):
        code, _, form = key.partition("-alt-")
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "CQ"}:
            print(lang, code, form or "main", names[key], sep="\t")
