//! Stable ids of findings: what a person may look up in docs/checking, a program may count, and a CI may show.

use serde::{Deserialize, Serialize};

/// What a finding is about. An id never changes its meaning.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Whatever has no rule of its own.
    #[default]
    Build,
    /// A file that can't be read.
    Unreadable,
    /// site.yaml, topics.yaml and variables of the environment.
    Settings,
    /// Keys and values above a text.
    FrontMatter,
    /// A title that shows other than it is.
    DeceptiveTitle,
    /// A slug or an alias that is no part of an address.
    BadAddress,
    /// Two files with one address.
    AddressTaken,
    /// A theme that lacks something, or that can't be read.
    Theme,
    /// HTML in a text that could not be kept.
    RawHtml,
    /// A link that leads nowhere.
    LinkBroken,
    /// A link whose fragment is not on the page.
    FragmentMissing,
    /// A server elsewhere says that there is nothing.
    ExternalBroken,
    /// A server elsewhere did not answer well.
    ExternalUnsure,
    /// A page elsewhere has a new address for good.
    ExternalMoved,
    /// An image that nobody described.
    AltMissing,
    /// An image of site.yaml that is not there.
    AssetMissing,
    /// A file that nothing refers to.
    AssetUnused,
    /// A page that no other page links to.
    Orphan,
    /// A page that lacks a version in a language of the site.
    TranslationMissing,
    /// A version of a text that is not there.
    TranslationBroken,
    /// A string of the theme that lacks a version in a language of the site.
    StringMissing,
    /// A newer briefing that is not there.
    SupersededBroken,
    /// A feed that readers of feeds can't read, or with two entries of one id.
    Feed,
    /// A topic that the vocabulary lacks.
    TopicUnknown,
    /// Two names that may be one.
    TermSimilar,
    /// Two pages with one title.
    TitleDuplicate,
    /// Two briefings with one text.
    TextDuplicate,
    /// A public page that leads to a briefing under embargo.
    EmbargoLink,
    /// Words of a briefing under embargo in what is public.
    EmbargoText,
    /// A file that belongs to a briefing under embargo, and is public.
    EmbargoAsset,
    /// A public copy of the seed of a briefing under embargo.
    EmbargoSeed,
}

impl Rule {
    /// All rules, with what each finds, as the documentation has it.
    pub const ALL: [(Self, &'static str); 31] = [
        (Self::Build, "What a build says and no other rule names"),
        (
            Self::Unreadable,
            "A file that can't be read, or is too large",
        ),
        (
            Self::Settings,
            "A mistake in site.yaml or in a variable of the environment",
        ),
        (
            Self::FrontMatter,
            "Front matter that does not fit its schema, or a key that looks misspelt",
        ),
        (
            Self::DeceptiveTitle,
            "A title with unseen characters, or words of two scripts",
        ),
        (
            Self::BadAddress,
            "A slug or an alias that is no part of an address",
        ),
        (
            Self::AddressTaken,
            "Two files, aliases or numbers with one address",
        ),
        (
            Self::Theme,
            "A theme that is not there, or a template that can't be used",
        ),
        (Self::RawHtml, "HTML in a text that could not be kept"),
        (
            Self::LinkBroken,
            "A link or an image that leads nowhere, or that is not allowed",
        ),
        (
            Self::FragmentMissing,
            "A link whose `#fragment` is not on the page",
        ),
        (
            Self::ExternalBroken,
            "A link to another site that answers 404 or 410",
        ),
        (
            Self::ExternalUnsure,
            "A link to another site that does not answer, or answers with an error",
        ),
        (
            Self::ExternalMoved,
            "A link to another site that has moved for good",
        ),
        (
            Self::AltMissing,
            "An image without a description, or with its file name in place of one",
        ),
        (
            Self::AssetMissing,
            "An image named in site.yaml that is not there",
        ),
        (
            Self::AssetUnused,
            "A file below a folder of content/ that nothing refers to",
        ),
        (Self::Orphan, "A page that no other page links to"),
        (
            Self::TranslationMissing,
            "A page that lacks a version in a language of the site",
        ),
        (
            Self::TranslationBroken,
            "`translation_of` names a file that is not there",
        ),
        (
            Self::StringMissing,
            "Words of the theme that lack a language of the site",
        ),
        (
            Self::SupersededBroken,
            "`superseded_by` names a briefing that is not there",
        ),
        (
            Self::Feed,
            "A feed that is not well-formed, or has an id twice",
        ),
        (Self::TopicUnknown, "A topic that the vocabulary lacks"),
        (
            Self::TermSimilar,
            "Two topics, series, people or organisations that may be one",
        ),
        (
            Self::TitleDuplicate,
            "Two pages of one language, or two briefings of one day, with one title",
        ),
        (Self::TextDuplicate, "Two briefings with the same text"),
        (
            Self::EmbargoLink,
            "A public page that leads to a briefing under embargo",
        ),
        (
            Self::EmbargoText,
            "The title or a sentence of a briefing under embargo in a public text",
        ),
        (
            Self::EmbargoAsset,
            "A file that only a briefing under embargo uses: it is public already",
        ),
        (
            Self::EmbargoSeed,
            "A public copy of the seed of a briefing under embargo",
        ),
    ];

    /// The id: `link-broken`.
    pub fn id(self) -> String {
        let mut id = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !id.is_empty() {
                id.push('-');
            }
            id.push(c.to_ascii_lowercase());
        }
        id
    }
}
