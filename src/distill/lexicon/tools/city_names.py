#!/usr/bin/env python3
"""Makes ../city-names.tsv from the npm package cldr-dates-full (Unicode CLDR, Unicode-3.0 licence) and zone.tab of the IANA time zone database
(public domain): the exemplar cities of the time zones with the countries in which they lie.

usage: city_names.py CLDR_DATES_DIR ZONE_TAB VERSION > ../city-names.tsv
"""
import json, pathlib, sys

LANGS = """ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt pt-PT ro ru sk sl sr sv sw th tr uk ur vi
zh zh-Hant""".split()

# Exemplar cities that are capitals; the other zones are named after another city of the country.
CAPITALS = set("""Abidjan Accra Addis_Ababa Algiers Amman Amsterdam Antananarivo Apia Ashgabat Asmera Asuncion Athens Baghdad Baku
Bamako Bangkok Bangui Banjul Beirut Belgrade Berlin Bishkek Bissau Bogota Bratislava Brazzaville Brussels Bucharest
Budapest Buenos_Aires Bujumbura Cairo Caracas Chisinau Copenhagen Dakar Damascus Dar_es_Salaam Dhaka Dili Dublin Dushanbe Freetown
Funafuti Gaborone Harare Havana Helsinki Jakarta Jerusalem Juba Kabul Kampala Katmandu Khartoum Kiev Kigali Kinshasa Kuala_Lumpur
Libreville Lima Lisbon Ljubljana Lome London Luanda Lusaka Madrid Majuro Malabo Managua Manila Maputo Maseru Mbabane Mexico_City
Minsk Mogadishu Monrovia Montevideo Moscow Nairobi Nassau Ndjamena Niamey Nicosia Nouakchott Oslo Ouagadougou Paramaribo Paris Phnom_Penh
Podgorica Port-au-Prince Port_of_Spain Port_Moresby Porto-Novo Prague Pyongyang Reykjavik Riga Riyadh Rome Santiago Santo_Domingo
Sao_Tome Sarajevo Seoul Skopje Sofia Stockholm Taipei Tallinn Tarawa Tashkent Tbilisi Tegucigalpa Tehran Thimphu Tirane Tokyo Tripoli
Tunis Ulaanbaatar Conakry Colombo Muscat Godthab Nuuk Noumea Vaduz Vienna Vientiane Vilnius Warsaw Windhoek Yerevan Zagreb La_Paz""".split())
# Other cities that newsrooms everywhere write of, by the last part of the zone's name.
CITIES = set("""Casablanca Lagos Johannesburg Douala Lubumbashi Anchorage Chicago Denver Los_Angeles New_York Toronto Vancouver Winnipeg Edmonton
Halifax Sao_Paulo Fortaleza Recife Manaus Monterrey Tijuana Ciudad_Juarez Chihuahua Guayaquil Almaty Calcutta Kolkata Dubai Irkutsk Karachi
Krasnoyarsk Novosibirsk Omsk Tomsk Vladivostok Yakutsk Yekaterinburg Samarkand Rangoon Yangon Saigon Ho_Chi_Minh Shanghai Aden Adelaide
Brisbane Darwin Hobart Melbourne Perth Sydney Istanbul Kaliningrad Samara Saratov Volgograd Zurich Auckland Honolulu""".split())

root, zone_tab, version = pathlib.Path(sys.argv[1]) / "main", sys.argv[2], sys.argv[3]
country = {}
for line in open(zone_tab, encoding="utf-8"):
    if not line.startswith("#"):
        code, _, zone = line.split("\t")[:3]
        country[zone.strip()] = code
alias = {"Africa/Asmera": "ER", "Asia/Katmandu": "NP", "Europe/Kiev": "UA", "Asia/Calcutta": "IN", "Asia/Saigon": "VN", "Asia/Rangoon": "MM",
         "America/Buenos_Aires": "AR", "America/Cordoba": "AR", "Atlantic/Faeroe": "FO", "America/Godthab": "GL"}


def zones(node, path=()):
    for key, value in node.items():
        if isinstance(value, dict):
            if "exemplarCity" in value:
                yield "/".join(path + (key,)), value["exemplarCity"]
            else:
                yield from zones(value, path + (key,))


print(f"# Cities: Unicode CLDR {version}, Unicode-3.0 licence (NOTICE.md); countries from zone.tab of the IANA time zone database, public domain.")
print("# Made by tools/city_names.py.")
print("# language\tISO 3166-1 alpha-2\tcapital or city\tname")
for lang in LANGS:
    names = json.load(open(root / lang / "timeZoneNames.json", encoding="utf-8"))["main"][lang]["dates"]["timeZoneNames"]["zone"]
    territories = set()
    table = pathlib.Path(__file__).parent.parent / "country-names.tsv"
    for row in open(table, encoding="utf-8"):
        cells = row.rstrip("\n").split("\t")
        if cells[0] == lang:
            territories.add(cells[3])
    for zone, name in sorted(zones(names)):
        last = zone.split("/")[-1]
        code = alias.get(zone) or country.get(zone)
        if not code or last not in CAPITALS | CITIES or name in territories or any(c in name for c in "(,;/["):
            continue
        print(lang, code, "capital" if last in CAPITALS else "city", name, sep="\t")
