//! words.yaml, the names of countries and the topics → what a briefing is put together from. Names of countries are read where the derivation has them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The languages of the briefings, and how many of a hundred are in each.
pub(super) const LANGUAGES: [(&str, usize); 4] = [("en", 50), ("fr", 20), ("es", 15), ("ar", 15)];

/// The topics, as slugs.
pub(super) const TOPICS: &str = "security-council humanitarian-aid human-rights climate-change refugees disarmament peacekeeping health food-security \
    education gender-equality children trade development finance oceans biodiversity energy water-sanitation migration counter-terrorism rule-of-law \
    elections cybersecurity artificial-intelligence nuclear-safety outer-space disaster-relief drought floods earthquakes epidemics vaccination nutrition \
    agriculture fisheries forests cities transport tourism culture heritage sport youth ageing disability indigenous-peoples decolonisation corruption \
    drug-control organised-crime piracy sanctions mediation reconstruction landmines statistics science labour housing";

/// The members of the United Nations by ISO 3166-1.
const STATES: &str = "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ \
    DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ \
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS \
    RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW";

/// language, code, form and name by tabs; its head has source and licence.
const NAMES: &str = include_str!("../../src/distill/lexicon/country-names.tsv");

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) subjects: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) adverbials: Vec<String>,
    pub(super) sentences: Vec<String>,
    pub(super) headings: Vec<String>,
    pub(super) titles: Vec<String>,
    /// The head of a table.
    pub(super) columns: Vec<String>,
    pub(super) cities: Vec<String>,
    pub(super) months: Vec<String>,
    /// How a day is written: {d}, {m} and {y}.
    pub(super) day: String,
    pub(super) see_also: String,
}

/// The words of all languages, by their codes.
pub(super) fn words() -> BTreeMap<String, Words> {
    serde_yaml::from_str(include_str!("words.yaml")).expect("words.yaml is right")
}

/// The states: code → language → name.
pub(super) fn states() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    let mut states: BTreeMap<_, BTreeMap<_, _>> = STATES
        .split_whitespace()
        .map(|code| (code, BTreeMap::new()))
        .collect();
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('\t').collect();
        if let [lang, code, "main", name] = parts[..]
            && let Some(names) = states.get_mut(code)
        {
            names.insert(lang, name);
        }
    }
    states
}
