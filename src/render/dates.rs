//! Dates and numbers → words of a language, by ICU4X: always the Gregorian calendar and Western digits.

use std::{cell::RefCell, collections::HashMap};

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale_core::Locale;

use crate::model::{Lang, Precision, PubDate};

/// How a date is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 27 January 2026
    Long,
    /// 27 Jan 2026
    Medium,
    /// January 2026
    Month,
    /// January
    MonthName,
    /// 2026
    Year,
    /// 27 January
    Day,
    /// Tuesday 27 January 2026
    Full,
}

impl Style {
    /// The style of a name in a template.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "long" => Self::Long,
            "medium" => Self::Medium,
            "month" => Self::Month,
            "month_name" => Self::MonthName,
            "year" => Self::Year,
            "day_month" => Self::Day,
            "weekday" => Self::Full,
            _ => return None,
        })
    }
}

/// A publication date in words; of a month, never its first day.
pub fn format(date: &PubDate, lang: &Lang, style: Style) -> String {
    let style = match (date.precision(), style) {
        (Precision::Month, Style::Long | Style::Medium | Style::Full | Style::Day) => Style::Month,
        (_, style) => style,
    };
    written(date, lang, style).unwrap_or_else(|| date.as_str().to_owned())
}

/// Words for a day, in one language and style.
type Words = Box<dyn Fn(&IcuDate<Gregorian>) -> String>;

thread_local! {
    /// What ICU4X has loaded, which takes it a hundred times longer than to write a date.
    static LOADED: RefCell<HashMap<(Lang, Style), Option<Words>>> = RefCell::default();
    static NUMBERS: RefCell<HashMap<Lang, Option<DecimalFormatter>>> = RefCell::default();
}

fn written(date: &PubDate, lang: &Lang, style: Style) -> Option<String> {
    let day = date.civil();
    let day = IcuDate::try_new_gregorian(
        day.year().into(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
    .ok()?;
    LOADED.with_borrow_mut(|loaded| {
        let words = loaded
            .entry((lang.clone(), style))
            .or_insert_with(|| words(lang, style));
        Some(words.as_ref()?(&day))
    })
}

fn words(lang: &Lang, style: Style) -> Option<Words> {
    let locale = locale(lang);
    macro_rules! in_words {
        ($fields:expr) => {{
            let locale = (&locale).into();
            let loaded =
                FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale, $fields).ok()?;
            Box::new(move |day: &IcuDate<Gregorian>| loaded.format(day).to_string()) as Words
        }};
    }
    Some(match style {
        Style::Long => in_words!(fieldsets::YMD::long()),
        Style::Medium => in_words!(fieldsets::YMD::medium()),
        // ICU4X 2.4 loads no digits for this one pattern of Portuguese.
        Style::Month if lang.primary() == "pt" => {
            let month = in_words!(fieldsets::M::long());
            Box::new(move |day| format!("{} de {}", month(day), day.year().extended_year()))
        }
        Style::Month => in_words!(fieldsets::YM::long()),
        Style::MonthName => in_words!(fieldsets::M::long()),
        Style::Year => in_words!(fieldsets::Y::long()),
        Style::Day => in_words!(fieldsets::MD::long()),
        Style::Full => in_words!(fieldsets::YMDE::long()),
    })
}

/// A whole number with the separators of a language.
pub fn number(lang: &Lang, n: u64) -> String {
    NUMBERS.with_borrow_mut(|loaded| {
        let formatter = loaded.entry(lang.clone()).or_insert_with(|| {
            DecimalFormatter::try_new(locale(lang).into(), DecimalFormatterOptions::default()).ok()
        });
        match formatter {
            Some(formatter) => formatter.format(&Decimal::from(n)).to_string(),
            None => n.to_string(),
        }
    })
}

fn locale(lang: &Lang) -> Locale {
    let tag = match lang.as_str() {
        // Day before month in documents of international bodies.
        "en" => "en-GB",
        tag => tag,
    };
    format!("{tag}-u-nu-latn")
        .parse()
        .unwrap_or(Locale::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_language_of_the_page() {
        let day: PubDate = "2026-01-27".parse().expect("day");
        for (lang, words) in [
            ("en", "27 January 2026"),
            ("fr", "27 janvier 2026"),
            ("ar", "27 يناير 2026"),
            ("de", "27. Januar 2026"),
            ("zh", "2026年1月27日"),
            ("ru", "27 января 2026\u{202f}г."),
        ] {
            assert_eq!(format(&day, &lang.parse().expect(lang), Style::Long), words);
        }
    }

    #[test]
    fn every_style_works_in_every_language() {
        const STYLES: [&str; 7] = [
            "weekday",
            "long",
            "medium",
            "day_month",
            "month",
            "month_name",
            "year",
        ];
        const LANGUAGES: &str = "am ar az bg bn bo ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km kn ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te th ti tk tr uk ur uz vi yo yue zh zh-Hant zu";
        let day: PubDate = "2026-01-27".parse().expect("day");
        for lang in LANGUAGES.split(' ') {
            for style in STYLES {
                let words = format(
                    &day,
                    &lang.parse().expect(lang),
                    Style::named(style).expect(style),
                );
                assert!(
                    !words.is_empty() && !words.contains('{'),
                    "{lang} {style}: {words}"
                );
            }
        }
    }

    #[test]
    fn a_month_stays_a_month() {
        let month: PubDate = "2026-05".parse().expect("month");
        assert_eq!(
            format(&month, &"fr".parse().expect("fr"), Style::Long),
            "mai 2026"
        );
    }

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(&"en".parse().expect("en"), 12_345), "12,345");
    }
}
