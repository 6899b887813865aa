//! The only clock: SOURCE_DATE_EPOCH, today for a first import, and this moment for embargoes.

/// SOURCE_DATE_EPOCH, where it is set to seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn source_date_epoch() -> Option<jiff::Timestamp> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH")
        .ok()?
        .trim()
        .parse()
        .ok()?;
    jiff::Timestamp::from_second(seconds).ok()
}

/// SOURCE_DATE_EPOCH, else this moment: what an embargo is held against.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn now() -> jiff::Timestamp {
    source_date_epoch().unwrap_or_else(jiff::Timestamp::now)
}

/// Seconds since 1970 by this machine's clock: how old an answer of another server is.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn wall() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The day of SOURCE_DATE_EPOCH (UTC), else today where this machine is.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn today() -> jiff::civil::Date {
    source_date_epoch().map_or_else(
        || jiff::ZonedDateTime::now().date(),
        |t| t.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
    )
}
