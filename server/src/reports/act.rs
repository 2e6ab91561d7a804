//! The act as a paper.

use api::observation::act::Act;
use api::text::Language;
use time::OffsetDateTime;

use super::paper::{Block, Item, Paper};
use crate::clock::dotted;

/// Words of the document in one language.
struct Words {
    title: &'static str,
    foot: &'static str,
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
    foot: "Акт №",
    school: "Школа",
    date: "Дата и начало работы",
    work: "Работа",
    form: "Лист наблюдателя",
    observer: "Наблюдатель",
    accreditation: "Удостоверение №",
    submitted: "Лист отправлен",
    answered: "Отвечено вопросов",
    index: "Порядок соблюдён",
    remarks: "Замечания",
    no_remarks: "Нарушений по наблюдавшимся этапам не отмечено.",
    critical: "Грубое нарушение",
    note: "Заметка наблюдателя: ",
    explanations: "Пояснения школы",
    no_explanations: "Пояснений пока нет. Школа может дать их до",
    signature: "Подпись наблюдателя",
    unsigned: "Акт не подписан.",
    outdated: "После подписи в лист внесены исправления.",
};

const ENGLISH: Words = Words {
    title: "Act of public observation No.",
    foot: "Act No.",
    school: "School",
    date: "Date and start of the work",
    work: "Work",
    form: "Observer's sheet",
    observer: "Observer",
    accreditation: "Accreditation No.",
    submitted: "Sheet submitted",
    answered: "Questions answered",
    index: "Rules kept",
    remarks: "Remarks",
    no_remarks: "No violation was noted at the stages observed.",
    critical: "Gross violation",
    note: "The observer's note: ",
    explanations: "The school's explanations",
    no_explanations: "There is no explanation yet. The school may explain until",
    signature: "The observer's signature",
    unsigned: "The act is not signed.",
    outdated: "Corrections came into the sheet after the signature.",
};

/// The act with its instants in the municipality's time.
pub fn act_paper(act: &Act, language: Language, zone_minutes: i32) -> Paper {
    let words = match language {
        Language::Ru => &RUSSIAN,
        Language::En => &ENGLISH,
    };
    let moment = |at_ms: i64| moment(at_ms, zone_minutes);
    let mut blocks = vec![
        Block::Pairs(facts(act, words, language, zone_minutes)),
        Block::Heading(words.remarks.to_owned()),
    ];
    if act.remarks.is_empty() {
        blocks.push(Block::Paragraph(words.no_remarks.to_owned()));
    }
    for (index, remark) in act.remarks.iter().enumerate() {
        blocks.push(Block::Item(Item {
            number: index + 1,
            weight: if remark.critical { words.critical } else { "" }.to_owned(),
            text: remark.item.in_language(language).to_owned(),
            note: remark
                .note
                .as_ref()
                .map(|note| format!("{}{note}", words.note)),
        }));
    }
    blocks.push(Block::Heading(words.signature.to_owned()));
    match &act.signature {
        Some(signature) => {
            if !signature.drawing.is_empty() {
                blocks.push(Block::Drawing {
                    strokes: signature.drawing.clone(),
                    words: words.signature.to_owned(),
                });
            }
            let named = [signature.name.clone(), moment(signature.signed_ms)];
            // The school reads that and when it was signed, and not by whom.
            let named: Vec<String> = named.into_iter().filter(|part| !part.is_empty()).collect();
            blocks.push(Block::Paragraph(named.join(", ")));
            if signature.outdated {
                blocks.push(Block::Small(words.outdated.to_owned()));
            }
        }
        None => blocks.push(Block::Paragraph(words.unsigned.to_owned())),
    }
    blocks.push(Block::Heading(words.explanations.to_owned()));
    if act.explanations.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "{} {}.",
            words.no_explanations,
            dotted(&act.explain_until)
        )));
    }
    for explanation in &act.explanations {
        blocks.push(Block::Paragraph(explanation.content.clone()));
        blocks.push(Block::Small(format!(
            "{}, {}",
            explanation.author,
            moment(explanation.at_ms)
        )));
    }
    Paper {
        language,
        title: format!("{} {}", words.title, act.number),
        foot: format!("{} {}", words.foot, act.number),
        blocks,
    }
}

/// What the act is about, as names and values.
fn facts(act: &Act, words: &Words, language: Language, zone_minutes: i32) -> Vec<(String, String)> {
    let mut rows = vec![
        (words.school, act.organisation_name.clone()),
        (words.date, format!("{}, {}", dotted(&act.date), act.start)),
        (words.work, act.work.in_language(language).to_owned()),
        (words.form, act.form.in_language(language).to_owned()),
    ];
    rows.extend(act.observer.clone().map(|name| (words.observer, name)));
    rows.extend(
        act.accreditation
            .clone()
            .map(|number| (words.accreditation, number)),
    );
    rows.push((words.submitted, moment(act.submitted_ms, zone_minutes)));
    rows.push((
        words.answered,
        format!("{} / {}", act.answered[0], act.answered[1]),
    ));
    if let Some(index) = act.index {
        let number = format!("{:.0}", index * 100.0);
        let number = match language {
            // Space that neither breaks nor grows.
            Language::Ru => format!("{number}\u{202f}%"),
            Language::En => format!("{number}%"),
        };
        let level = act
            .level
            .as_ref()
            .map(|level| format!(" ({})", level.in_language(language)))
            .unwrap_or_default();
        rows.push((words.index, format!("{number}{level}")));
    }
    rows.into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// `15.04.2026 10:05` in the municipality's time.
fn moment(at_ms: i64, zone_minutes: i32) -> String {
    let local_s = at_ms.div_euclid(1_000) + i64::from(zone_minutes) * 60;
    let local = OffsetDateTime::from_unix_timestamp(local_s).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:02}.{:02}.{:04} {:02}:{:02}",
        local.day(),
        u8::from(local.month()),
        local.year(),
        local.hour(),
        local.minute()
    )
}
