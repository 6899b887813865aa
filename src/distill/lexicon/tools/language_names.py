#!/usr/bin/env python3
"""Makes ../language-names.tsv from the npm package cldr-localenames-full (Unicode CLDR, Unicode-3.0 licence).

usage: language_names.py CLDR_LOCALENAMES_DIR VERSION > ../language-names.tsv
"""
import json, pathlib, sys

LANGS = """ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt pt-PT ro ru sk sl sr sv sw th tr uk ur vi
zh zh-Hant""".split()
NAMED = sorted(set(LANGS) - {"no", "pt-PT", "zh-Hant"} | {"nb", "nn", "ca", "zh-Hans", "zh-Hant", "am", "bn", "az", "hy", "ka", "kk", "mk", "mn", "ms", "my", "ne", "so", "sq", "ta", "tl", "uz", "und"})

main = pathlib.Path(sys.argv[1]) / "main"
print(f"# Names of languages: Unicode CLDR {sys.argv[2]}, Unicode-3.0 licence (NOTICE.md). Made by tools/language_names.py.")
print("# language of the name\tlanguage named\tname")
for lang in LANGS:
    names = json.load(open(main / lang / "languages.json", encoding="utf-8"))["main"][lang]["localeDisplayNames"]["languages"]
    for named in NAMED:
        if named in names:
            print(lang, named, names[named], sep="\t")
