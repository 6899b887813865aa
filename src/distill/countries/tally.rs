//! Readings of one country → what the text does with it: where it stands in which part, how often, what begins with it.

use super::{
    context::Reading,
    lexicon::Kind,
    places::Place,
    points::Spot,
    role::{Opens, Part},
};

/// States whose capitals are the seats of international bodies: a dateline there may be theirs.
const HOSTS: [&str; 7] = ["AT", "BE", "CH", "ET", "IT", "KE", "US"];

/// Spots with parts, in their order: bit `spot × parts + part`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stands(u128);

impl Stands {
    fn insert(&mut self, spot: Spot, part: Part) {
        self.0 |= 1 << (spot as usize * Part::ALL.len() + part as usize);
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn iter(self) -> impl Iterator<Item = (Spot, Part)> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            let spot = Spot::ALL.get(bit / Part::ALL.len())?;
            Some((*spot, Part::ALL[bit % Part::ALL.len()]))
        })
    }
}

/// What one text does with one country.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one country"
)]
pub(super) struct Tally {
    /// The spots and parts in which it stands.
    pub(super) stands: Stands,
    pub(super) first: usize,
    /// Where it is first spoken of as more than a bystander, footers and datelines aside.
    pub(super) named_at: Option<usize>,
    /// Where the headline, or else the first sentence, names it.
    pub(super) opens_at: Option<(Place, usize)>,
    /// How much is said of it by name, adjective or capital: where, times in which part.
    pub(super) mass: f32,
    /// How often it is named as more than a bystander.
    pub(super) times: u32,
    /// Referred to by name, adjective or capital.
    pub(super) named: bool,
    /// By a country's name, not only by adjectives.
    pub(super) by_name: bool,
    /// A form that can mean nothing else names it.
    pub(super) firm: bool,
    /// Headline or first sentence begins with it.
    pub(super) begins: bool,
    /// It is joined to one with which they begin.
    pub(super) begins_beside: bool,
    /// A later sentence begins with it.
    pub(super) begins_later: bool,
    /// A line of a table begins with it.
    pub(super) row: bool,
    /// How much its places and bodies say that the text is at home there.
    pub(super) at_home: u32,
}

impl Tally {
    pub(super) fn new(first: usize) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// Whether it, or a body of it, acts or is spoken of in a spot.
    pub(super) fn acts_in(&self, spot: Spot) -> bool {
        let acts = |part: Part| part.counts() || part == Part::Body;
        self.stands.iter().any(|(s, p)| s == spot && acts(p))
    }

    /// Whether it does so in headline or first sentence.
    pub(super) fn leads(&self) -> bool {
        self.acts_in(Spot::Headline) || self.acts_in(Spot::Lead)
    }

    /// Whether anything but its places and bodies is named.
    pub(super) fn spoken_of(&self) -> bool {
        self.stands.iter().any(|(_, part)| part.names())
    }

    /// Whether it is no more than a bystander anywhere.
    pub(super) fn passes(&self) -> bool {
        !self.stands.iter().any(|(_, part)| part.counts())
    }

    /// Takes in one reading.
    pub(super) fn note(&mut self, place: Place, reading: &Reading<'_>) {
        let (spot, part) = (Spot::from(place), reading.part());
        let kind = reading.hit.entry.kind;
        self.stands.insert(spot, part);
        let host = || reading.code.is_some_and(|c| HOSTS.contains(&c.as_str()));
        self.at_home += at_home(spot, part, kind, host);
        self.row |= reading.opens == Opens::Cell;
        if part.names() {
            self.mass += weight(spot) * if part.counts() { 1.0 } else { 0.3 };
        }
        if part.counts() && spot <= Spot::Body {
            self.times += 1;
            self.named_at = self.named_at.or(Some(reading.hit.start));
            let begins = reading.opens != Opens::Nothing;
            if spot <= Spot::Lead {
                self.begins |= begins;
                self.begins_beside |= reading.opens_beside;
            } else {
                self.begins_later |= begins;
            }
        }
        self.refer(place, part, reading);
    }

    /// Whether the text refers to the country at all. The city of a dateline or an address doesn't, nor does a venue below the lead.
    fn refer(&mut self, place: Place, part: Part, reading: &Reading<'_>) {
        let kind = reading.hit.entry.kind;
        let apart = matches!(
            place,
            Place::Footer | Place::Boilerplate | Place::Dateline | Place::Header
        );
        let venue = kind == Kind::Capital && reading.venue && !place.leads();
        if !part.names() || kind == Kind::Capital && (apart || venue) {
            return;
        }
        self.named = true;
        self.firm |= !reading.undecided;
        self.by_name |= kind == Kind::Name || kind == Kind::Government;
        if place <= Place::Lead {
            let at = (place, reading.hit.start);
            self.opens_at = Some(self.opens_at.map_or(at, |earlier| earlier.min(at)));
        }
    }
}

/// What a naming adds to a country's share of the text.
fn weight(spot: Spot) -> f32 {
    match spot {
        Spot::Headline | Spot::Lead => 3.0,
        Spot::Paragraph => 2.0,
        Spot::Body | Spot::Header => 1.0,
        Spot::Dateline | Spot::End => 0.0,
    }
}

/// What a reading says of where the text is at home.
fn at_home(spot: Spot, part: Part, kind: Kind, host: impl Fn() -> bool) -> u32 {
    match part {
        Part::Body if spot <= Spot::Paragraph || spot == Spot::Header => 2,
        Part::Dateline => {
            if host() {
                1
            } else {
                2
            }
        }
        Part::Body => 1,
        Part::Place => u32::from(spot != Spot::End),
        _ if kind == Kind::Capital && spot == Spot::Header => 2,
        _ => 0,
    }
}
