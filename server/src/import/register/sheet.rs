//! The register of schools as a workbook, out; what is written out is read back the same.

use api::registry::organisation::Organisation;
use api::text::Language;
use forms::workbook::{WriteError, write_xlsx};
use forms::xlsform::{Sheet, Workbook};

use super::organisation::{FIELDS, names_of_cluster, names_of_kind};

/// Writes schools, one a row.
///
/// # Errors
/// When a text does not fit a cell.
pub fn written(schools: &[Organisation], language: Language) -> Result<Vec<u8>, WriteError> {
    let head = FIELDS
        .iter()
        .map(|field| field.name().in_language(language).to_owned());
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    rows.extend(schools.iter().map(|school| {
        FIELDS
            .iter()
            .map(|field| cell(school, schools, field.key, language))
            .collect()
    }));
    let name = match language {
        Language::Ru => "Школы",
        Language::En => "Schools",
    };
    write_xlsx(&Workbook {
        sheets: vec![Sheet {
            name: name.to_owned(),
            rows,
        }],
    })
}

/// Headings with two schools of no district, to be written over.
///
/// # Errors
/// When a text does not fit a cell.
pub fn template(language: Language) -> Result<Vec<u8>, WriteError> {
    written(&super::organisation::examples(language), language)
}

fn cell(school: &Organisation, all: &[Organisation], key: &str, language: Language) -> String {
    let say = |ru: &str, en: &str| match language {
        Language::Ru => ru.to_owned(),
        Language::En => en.to_owned(),
    };
    let yes = |value: bool| {
        if value {
            say("да", "yes")
        } else {
            say("нет", "no")
        }
    };
    match key {
        "code" => school.code.clone(),
        "short_name" => school.short_name.clone(),
        "name" => school.name.clone(),
        "kind" => names_of_kind(school.kind).in_language(language).to_owned(),
        "grades" => ranges(&school.grades),
        "settlement" => school.settlement.clone(),
        "rural" => yes(school.rural),
        "pupils" => school.pupils.to_string(),
        "capacity" => school
            .capacity
            .map(|places| places.to_string())
            .unwrap_or_default(),
        "small_school" => yes(school.small_school),
        "parent" => all
            .iter()
            .find(|other| Some(other.id) == school.parent)
            .map(|other| other.code.clone())
            .unwrap_or_default(),
        "cluster" => names_of_cluster(school.cluster)
            .in_language(language)
            .to_owned(),
        "latitude" => school
            .place
            .map(|place| place[0].to_string())
            .unwrap_or_default(),
        "longitude" => school
            .place
            .map(|place| place[1].to_string())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// Grades as ranges: «1–4, 10–11».
fn ranges(grades: &[u8]) -> String {
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for grade in grades {
        match ranges.last_mut() {
            Some((_, last)) if grade.checked_sub(1) == Some(*last) => *last = *grade,
            _ => ranges.push((*grade, *grade)),
        }
    }
    let shown = ranges.into_iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use api::registry::table_import::RowEffect;

    use super::super::organisation::{examples, plan};
    use super::super::{columns, table};
    use super::*;

    #[test]
    fn what_is_written_out_is_read_back_the_same_in_both_languages() {
        for language in [Language::Ru, Language::En] {
            let mut known = examples(language);
            known[1].place = Some([56.010_001, 92.852_6]);
            let bytes = written(&known, language).expect("a workbook");
            let table = table::read(&bytes, &FIELDS).expect("a table");
            let chosen = columns::guessed(&table.headers, &FIELDS, &[]);
            assert!(chosen.iter().all(Option::is_some), "{chosen:?}");
            let plan = plan(&table, &chosen, &known);
            assert_eq!(plan.problems, []);
            assert!(
                plan.effects
                    .iter()
                    .all(|(_, effect)| *effect == RowEffect::Same),
                "{:?}",
                plan.schools
            );
        }
    }
}
