//! What templates can call, by name: arguments and what they give. The names are registered from here, so that a function that is not here does not compile.

/// A function or filter of templates.
#[derive(Clone, Copy, Debug)]
pub(in crate::render) struct Callable {
    /// Its name.
    pub(in crate::render) name: &'static str,
    /// The names of its arguments, those that must be there first; the others end with `?`.
    pub arguments: &'static [&'static str],
    /// What it gives.
    pub gives: &'static str,
}

const fn of(
    name: &'static str,
    arguments: &'static [&'static str],
    gives: &'static str,
) -> Callable {
    Callable {
        name,
        arguments,
        gives,
    }
}

/// The functions that Dépêche adds to Tera's.
pub(in crate::render) const FUNCTIONS: [Callable; 22] = [
    of(
        "asset",
        &["path"],
        "The address of a static file of the theme, with a fingerprint of its content",
    ),
    of(
        "calendar",
        &["year", "lang?"],
        "The picture of a year's days, for `calendar_figure`",
    ),
    of(
        "country_matrix",
        &["lang?"],
        "The picture of which countries meet, for `matrix_figure`",
    ),
    of(
        "country_name",
        &["code", "lang?"],
        "The name of a country (ISO 3166-1)",
    ),
    of(
        "coverage_map",
        &["lang?"],
        "The map of the world by coverage, for `map_figure`",
    ),
    of(
        "format_date",
        &["date", "style?", "lang?"],
        "A date in words: `weekday`, `long` (where nothing is said), `medium`, `day_month`, `month`, `month_name` or `year`",
    ),
    of(
        "get_briefings",
        &["limit?", "country?", "topic?", "lang?"],
        "The newest briefings (10 where nothing is said), of the site or of one country or topic: `pages`, and `total_pages`, how many there are",
    ),
    of(
        "get_hash",
        &["literal"],
        "A digest of a text, in hexadecimal digits",
    ),
    of(
        "get_page",
        &["path", "lang?"],
        "All that `page` has, of the content file at a path from `content/`",
    ),
    of(
        "get_section",
        &["path", "lang?"],
        "All that `section` has, of the `_index.md` at a path from `content/`",
    ),
    of(
        "get_taxonomy",
        &["kind", "lang?"],
        "All terms of `countries` or `topics`: `kind`, `items`",
    ),
    of(
        "get_taxonomy_term",
        &["kind", "term", "lang?"],
        "One country or topic, by its slug",
    ),
    of(
        "get_taxonomy_url",
        &["kind", "name", "lang?"],
        "The path of a country's or topic's page, by its slug",
    ),
    of(
        "get_url",
        &["path"],
        "The address of a content file (`@/about.md`) or path",
    ),
    of(
        "language_name",
        &["code", "lang?"],
        "The name of a language, in itself where no `lang` is given",
    ),
    of(
        "load_data",
        &["path"],
        "A JSON, YAML or text file of `content/`",
    ),
    of(
        "now",
        &[],
        "SOURCE_DATE_EPOCH as an instant, else that of the newest briefing: a build knows no clock",
    ),
    of(
        "once",
        &["template", "key", "lang?"],
        "A template with the other arguments as its values, rendered once for a key and language",
    ),
    of(
        "once_each",
        &["template", "cards", "lang?"],
        "A template for each of the cards of a list in the language of the page, as `card` beside the other arguments, one after the other; rendered once for a path, language and these",
    ),
    of(
        "sparkline",
        &["kind", "term", "lang?"],
        "The course of a country or topic over two years, as SVG",
    ),
    of("text_direction", &["lang"], "`ltr` or `rtl`"),
    of(
        "trans",
        &["key", "count?", "lang?"],
        "A string of `strings/`; with `count`, its plural form; other arguments fill its `{name}`s",
    ),
];

/// Functions of Tera, as they are bounded here.
pub(in crate::render) const TERA_FUNCTIONS: [Callable; 2] = [
    of(
        "range",
        &["end", "start?", "step_by?"],
        "Numbers from 0 or `start` to before `end`, a million a page at most",
    ),
    of(
        "throw",
        &["message"],
        "No value: the page is an error with this message",
    ),
];

/// The filters that Dépêche adds to Tera's, or has in place of them.
pub(in crate::render) const FILTERS: [Callable; 5] = [
    of(
        "date",
        &["format?"],
        "A date as `strftime` writes it, `%Y-%m-%d` where nothing is said",
    ),
    of(
        "group_by",
        &["attribute"],
        "The items of a list by what they have under a name, in the order in which the groups come",
    ),
    of(
        "markdown",
        &["inline?"],
        "Markdown as safe HTML; `inline=true` without the paragraph round it",
    ),
    of(
        "nobreak",
        &[],
        "A text whose French punctuation is not parted from its word by the end of a line",
    ),
    of(
        "num_format",
        &["locale?"],
        "A whole number with the separators of the page's language",
    ),
];

/// Tera's own filters.
pub(in crate::render) const TERA_FILTERS: [&str; 36] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Tera's own tests, which stand after `is`.
pub(in crate::render) const TERA_TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
