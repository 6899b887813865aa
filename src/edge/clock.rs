//! The only clock: SOURCE_DATE_EPOCH, and today for a first import.

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

/// The day of SOURCE_DATE_EPOCH (UTC), else today where this machine is.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn today() -> jiff::civil::Date {
    source_date_epoch().map_or_else(
        || jiff::ZonedDateTime::now().date(),
        |t| t.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
    )
}
