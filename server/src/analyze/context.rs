//! Context of schools from CSV: enrolment, and the index or the nine factors.

use std::collections::BTreeMap;
use std::io::Read;

use objectivity::context::FACTORS;
use objectivity::data::{Enrolled, SchoolContext};

use crate::import::problem::{Fault, Problems};

/// One passport per school and year, with the row it began in.
pub fn read(input: impl Read, problems: &mut Problems) -> Vec<(SchoolContext, u32)> {
    let mut bytes = Vec::new();
    let mut input = input;
    if let Err(error) = input.read_to_end(&mut bytes) {
        problems.whole(Fault::NotReadable {
            detail: error.to_string(),
        });
        return Vec::new();
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        if flate2::read::MultiGzDecoder::new(&bytes[..])
            .read_to_end(&mut plain)
            .is_err()
        {
            problems.whole(Fault::BrokenCompression);
            return Vec::new();
        }
        bytes = plain;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::WINDOWS_1251
            .decode_without_bom_handling(error.as_bytes())
            .0
            .into_owned(),
    };
    read_text(text.trim_start_matches('\u{feff}'), problems)
}

fn read_text(text: &str, problems: &mut Problems) -> Vec<(SchoolContext, u32)> {
    if text.trim().is_empty() {
        problems.whole(Fault::Empty);
        return Vec::new();
    }
    let first = text.lines().next().unwrap_or_default();
    let semicolons = first.matches(';').count() > first.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header: Vec<String> = match records.next() {
        Some(Ok(header)) => header.iter().map(str::to_lowercase).collect(),
        _ => {
            problems.whole(Fault::Empty);
            return Vec::new();
        }
    };
    let column = |name: &str| {
        header
            .iter()
            .position(|header| *header == name.to_lowercase())
    };
    let (year, school) = (column("year"), column("school"));
    for (name, place) in [("year", year), ("school", school)] {
        if place.is_none() {
            problems.push(Fault::MissingColumn { name }, Some(1), None);
        }
    }
    let (Some(year), Some(school)) = (year, school) else {
        return Vec::new();
    };
    let enrolled = column("enrolled");
    let index = column("context_index");
    let (subject, grade) = (column("subject"), column("grade"));
    let factors: Vec<Option<usize>> = FACTORS.iter().map(|factor| column(factor.id)).collect();

    let mut contexts: BTreeMap<(i32, String), (SchoolContext, u32)> = BTreeMap::new();
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let row = error.position().map(|position| position.line() as u32);
                let detail = "csv".to_owned();
                problems.push(Fault::BrokenTable { detail }, row, None);
                break;
            }
        };
        let row = record.position().map_or(1, |position| {
            u32::try_from(position.line()).unwrap_or(u32::MAX)
        });
        if record.iter().all(str::is_empty) {
            continue;
        }
        let mut cell = |place: Option<usize>, low: f64, high: f64| {
            let text = place
                .and_then(|place| record.get(place))
                .unwrap_or_default();
            if text.is_empty() {
                return None;
            }
            let name = place
                .and_then(|place| header.get(place))
                .map_or("", String::as_str);
            let number = text
                .replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite());
            match number {
                Some(number) if (low..=high).contains(&number) => Some(number),
                Some(_) => {
                    let fault = Fault::OutOfRange {
                        field: name.to_owned(),
                        value: text.to_owned(),
                        low: low as i64,
                        high: high as i64,
                    };
                    problems.push(fault, Some(row), Some(name));
                    None
                }
                None => {
                    let fault = Fault::NotANumber {
                        field: name.to_owned(),
                        value: text.to_owned(),
                    };
                    problems.push(fault, Some(row), Some(name));
                    None
                }
            }
        };
        let year_value = cell(Some(year), 1990.0, 2100.0);
        let pupils = cell(enrolled, 0.0, 1_000_000.0);
        let index_value = cell(index, -1_000_000.0, 1_000_000.0);
        let grade_value = cell(grade, 1.0, 12.0);
        let mut shares = [None; 9];
        for (share, place) in shares.iter_mut().zip(&factors) {
            *share = cell(*place, 0.0, 100.0);
        }
        let code = record.get(school).unwrap_or_default().to_owned();
        let (Some(year_value), false) = (year_value, code.is_empty()) else {
            let field = if code.is_empty() { "school" } else { "year" };
            let fault = Fault::BlankCell {
                field: field.to_owned(),
            };
            problems.push(fault, Some(row), Some(field));
            continue;
        };
        let year_value = year_value as i32;
        let (context, _) = contexts
            .entry((year_value, code.clone()))
            .or_insert_with(|| {
                let context = SchoolContext {
                    year: year_value,
                    school: code,
                    ..SchoolContext::default()
                };
                (context, row)
            });
        if let Some(pupils) = pupils {
            let subject = subject
                .and_then(|place| record.get(place))
                .filter(|subject| !subject.is_empty())
                .map(str::to_owned);
            context.enrolled.push(Enrolled {
                subject,
                grade: grade_value.map(|grade| grade as u8),
                pupils: pupils as u32,
            });
        }
        context.context_index = context.context_index.or(index_value);
        for (known, share) in context.factors.iter_mut().zip(shares) {
            *known = known.or(share);
        }
    }
    contexts.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_school_and_year_become_one_passport() {
        let mut problems = Problems::default();
        let text = "year;school;enrolled;context_index;subject;grade\n2026;s1;120;0,4;;\n2026;s1;23;;math;5\n";
        let contexts = read_text(text, &mut problems);
        assert_eq!(problems.count(), 0);
        assert_eq!(contexts.len(), 1);
        assert_eq!(contexts[0].0.context_index, Some(0.4));
        assert_eq!(contexts[0].0.enrolled[1].subject.as_deref(), Some("math"));
    }

    #[test]
    fn factors_are_found_by_their_ids() {
        let mut problems = Problems::default();
        let contexts = read_text("year,school,CF-01,CF-09\n2026,s1,12.5,101\n", &mut problems);
        assert_eq!(contexts[0].0.factors[0], Some(12.5));
        assert_eq!(problems.kept()[0].column.as_deref(), Some("cf-09"));
    }
}
