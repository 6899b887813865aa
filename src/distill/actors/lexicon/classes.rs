//! The lists and the traits that a language's file may have, one bit each.

use crate::distill::actors::patterns::Classes;

macro_rules! classes {
    ($($class:ident = $list:literal),* $(,)?) => {
        #[expect(clippy::upper_case_acronyms, reason = "the names of the bits")]
        enum Bit { $($class),* }
        $(pub(in crate::distill::actors) const $class: Classes = 1 << Bit::$class as u32;)*
        pub(super) fn class_of(list: &str) -> Option<Classes> {
            match list { $($list => Some($class),)* _ => None }
        }
    };
}

classes! {
    ROLES = "roles", PREMODIFIERS = "premodifiers", JOINTS = "joints", BREAKERS = "breakers", SPEECH = "speech",
    RELATIVES = "relatives", CONJUNCTIONS = "conjunctions", HONORIFICS = "honorifics", NOBILITY = "nobility",
    PARTICLES = "particles", STOP = "stop", ORGANISATIONS = "organisations", ORGHEADS = "orgheads", WEAKHEADS = "weakheads",
    LOWERHEADS = "lowerheads", NEEDADJECTIVE = "needadjective", ADJECTIVES = "adjectives", NOTADJECTIVES = "notadjectives",
    GENITIVES = "genitives", ORGJOINTS = "orgjoints", NOTNAMES = "notnames", SINGLES = "singles", NOTSINGLES = "notsingles",
    QUALIFIERS = "qualifiers", ENDS = "ends", GIVEN = "given", TAILS = "tails", SURNAMES = "surnames", COUNTRY = "countries",
    KNOWN = "known", SMALLADJECTIVES = "smalladjectives", LEFTJOINTS = "leftjoints", ARTICLES = "articles",
    STATEHEADS = "stateheads", NOUNS = "nouns", QUOTEHEADS = "quoteheads", VERBS = "verbs", NOTHEADS = "notheads",
    LEGALFORMS = "legalforms", GIVENTOO = "giventoo", COMMON = "common", AFTERPARTICLES = "afterparticles",
    NOBLEJOINTS = "noblejoints", DEMONYMS = "demonyms", CUTS = "cuts", FIELDS = "fields", PLACEHEADS = "placeheads", SYLLABLES = "syllables",
    PLACEJOINTS = "placejoints", OPENJOINTS = "openjoints", BODY = "body", STREETS = "streets",
    PRESS = "press", NEEDCAPITAL = "needcapital", FORJOINTS = "forjoints",
    UNITS = "units", KINDS = "kinds", NOTFIRST = "notfirst", PLURALS = "plurals", NATIONAL = "national", OWNERS = "owners", THINGS = "things", TRADES = "trades", NEEDNAME = "needname",
}

macro_rules! traits {
    ($($flag:ident = $name:literal),* $(,)?) => {
        #[expect(
            non_camel_case_types,
            clippy::upper_case_acronyms,
            reason = "the names of the bits"
        )]
        enum Flag { $($flag),* }
        $(pub(in crate::distill::actors) const $flag: u32 = 1 << Flag::$flag as u32;)*
        pub(super) fn trait_of(name: &str) -> Option<u32> {
            match name { $($name => Some($flag),)* _ => None }
        }
    };
}

traits! {
    // Names and nouns take endings of up to three letters.
    INFLECTS = "inflects",
    // Nothing before an organisation's head word describes it.
    HEAD_FIRST = "head-first",
    // What follows a head word and a joint is of the name only where it is written with a capital.
    CAPITAL_TAILS = "capital-tails",
    // Nothing follows an organisation's head word without a joint.
    JOINED_TAILS = "joined-tails",
    // Every noun has a capital, so a capital makes no name.
    CAPITAL_NOUNS = "capital-nouns",
    // A capitalised place or day may follow a head word within the name.
    PLACES_IN_NAMES = "places-in-names",
    // A name has two capitals at least beside its joints.
    TWO_CAPITALS = "two-capitals",
    // Endings are written after an apostrophe: `Kars'ta`.
    APOSTROPHE_ENDINGS = "apostrophe-endings",
    // Capital I is the capital of a dotless ı.
    DOTLESS_I = "dotless-i",
    // Within a family name no small word stands but after a given name: `Leo Pardon van Sabena` has two.
    GIVEN_BEFORE_PARTICLES = "given-before-particles",
    // A role may follow a name without a comma.
    ROLE_AFTER_NAME = "role-after-name",
    // A script without capitals, words apart by spaces.
    UNCASED = "uncased",
    // Nouns carry their article, and what describes a definite noun is definite.
    DEFINITE = "definite",
    // What stands before an organisation's head word and describes it is an adjective.
    ADJECTIVES_FIRST = "adjectives-first",
    // An organisation's head word is the last of its name.
    HEAD_LAST = "head-last",
    // Chinese characters, no spaces.
    HAN = "han",
    // Chinese characters beside syllables, no spaces.
    KANA = "kana",
    // Syllable blocks, words apart by spaces, particles written to the noun.
    HANGUL = "hangul",
    // No spaces between words, a space between given and family name.
    SPACELESS = "spaceless",
}
