//! The country lexicon of one language, from embedded data: what comes in is a language tag, what goes out is an automaton of stems with
//! what each means. Refuses nothing: a language without data has an empty lexicon.
//!
//! `lexicon/countries/README.md` describes the files. A language is added by adding one; no code names a language.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use include_dir::{Dir, include_dir};

use super::forms::{self, Form};
use crate::{
    distill::text::Text,
    model::{CountryCode, Lang, country_rows},
};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/distill/lexicon/countries");

/// What a form is in relation to its country; in order of precedence where one span has several meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A longer or stronger reading that names no country: an ocean, a river, a dissolved state.
    Blocked,
    /// Name, official name or short form.
    Name,
    /// Adjective or inhabitant.
    Adjective,
    /// A seat of government by another name: the Kremlin.
    Government,
    /// The capital or the seat of government.
    Capital,
    /// A part of one country.
    Region,
    /// Another city.
    City,
}

/// What must hold in the surroundings before an ambiguous form counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing.
    None,
    /// Also a name of persons: Jordan, Chad.
    Person,
    /// Also a common noun: turkey, china.
    Common,
    /// Also a pronoun: US.
    Pronoun,
    /// Counts only beside other evidence for the same country.
    Cued,
    /// Never on a line in capitals.
    Caps,
    /// Chinese or Japanese one-character names in a row: 中美, 日中韓.
    Pair,
}

/// One meaning of one stem.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Candidates, the likeliest first; empty for a blocker.
    pub(super) codes: Vec<CountryCode>,
    pub(super) kind: Kind,
    pub(super) check: Check,
    /// Bit n: word n begins with a capital.
    pub(super) capitals: u8,
    /// Vowel signs that the decoded text must show: عمّان is Amman, عُمان Oman.
    pub(super) marks: String,
    /// Letters in capitals throughout.
    pub(super) acronym: bool,
    /// Carries the language's article glued to it.
    pub(super) article: bool,
    /// What may follow the stem within the word.
    pub(super) tails: Arc<Tails>,
}

/// The endings that a stem may have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tails {
    /// Any ending.
    pub(super) any: bool,
    /// These; one that ends in a hyphen needs the hyphen.
    pub(super) list: Vec<String>,
}

/// Words around a match that change what it means; folded.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// Before a place name: it is a street.
    pub(super) street_before: HashSet<String>,
    /// After a place name: it is a street.
    pub(super) street_after: HashSet<String>,
    /// Before a capital: it is where something takes place.
    pub(super) venue_before: HashSet<String>,
    /// Stems of nouns for those who act for a country.
    pub(super) officials: Vec<String>,
    /// Words that make a country a bystander: neighbours, markets, origins.
    pub(super) bystander: Vec<String>,
    /// The same, glued behind: `-made`.
    pub(super) bystander_after: Vec<String>,
    /// Honorifics and verbs of saying that mark a person.
    pub(super) person_before: HashSet<String>,
    /// What may follow a country's name with a capital without making it a person.
    pub(super) not_person_after: HashSet<String>,
    /// What follows a person: said, added.
    pub(super) person_after: HashSet<String>,
    /// Words that may stand before a word without making it a place name's part.
    pub(super) links: HashSet<String>,
}

/// Everything that is known about countries in one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) automaton: Option<AhoCorasick>,
    pub(super) entries: Vec<Entry>,
    /// Whether words are set apart by spaces.
    pub(super) spaced: bool,
    /// What may be glued before a word, longest first.
    pub(super) prefixes: HashSet<String>,
    /// The same with the article.
    pub(super) article_prefixes: HashSet<String>,
    pub(super) cues: Cues,
    /// The one state in which nearly all texts of the language are written, if there is one.
    pub(super) home: Option<CountryCode>,
}

impl Lexicon {
    /// The lexicon of a language, parsed on first use and kept.
    pub(super) fn of(lang: &Lang) -> Arc<Self> {
        static CACHE: OnceLock<Mutex<HashMap<String, Arc<Lexicon>>>> = OnceLock::new();
        let key = file_key(lang);
        let cache = CACHE.get_or_init(Mutex::default);
        if let Some(found) = lock(cache).get(&key) {
            return Arc::clone(found);
        }
        let built = Arc::new(Builder::build(&key));
        Arc::clone(lock(cache).entry(key).or_insert(built))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The data file of a language: its own, else its primary subtag's, else the one for any.
fn file_key(lang: &Lang) -> String {
    [lang.as_str(), lang.primary()]
        .into_iter()
        .find(|k| FILES.get_file(format!("{k}.tsv")).is_some())
        .unwrap_or(lang.primary())
        .to_owned()
}

#[derive(Default)]
struct Builder {
    patterns: Vec<String>,
    entries: Vec<Entry>,
    from_cldr: bool,
    known: HashSet<String>,
    name_endings: Vec<(String, Arc<Tails>)>,
    adjective_endings: Vec<(String, Arc<Tails>)>,
    first_endings: Vec<(String, Vec<String>)>,
    prefixes: HashSet<String>,
    article_prefixes: HashSet<String>,
    article: String,
    none: Arc<Tails>,
    any: Arc<Tails>,
    unspaced: bool,
    home: Option<CountryCode>,
    cldr: Vec<String>,
    skip: HashSet<String>,
    cues: Cues,
}

impl Builder {
    fn build(key: &str) -> Lexicon {
        let mut b = Self {
            none: Arc::new(Tails {
                any: false,
                list: vec![String::new()],
            }),
            any: Arc::new(Tails {
                any: true,
                list: Vec::new(),
            }),
            ..Self::default()
        };
        let mut files: Vec<&str> = Vec::new();
        collect(key, &mut files);
        if files.is_empty() {
            collect("und", &mut files);
        }
        // Rules first: rows of any file are inflected by them.
        for file in &files {
            for (section, row) in sections(file) {
                b.rule(section, row);
            }
        }
        for file in &files {
            for (section, row) in sections(file) {
                b.row(section, row);
            }
        }
        if b.cldr.is_empty() {
            b.cldr.push(key.to_owned());
        }
        let locales = std::mem::take(&mut b.cldr);
        b.from_cldr = true;
        for row in country_rows().filter(|r| locales.iter().any(|l| l == r.lang)) {
            if !b.skip.contains(row.code) {
                b.cldr_name(row.code, row.name);
            }
        }
        b.finish()
    }

    fn finish(self) -> Lexicon {
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.patterns)
            .ok()
            .filter(|_| !self.patterns.is_empty());
        Lexicon {
            automaton,
            entries: self.entries,
            spaced: !self.unspaced,
            prefixes: self.prefixes,
            article_prefixes: self.article_prefixes,
            cues: self.cues,
            home: self.home,
        }
    }

    /// Takes a row of a section that holds rules.
    fn rule(&mut self, section: &str, row: &str) {
        let words = || row.split(';').map(str::trim).filter(|w| !w.is_empty());
        let folded = || words().map(fold);
        match section {
            "options" => {
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
            "name endings" | "adjective endings" => {
                let Some((suffix, tails)) = row.split_once('\t') else {
                    return;
                };
                let rule = (
                    fold(dash(suffix)),
                    Arc::new(Tails {
                        any: tails.trim() == "*",
                        list: tails.split_whitespace().map(|t| fold(dash(t))).collect(),
                    }),
                );
                if section == "name endings" {
                    self.name_endings.push(rule);
                } else {
                    self.adjective_endings.push(rule);
                }
            }
            "first endings" => {
                if let Some((suffix, tails)) = row.split_once('\t') {
                    let tails = tails.split_whitespace().map(|t| dash(t).to_owned());
                    self.first_endings
                        .push((suffix.to_owned(), tails.collect()));
                }
            }
            "prefixes" => self.prefixes.extend(folded()),
            "article prefixes" => self.article_prefixes.extend(folded()),
            "street before" => self.cues.street_before.extend(folded()),
            "street after" => self.cues.street_after.extend(folded()),
            "venue before" => self.cues.venue_before.extend(folded()),
            "officials" => self.cues.officials.extend(folded()),
            "bystander" => self.cues.bystander.extend(folded()),
            "bystander after" => self.cues.bystander_after.extend(folded()),
            "person before" => self.cues.person_before.extend(folded()),
            "person after" => self.cues.person_after.extend(folded()),
            "not person after" => self.cues.not_person_after.extend(folded()),
            "links" => self.cues.links.extend(folded()),
            _ => {}
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
            "blocked" => {
                for form in row.split(';') {
                    self.form(&[], Kind::Blocked, form);
                }
                return;
            }
            _ => return,
        };
        let Some((codes, listed)) = row.split_once('\t') else {
            return;
        };
        let codes: Vec<CountryCode> = codes.split('|').filter_map(|c| c.parse().ok()).collect();
        for form in listed.split(['\t', ';']) {
            self.form(&codes, kind, form);
        }
    }

    /// A name of CLDR: what stands in brackets is a name of its own, and so is what stands before them.
    fn cldr_name(&mut self, code: &str, name: &str) {
        let Ok(code) = code.parse::<CountryCode>() else {
            return;
        };
        for part in name.split(['(', ')', '（', '）', '[', ']']) {
            let part = part.trim();
            // Words such as SAR make a name that no newsroom writes.
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= if self.unspaced { 2 } else { 3 } && !part.contains([',', '/', '{', ';'])
            {
                let bare: String = part.chars().filter(|&c| !is_mark(c)).collect();
                self.form(&[code], Kind::Name, &bare);
            }
        }
    }

    fn form(&mut self, codes: &[CountryCode], kind: Kind, written: &str) {
        let written = written.trim();
        if written.is_empty() {
            return;
        }
        for form in forms::parse(written, &self.first_endings) {
            self.stem(codes, kind, &form);
        }
    }

    fn stem(&mut self, codes: &[CountryCode], kind: Kind, form: &Form) {
        let folded = fold(&form.text);
        let (stem, tails) = match &form.tails {
            Some(list) if list.iter().any(|t| t == "*") => (folded, Arc::clone(&self.any)),
            Some(list) => {
                let list = list.iter().map(|t| fold(t)).collect();
                (folded, Arc::new(Tails { any: false, list }))
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
        let acronym = letters.clone().count() <= 5
            && letters.clone().count() >= 2
            && letters.clone().all(char::is_uppercase);
        let entry = Entry {
            codes: codes.to_vec(),
            kind,
            check: form.check,
            capitals: super::scan::capitals(&form.text),
            marks: form.text.chars().filter(|&c| is_mark(c)).collect(),
            acronym,
            article,
            tails,
        };
        for variant in variants(&stem, acronym) {
            self.add(variant, entry.clone());
        }
    }

    /// The stem and endings of a form by the longest rule of the language that fits its end.
    fn inflect(&self, kind: Kind, folded: String) -> (String, Arc<Tails>) {
        let rules = match kind {
            Kind::Adjective => &self.adjective_endings,
            Kind::Government | Kind::Blocked => return (folded, Arc::clone(&self.none)),
            _ => &self.name_endings,
        };
        let best = rules
            .iter()
            .filter(|(suffix, _)| folded.ends_with(suffix.as_str()) && folded.len() > suffix.len())
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
        if stem.is_empty() {
            return;
        }
        let whole = entry.tails.list.first().map_or("", String::as_str);
        let full = format!("{stem}{whole}{}", entry.marks);
        // Files come before CLDR, so a form that a file qualifies isn't added again without that.
        if self.from_cldr && self.known.contains(&full) {
            return;
        }
        if matches!(entry.kind, Kind::Name | Kind::Blocked) {
            self.known.insert(full);
        }
        self.patterns.push(stem);
        self.entries.push(entry);
    }
}

/// A pattern and its spellings without accents, and with a space or a non-breaking hyphen for a hyphen.
fn variants(stem: &str, acronym: bool) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut all = vec![stem.to_owned()];
    let latin = stem.chars().all(|c| (c as u32) < 0x250);
    if latin && !acronym && stem.chars().count() >= 5 {
        let plain: String = stem
            .nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .collect();
        if plain != stem {
            all.push(plain);
        }
    }
    if stem.contains('ё') {
        all.push(stem.replace('ё', "е"));
    }
    if stem.trim_end_matches('-').contains('-') {
        for i in 0..all.len() {
            let trailing = all[i].ends_with('-');
            let mut spaced = all[i].trim_end_matches('-').replace('-', " ");
            let mut hard = all[i].trim_end_matches('-').replace('-', "\u{2011}");
            if trailing {
                spaced.push('-');
                hard.push('-');
            }
            all.push(spaced);
            all.push(hard);
        }
    }
    all
}

/// Whether a character is an Arabic vowel sign.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}')
}

fn dash(s: &str) -> &str {
    if s == "-" { "" } else { s }
}

/// Folds as the text is folded, so that patterns and text agree.
pub(super) fn fold(s: &str) -> String {
    Text::new(s.to_owned()).folded
}

/// The file of `key` and those that it uses, each once.
fn collect<'a>(key: &str, files: &mut Vec<&'a str>)
where
    'static: 'a,
{
    let Some(text) = FILES
        .get_file(format!("{key}.tsv"))
        .and_then(include_dir::File::contents_utf8)
    else {
        return;
    };
    if files.iter().any(|f| std::ptr::eq(*f, text)) {
        return;
    }
    files.push(text);
    for (section, row) in sections(text) {
        if section == "options" {
            for used in row
                .split_whitespace()
                .filter_map(|o| o.strip_prefix("use="))
            {
                collect(used, files);
            }
        }
    }
}

/// The rows of a data file, each with the name of its section.
fn sections(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}
