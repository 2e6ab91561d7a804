//! Between what people type and the lexical form of answers.

use forms::form::QuestionKind;

use super::view::ChoiceView;
use api::text::Language;

/// What was typed is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

/// What was typed as an answer to a question of that kind; nothing typed is no answer. A point is typed in two lines.
///
/// # Errors
/// [`NotANumber`] when it cannot be read as one.
pub fn read(kind: QuestionKind, typed: &str) -> Result<Option<String>, NotANumber> {
    match kind {
        QuestionKind::Integer => number(typed, true),
        QuestionKind::Decimal => number(typed, false),
        QuestionKind::Geopoint => {
            let (latitude, longitude) = typed.split_once('\n').unwrap_or((typed, ""));
            point(latitude, longitude)
        }
        QuestionKind::Geotrace | QuestionKind::Geoshape => {
            points(typed, kind == QuestionKind::Geoshape).map_err(|_| NotANumber)
        }
        _ => Ok(Some(typed.trim_end().to_owned()).filter(|text| !text.is_empty())),
    }
}

/// A typed number: a decimal comma, spaces between thousands and a true minus are understood.
///
/// # Errors
/// [`NotANumber`] for anything else, also for a fraction where a whole number is asked.
pub fn number(typed: &str, is_whole: bool) -> Result<Option<String>, NotANumber> {
    let plain: String = typed
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            ',' => '.',
            '\u{2212}' => '-',
            other => other,
        })
        .collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        !(whole.is_empty() && fraction.is_empty()) && are_digits(whole) && are_digits(fraction);
    if !is_number || (is_whole && digits.contains('.')) {
        return Err(NotANumber);
    }
    Ok(Some(plain))
}

/// A number as people of a language write it.
pub fn shown_number(value: &str, language: Language) -> String {
    match language {
        Language::Ru => value.replace('.', ","),
        Language::En => value.to_owned(),
    }
}

/// A point from typed latitude and longitude; nothing typed is no answer.
///
/// # Errors
/// [`NotANumber`] when a part is missing, no number or outside the globe.
pub fn point(latitude: &str, longitude: &str) -> Result<Option<String>, NotANumber> {
    let part = |typed: &str, limit: f64| -> Result<Option<String>, NotANumber> {
        let text = number(typed, false)?;
        match text.as_deref().map(str::parse::<f64>) {
            None => Ok(None),
            Some(Ok(value)) if value.abs() <= limit => Ok(text),
            Some(_) => Err(NotANumber),
        }
    };
    match (part(latitude, 90.0)?, part(longitude, 180.0)?) {
        (None, None) => Ok(None),
        (Some(latitude), Some(longitude)) => Ok(Some(format!("{latitude} {longitude} 0 0"))),
        // The second half is still to be typed.
        _ => Err(NotANumber),
    }
}

/// Points from lines of latitude and longitude, altitude and accuracy where they follow; an area is closed. Nothing
/// typed is no answer.
///
/// # Errors
/// Number of the first line, from 1, that is no point.
pub fn points(typed: &str, is_area: bool) -> Result<Option<String>, usize> {
    let mut all: Vec<String> = Vec::new();
    for (place, line) in typed.split(['\n', ';']).enumerate() {
        let parts: Vec<&str> = line
            .split_whitespace()
            .map(|part| part.trim_end_matches(','))
            .collect();
        let (latitude, longitude, rest) = match parts[..] {
            [] => continue,
            [latitude, longitude] => (latitude, longitude, ["0", "0"]),
            [latitude, longitude, altitude] => (latitude, longitude, [altitude, "0"]),
            [latitude, longitude, altitude, accuracy] => {
                (latitude, longitude, [altitude, accuracy])
            }
            _ => return Err(place + 1),
        };
        let rest = rest.map(|part| number(part, false));
        match (point(latitude, longitude), rest) {
            (Ok(Some(point)), [Ok(Some(altitude)), Ok(Some(accuracy))]) => {
                let point = point.strip_suffix(" 0 0").unwrap_or(&point);
                all.push(format!("{point} {altitude} {accuracy}"));
            }
            _ => return Err(place + 1),
        }
    }
    if is_area
        && all.len() > 2
        && all.first() != all.last()
        && let Some(first) = all.first().cloned()
    {
        all.push(first);
    }
    Ok((!all.is_empty()).then(|| all.join("; ")))
}

/// The lines that [`points`] reads, the closing point of an area left out.
pub fn points_for_input(value: &str, is_area: bool) -> String {
    let mut all: Vec<&str> = value
        .split(';')
        .map(str::trim)
        .filter(|point| !point.is_empty())
        .collect();
    if is_area && all.len() > 3 && all.first() == all.last() {
        all.pop();
    }
    let shown = all
        .into_iter()
        .map(|point| point.strip_suffix(" 0 0").unwrap_or(point));
    shown.collect::<Vec<_>>().join("\n")
}

/// The answer for what a browser's date or time field holds.
pub fn moment_from_input(text: &str, input_type: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    Some(match input_type {
        "month" => format!("{text}-01"),
        _ => text.to_owned(),
    })
}

/// The time of day `HH:MM` of an instant, minutes east of UTC.
pub fn hour_minute(at_ms: i64, zone_minutes: i16) -> String {
    let minutes = at_ms.div_euclid(60_000) + i64::from(zone_minutes);
    let of_day = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

/// What a browser's date or time field holds for an answer, seconds and zone left out.
pub fn moment_for_input(value: &str, input_type: &str) -> String {
    let length = match input_type {
        "time" => 5,
        "datetime-local" => 16,
        "month" => 7,
        _ => 10,
    };
    value.get(..length).unwrap_or(value).to_owned()
}

/// Choices in the order of preference; those not yet ranked follow in the order of the list.
pub fn ranking(names: &[&str], choices: &[ChoiceView]) -> Vec<ChoiceView> {
    let find = |name: &&str| choices.iter().find(|choice| choice.name == **name);
    let mut order: Vec<ChoiceView> = names.iter().filter_map(find).cloned().collect();
    for choice in choices {
        if !names.contains(&choice.name.as_str()) {
            order.push(choice.clone());
        }
    }
    order
}

/// The order with one name moved up or down by a place.
pub fn shifted(mut names: Vec<String>, name: &str, up: bool) -> Vec<String> {
    if let Some(from) = names.iter().position(|other| other == name) {
        let to = if up {
            from.checked_sub(1)
        } else {
            Some(from + 1)
        };
        if let Some(to) = to.filter(|to| *to < names.len()) {
            names.swap(from, to);
        }
    }
    names
}

/// A drawn line as path data, points closer than two units left out.
pub fn line(points: &[(f64, f64)]) -> String {
    let mut data = String::new();
    let mut last: Option<(f64, f64)> = None;
    for (index, &(x, y)) in points.iter().enumerate() {
        let is_near = last.is_some_and(|(a, b)| (a - x).hypot(b - y) < 2.0);
        if is_near && index + 1 < points.len() {
            continue;
        }
        let command = if last.is_none() { 'M' } else { 'L' };
        data.push_str(&format!("{command}{x:.0} {y:.0}"));
        last = Some((x, y));
    }
    // A tap is a dot: a line of no length is drawn with round ends.
    if points.len() == 1 {
        data.push_str("h0");
    }
    data
}

/// A picture of lines as the value of an image question.
pub fn picture(lines: &[String], size: (f64, f64)) -> String {
    format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}'>{}</svg>",
        size.0,
        size.1,
        lines
            .iter()
            .map(|line| format!("<path d='{line}' fill='none' stroke='black' stroke-width='3'/>"))
            .collect::<String>()
    )
}

/// The lines of a picture made by [`picture`]; none in any other value.
pub fn picture_lines(value: &str) -> Vec<String> {
    value
        .split("<path d='")
        .skip(1)
        .filter_map(|rest| rest.split('\'').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::choice;
    use super::*;

    #[test]
    fn a_time_of_day_is_that_of_the_zone() {
        // 2026-12-01 20:12 UTC.
        let at_ms = 1_796_155_920_000;
        let shown = [-600, 0, 180, 420].map(|zone| hour_minute(at_ms, zone));
        assert_eq!(shown, ["10:12", "20:12", "23:12", "03:12"]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |typed| number(typed, false);
        assert_eq!(read("12,5"), Ok(Some("12.5".to_owned())));
        assert_eq!(read("1 234"), Ok(Some("1234".to_owned())));
        assert_eq!(read("\u{2212}3"), Ok(Some("-3".to_owned())));
        assert_eq!(read("  "), Ok(None));
        for wrong in ["abc", "1.2.3", "-", ",", "1e3", "12a"] {
            assert_eq!(read(wrong), Err(NotANumber), "{wrong}");
        }
    }

    #[test]
    fn a_fraction_is_no_whole_number() {
        assert_eq!(number("2,5", true), Err(NotANumber));
        assert_eq!(number("25", true), Ok(Some("25".to_owned())));
    }

    #[test]
    fn each_kind_reads_what_is_typed_in_its_own_way() {
        let text = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read(QuestionKind::Integer, "3,5"), Err(NotANumber));
        assert_eq!(read(QuestionKind::Decimal, "3,5"), text("3.5"));
        assert_eq!(read(QuestionKind::Text, "3,5  "), text("3,5"));
        assert_eq!(read(QuestionKind::Text, "  "), Ok(None));
        assert_eq!(
            read(QuestionKind::Geopoint, "56,1\n92,8"),
            text("56.1 92.8 0 0")
        );
        assert_eq!(read(QuestionKind::Geopoint, "56,1"), Err(NotANumber));
        assert_eq!(read(QuestionKind::Geotrace, "56\n"), Err(NotANumber));
    }

    #[test]
    fn half_a_point_is_no_point() {
        assert_eq!(point("", ""), Ok(None));
        assert_eq!(point("56,1", ""), Err(NotANumber));
        assert_eq!(point("95", "20"), Err(NotANumber));
        assert_eq!(point("56,1", "47.2"), Ok(Some("56.1 47.2 0 0".to_owned())));
    }

    #[test]
    fn points_are_read_line_by_line_and_an_area_is_closed() {
        let typed = "56,1 92,8\n\n56.2, 92.9\n56.3 93 120 5\n";
        assert_eq!(
            points(typed, false),
            Ok(Some(
                "56.1 92.8 0 0; 56.2 92.9 0 0; 56.3 93 120 5".to_owned()
            ))
        );
        let area = points(typed, true).expect("three points").expect("typed");
        assert!(area.ends_with("; 56.1 92.8 0 0"), "{area}");
        let shown = points_for_input(&area, true);
        assert_eq!(shown, "56.1 92.8\n56.2 92.9\n56.3 93 120 5");
        assert_eq!(points(&shown, true), Ok(Some(area)));
        assert_eq!(points("  \n", true), Ok(None));
        assert_eq!(points("56 92\n56\n", false), Err(2));
        assert_eq!(points("56 92\n95 92\n", false), Err(2));
        assert_eq!(points("1 2 3 4 5", false), Err(1));
    }

    #[test]
    fn times_lose_their_seconds_in_the_field() {
        assert_eq!(moment_for_input("09:30:00.000+03:00", "time"), "09:30");
        assert_eq!(moment_for_input("2026-04-22", "date"), "2026-04-22");
        assert_eq!(
            moment_from_input("2026-04", "month"),
            Some("2026-04-01".to_owned())
        );
    }

    #[test]
    fn ranking_moves_by_one_place_and_stops_at_the_ends() {
        let names = || ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(shifted(names(), "b", true), ["b", "a", "c"]);
        assert_eq!(shifted(names(), "a", true), ["a", "b", "c"]);
        assert_eq!(shifted(names(), "c", false), ["a", "b", "c"]);
        let choices = ["a", "b", "c"].map(|name| choice(name, None, false));
        let order: Vec<String> = ranking(&["c"], &choices)
            .into_iter()
            .map(|choice| choice.name)
            .collect();
        assert_eq!(order, ["c", "a", "b"]);
    }

    #[test]
    fn a_drawing_survives_being_an_answer() {
        let lines = vec![line(&[(1.0, 2.0), (10.0, 20.0)]), line(&[(5.0, 5.0)])];
        assert_eq!(picture_lines(&picture(&lines, (600.0, 200.0))), lines);
        assert_eq!(picture_lines("photo.jpg"), Vec::<String>::new());
    }
}
