//! Data files and CLDR → the lexicon of one language. Refuses nothing: rows that it can't read are left out.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use super::{
    files,
    forms::{self, Form},
    lexicon::{Among, Cue, Entry, Kind, Lexicon, Meaning, Prefix, Tails},
};
use crate::{
    distill::{
        stems::{Stems, key},
        table::Memo,
        text::Text,
    },
    model::{CountryCode, Lang, country_rows_of},
};

/// Countries whose names in CLDR carry in brackets whose they are or which of two, not another name: `Congo (Republic)`.
const QUALIFIED: [&str; 10] = ["CC", "CD", "CG", "HK", "MF", "MO", "SX", "UM", "VG", "VI"];

/// Reads all that is known about a language.
pub(super) fn build(lang: &Lang) -> Lexicon {
    let key = files::key(lang);
    let files = files::of(key);
    let mut b = Builder::new();
    // Rules first: rows of any file are inflected by them.
    for (section, row) in files.iter().flat_map(|f| files::rows(f)) {
        b.rule(section, row);
    }
    for (section, row) in files.iter().flat_map(|f| files::rows(f)) {
        b.row(section, row);
    }
    if b.cldr.is_empty() {
        b.cldr.push(key.to_owned());
    }
    b.from_cldr = true;
    for locale in std::mem::take(&mut b.cldr) {
        for row in country_rows_of(&locale) {
            if !b.skip.contains(row.code) {
                b.cldr_name(row.code, row.name);
            }
        }
        for (code, capital, name) in files::cities(&locale) {
            b.cldr_city(code, capital, name);
        }
    }
    b.finish()
}

/// The countries of a row: one of them (`CD|CG`), the first or a place in the second (`GE>US`), or all (`KR+JP`).
struct Codes {
    list: Arc<[CountryCode]>,
    among: Among,
}

impl Codes {
    fn of<const N: usize>(codes: [CountryCode; N]) -> Self {
        Self {
            list: Arc::from(codes),
            among: Among::Any,
        }
    }
}

struct Builder {
    stems: BTreeMap<String, Meaning>,
    from_cldr: bool,
    /// Names and blockers that the files list.
    known: HashSet<String>,
    name_endings: Vec<(String, Arc<Tails>)>,
    adjective_endings: Vec<(String, Arc<Tails>)>,
    first_endings: Vec<(String, Vec<String>)>,
    prefixes: BTreeMap<String, Prefix>,
    article: String,
    none: Arc<Tails>,
    any: Arc<Tails>,
    unspaced: bool,
    home: Option<CountryCode>,
    cldr: Vec<String>,
    skip: HashSet<String>,
    bystander_after: Vec<String>,
}

impl Builder {
    fn new() -> Self {
        Self {
            stems: BTreeMap::new(),
            from_cldr: false,
            known: HashSet::new(),
            name_endings: Vec::new(),
            adjective_endings: Vec::new(),
            first_endings: Vec::new(),
            prefixes: BTreeMap::new(),
            article: String::new(),
            none: Arc::new(Tails::of(vec![String::new()])),
            any: Arc::new(Tails::any()),
            unspaced: false,
            home: None,
            cldr: Vec::new(),
            skip: HashSet::new(),
            bystander_after: Vec::new(),
        }
    }

    fn finish(mut self) -> Lexicon {
        for (text, prefix) in &mut self.prefixes {
            prefix.text.clone_from(text);
            prefix.key = key(text.as_bytes());
            prefix.venue = self
                .stems
                .get(text)
                .is_some_and(|m| m.whole.has(Cue::VENUE));
        }
        Lexicon {
            index: Stems::new(self.stems),
            spaced: !self.unspaced,
            prefixes: self.prefixes.into_values().collect(),
            bystander_after: self.bystander_after,
            home: self.home,
            words: Memo::default(),
        }
    }

    /// Takes a row of a section that holds rules.
    fn rule(&mut self, section: &str, row: &str) {
        let words = || row.split(';').map(str::trim).filter(|w| !w.is_empty());
        let folded = || words().map(fold);
        let cue = match section {
            "options" => return self.options(row),
            "name endings" => return self.name_endings.extend(endings(row)),
            "adjective endings" => return self.adjective_endings.extend(endings(row)),
            "first endings" => {
                if let Some((suffix, tails)) = row.split_once('\t') {
                    let tails = tails.split_whitespace().map(|t| dash(t).to_owned());
                    self.first_endings
                        .push((suffix.to_owned(), tails.collect()));
                }
                return;
            }
            "prefixes" => {
                return folded().for_each(|p| self.prefixes.entry(p).or_default().plain = true);
            }
            "article prefixes" => {
                return folded().for_each(|p| self.prefixes.entry(p).or_default().article = true);
            }
            "bystander after" => return self.bystander_after.extend(folded()),
            "street before" => Cue::STREET_BEFORE,
            "street after" => Cue::STREET_AFTER,
            "venue before" => Cue::VENUE,
            "officials" => Cue::OFFICIAL,
            "bystander" => Cue::BYSTANDER,
            "person before" => Cue::PERSON_BEFORE,
            "person after" => Cue::PERSON_AFTER,
            "not person after" => Cue::NOT_PERSON,
            "links" => Cue::LINK,
            "state before" => Cue::STATE,
            "mutual" => Cue::MUTUAL,
            "national" => Cue::NATIONAL,
            "origin before" => Cue::ORIGIN,
            _ => return,
        };
        for word in folded() {
            let meaning = self.stems.entry(word).or_default();
            let begins = [Cue::OFFICIAL, Cue::BYSTANDER, Cue::MUTUAL, Cue::NATIONAL];
            if begins.contains(&cue) {
                meaning.begins.0 |= cue.0;
            } else {
                meaning.whole.0 |= cue.0;
            }
        }
    }

    fn options(&mut self, row: &str) {
        for option in row.split_whitespace() {
            match option.split_once('=') {
                Some(("cldr", l)) => self.cldr.push(l.to_owned()),
                Some(("article", a)) => self.article = fold(a),
                // A file that is read along speaks for its own language only.
                Some(("home", code)) => self.home = self.home.or(code.parse().ok()),
                Some(("skip", code)) => {
                    self.skip.insert(code.to_owned());
                }
                _ if option == "unspaced" => self.unspaced = true,
                _ => {}
            }
        }
    }

    /// Takes a row of a section that holds forms.
    fn row(&mut self, section: &str, row: &str) {
        let kind = match section {
            "names" => Kind::Name,
            "adjectives" => Kind::Adjective,
            "government" => Kind::Government,
            "capitals" => Kind::Capital,
            "regions" => Kind::Region,
            "cities" => Kind::City,
            "institutions" => Kind::Institution,
            "blocked" => {
                let none = Codes::of([]);
                for form in row.split(';') {
                    self.form(&none, Kind::Blocked, form);
                }
                return;
            }
            _ => return,
        };
        let Some((codes, listed)) = row.split_once('\t') else {
            return;
        };
        let codes = Codes {
            list: codes
                .split(['|', '+', '>'])
                .filter_map(|c| c.parse().ok())
                .collect(),
            among: match () {
                () if codes.contains('+') => Among::All,
                () if codes.contains('>') => Among::Place,
                () => Among::Any,
            },
        };
        for form in listed.split(['\t', ';']) {
            self.form(&codes, kind, form);
        }
    }

    /// A name of CLDR: what stands in brackets is a name of its own, and so is what stands before them.
    fn cldr_name(&mut self, code: &str, name: &str) {
        let Ok(code) = code.parse::<CountryCode>() else {
            return;
        };
        let codes = Codes::of([code]);
        for (i, part) in name.split(['(', ')', '（', '）', '[', ']']).enumerate() {
            let part = part.trim();
            let acronym = || part.chars().all(char::is_uppercase);
            // `Cocos (Keeling) Islands`: what follows the bracket is no name.
            if i > 1 && i % 2 == 0 || i % 2 == 1 && QUALIFIED.contains(&code.as_str()) && !acronym()
            {
                continue;
            }
            // Words such as SAR make a name that no newsroom writes.
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= if self.unspaced { 2 } else { 3 } && !part.contains([',', '/', '{', ';'])
            {
                let bare: String = part.chars().filter(|&c| !is_mark(c)).collect();
                self.form(&codes, Kind::Name, &bare);
            }
        }
    }

    /// A city of CLDR; what the files say of the same form comes first.
    fn cldr_city(&mut self, code: &str, capital: bool, name: &str) {
        let Ok(code) = code.parse::<CountryCode>() else {
            return;
        };
        let kind = if capital { Kind::Capital } else { Kind::City };
        let (stem, _) = self.inflect(kind, fold(name));
        if self.stems.get(&stem).is_none_or(|m| m.entries.is_empty()) {
            self.form(&Codes::of([code]), kind, name);
        }
    }

    fn form(&mut self, codes: &Codes, kind: Kind, written: &str) {
        let written = written.trim();
        if written.is_empty() {
            return;
        }
        for form in forms::parse(written, &self.first_endings) {
            self.stem(codes, kind, &form);
        }
    }

    fn stem(&mut self, codes: &Codes, kind: Kind, form: &Form) {
        let folded = fold(&form.text);
        let (stem, tails) = match &form.tails {
            Some(list) if list.iter().any(|t| t == "*") => (folded, Arc::clone(&self.any)),
            Some(list) => {
                let list = forms::endings(list.iter().map(|t| fold(t)).collect());
                (folded, Arc::new(Tails::of(list)))
            }
            None => self.inflect(kind, folded),
        };
        let (stem, article) = match stem.strip_prefix(self.article.as_str()) {
            Some(rest) if !self.article.is_empty() && rest.chars().count() >= 2 => {
                (rest.to_owned(), true)
            }
            _ => (stem, false),
        };
        let letters = form.text.chars().filter(|c| c.is_alphabetic());
        let acronym = letters.clone().take(6).count() <= 5
            && letters.clone().count() >= 2
            && letters.clone().all(char::is_uppercase);
        let mut capitals = super::scan::capitals(&form.text, 8);
        // `les îles Féroé`, `las islas Salomón`: running text writes the first word of such names small.
        if self.from_cldr && capitals.count_ones() > 1 {
            capitals &= !1;
        }
        let entry = Entry {
            codes: Arc::clone(&codes.list),
            among: codes.among,
            kind,
            check: form.check,
            capitals,
            marks: form.text.chars().filter(|&c| is_mark(c)).collect(),
            acronym,
            article,
            tails,
        };
        // Peru, Iran: the name of a country is told from a word by its capital.
        let shortest = if kind == Kind::Name && entry.capitals != 0 {
            4
        } else {
            5
        };
        for variant in forms::spellings(&stem, acronym, shortest) {
            self.add(variant, entry.clone());
        }
    }

    /// The stem and endings of a form by the longest rule of the language that fits its end.
    fn inflect(&self, kind: Kind, folded: String) -> (String, Arc<Tails>) {
        let rules = match kind {
            Kind::Adjective => &self.adjective_endings,
            Kind::Government | Kind::Institution | Kind::Blocked => {
                return (folded, Arc::clone(&self.none));
            }
            _ => &self.name_endings,
        };
        let best = rules
            .iter()
            .filter(|(suffix, _)| {
                folded.ends_with(suffix.as_str()) && folded.len() > suffix.len() + 1
            })
            .max_by_key(|(suffix, _)| suffix.len());
        match best {
            Some((suffix, tails)) => (
                folded
                    .strip_suffix(suffix.as_str())
                    .unwrap_or(&folded)
                    .to_owned(),
                Arc::clone(tails),
            ),
            None => (folded, Arc::clone(&self.none)),
        }
    }

    fn add(&mut self, stem: String, entry: Entry) {
        let listed = matches!(entry.kind, Kind::Name | Kind::Blocked);
        if listed {
            let whole = entry.tails.list.first().map_or("", String::as_str);
            let full = [&stem, whole, &entry.marks].concat();
            // Files come before CLDR, so a form that a file qualifies isn't added again without that.
            if !self.from_cldr {
                self.known.insert(full);
            } else if !self.known.insert(full) {
                return;
            }
        }
        self.stems.entry(stem).or_default().entries.push(entry);
    }
}

/// A rule of endings: the end of a word, and what may take its place.
fn endings(row: &str) -> Option<(String, Arc<Tails>)> {
    let (suffix, tails) = row.split_once('\t')?;
    let list = forms::endings(tails.split_whitespace().map(|t| fold(dash(t))).collect());
    let tails = if tails.trim() == "*" {
        Tails::any()
    } else {
        Tails::of(list)
    };
    Some((fold(dash(suffix)), Arc::new(tails)))
}

/// Whether a character is an Arabic vowel sign.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}')
}

fn dash(s: &str) -> &str {
    if s == "-" { "" } else { s }
}

/// Folds as the text is folded, so that stems and text agree.
fn fold(s: &str) -> String {
    if s.is_ascii() {
        s.to_ascii_lowercase()
    } else {
        Text::new(s.to_owned()).folded
    }
}
