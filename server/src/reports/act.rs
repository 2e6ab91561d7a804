//! The act as a Word document.

use api::act::Act;
use api::text::Language;
use time::OffsetDateTime;

use super::docx::Document;

/// Words of the document in one language.
struct Words {
    title: &'static str,
    school: &'static str,
    date: &'static str,
    work: &'static str,
    form: &'static str,
    observer: &'static str,
    accreditation: &'static str,
    submitted: &'static str,
    answered: &'static str,
    index: &'static str,
    remarks: &'static str,
    no_remarks: &'static str,
    critical: &'static str,
    note: &'static str,
    explanations: &'static str,
    no_explanations: &'static str,
    signature: &'static str,
    unsigned: &'static str,
    outdated: &'static str,
}

const RUSSIAN: Words = Words {
    title: "Акт общественного наблюдения №",
    school: "Школа",
    date: "Дата и начало работы",
    work: "Работа",
    form: "Лист наблюдателя",
    observer: "Наблюдатель",
    accreditation: "Удостоверение №",
    submitted: "Лист отправлен",
    answered: "Отвечено вопросов",
    index: "Индекс наблюдения",
    remarks: "Замечания",
    no_remarks: "Нарушений по наблюдавшимся этапам не отмечено.",
    critical: "Грубое нарушение. ",
    note: "Заметка наблюдателя: ",
    explanations: "Пояснения школы",
    no_explanations: "Пояснений пока нет. Школа может дать их до",
    signature: "Подпись наблюдателя",
    unsigned: "Акт не подписан.",
    outdated: "После подписи в лист внесены исправления.",
};

const ENGLISH: Words = Words {
    title: "Act of public observation No.",
    school: "School",
    date: "Date and start of the work",
    work: "Work",
    form: "Observer's sheet",
    observer: "Observer",
    accreditation: "Accreditation No.",
    submitted: "Sheet submitted",
    answered: "Questions answered",
    index: "Observation index",
    remarks: "Remarks",
    no_remarks: "No violation was noted at the stages observed.",
    critical: "Gross violation. ",
    note: "The observer's note: ",
    explanations: "The school's explanations",
    no_explanations: "There is no explanation yet. The school may explain until",
    signature: "The observer's signature",
    unsigned: "The act is not signed.",
    outdated: "Corrections came into the sheet after the signature.",
};

/// The act as a `.docx` file, its instants in the municipality's time.
///
/// # Errors
/// When the archive cannot be written.
pub fn act_docx(act: &Act, language: Language, zone_minutes: i32) -> anyhow::Result<Vec<u8>> {
    let words = match language {
        Language::Ru => &RUSSIAN,
        Language::En => &ENGLISH,
    };
    let moment = |at_ms: i64| moment(at_ms, zone_minutes);
    let mut document = Document::default();
    document.title(&format!("{} {}", words.title, act.number));
    let mut rows = vec![
        (words.school, act.organisation_name.clone()),
        (words.date, format!("{}, {}", act.date, act.start)),
        (words.work, act.work.in_language(language).to_owned()),
        (words.form, act.form.in_language(language).to_owned()),
    ];
    rows.extend(act.observer.clone().map(|name| (words.observer, name)));
    rows.extend(
        act.accreditation
            .clone()
            .map(|number| (words.accreditation, number)),
    );
    rows.push((words.submitted, moment(act.submitted_ms)));
    rows.push((
        words.answered,
        format!("{} / {}", act.answered[0], act.answered[1]),
    ));
    if let Some(index) = act.index {
        let level = act
            .level
            .as_ref()
            .map(|level| format!(" ({})", level.in_language(language)))
            .unwrap_or_default();
        rows.push((words.index, format!("{index:.2}{level}")));
    }
    let rows: Vec<(String, String)> = rows
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    document.pairs(&rows);
    document.heading(words.remarks);
    if act.remarks.is_empty() {
        document.paragraph(words.no_remarks);
    }
    for (index, remark) in act.remarks.iter().enumerate() {
        let weight = if remark.critical { words.critical } else { "" };
        document.paragraph(&format!(
            "{}. {weight}{}",
            index + 1,
            remark.item.in_language(language)
        ));
        if let Some(note) = &remark.note {
            document.paragraph(&format!("{}{note}", words.note));
        }
    }
    document.heading(words.signature);
    match &act.signature {
        Some(signature) => {
            document.paragraph(&format!(
                "{}, {}",
                signature.name,
                moment(signature.signed_ms)
            ));
            if signature.outdated {
                document.paragraph(words.outdated);
            }
        }
        None => document.paragraph(words.unsigned),
    }
    document.heading(words.explanations);
    if act.explanations.is_empty() {
        document.paragraph(&format!("{} {}.", words.no_explanations, act.explain_until));
    }
    for explanation in &act.explanations {
        document.paragraph(&format!(
            "{}, {}:",
            moment(explanation.at_ms),
            explanation.author
        ));
        document.paragraph(&explanation.content);
    }
    document.finish()
}

/// `2026-04-15 10:05` in the municipality's time.
fn moment(at_ms: i64, zone_minutes: i32) -> String {
    let local_s = at_ms.div_euclid(1_000) + i64::from(zone_minutes) * 60;
    let local = OffsetDateTime::from_unix_timestamp(local_s).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        local.year(),
        u8::from(local.month()),
        local.day(),
        local.hour(),
        local.minute()
    )
}
