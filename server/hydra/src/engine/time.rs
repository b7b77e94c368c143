//! Times as Hydra writes them (RFC 3339).

use std::time::{SystemTime, UNIX_EPOCH};

/// The time in milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The days from 1970 to a date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// A number of so many digits at the start of a text, and the rest behind a separator.
fn number<'a>(text: &'a str, digits: usize, after: &[char]) -> Option<(i64, &'a str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let rest = if after.is_empty() { rest } else { rest.strip_prefix(after)? };
    Some((number.parse().ok().filter(|_| is_number)?, rest))
}

/// Milliseconds since 1970 of `2026-11-28T16:05:59.123456789Z`.
pub(super) fn parse(text: &str) -> Option<i64> {
    let (year, rest) = number(text, 4, &['-'])?;
    let (month, rest) = number(rest, 2, &['-'])?;
    let (day, rest) = number(rest, 2, &['T', 't'])?;
    let (hour, rest) = number(rest, 2, &[':'])?;
    let (minute, rest) = number(rest, 2, &[':'])?;
    let (second, rest) = number(rest, 2, &[])?;
    let is_time = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?),
        None => ("", rest),
    };
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let (hours, rest) = number(zone.strip_prefix(['+', '-'])?, 2, &[':'])?;
            let (minutes, rest) = number(rest, 2, &[])?;
            sign * (hours * 60 + minutes) * i64::from(rest.is_empty())
        }
    };
    let thousandths = format!("{fraction:0<3}").chars().take(3).collect::<String>().parse::<i64>();
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
    Some((minutes * 60 + second) * 1000 + thousandths.ok()?).filter(|_| is_time && second <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_with_its_fraction_and_its_zone() {
        let cases = [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-11-28T16:05:59.123456789Z", Some(1_795_881_959_123)),
            ("2026-11-28T17:05:59+01:00", Some(1_795_881_959_000)),
            ("2024-02-29t12:00:00.5z", Some(1_709_208_000_500)),
            ("0001-01-01T00:00:00Z", Some(-62_135_596_800_000)),
            ("2026-13-28T16:05:59Z", None),
            ("2026-11-28 16:05:59Z", None),
            ("2026-11-28T16:05:59", None),
            ("2026-11-28T16:05:59.", None),
            ("tomorrow", None),
            ("", None),
        ];
        for (text, time) in cases {
            assert_eq!(parse(text), time, "{text}");
        }
    }
}
