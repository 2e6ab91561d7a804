//! Our own columns.

use super::super::problems::Finding;
use super::super::row::Row;
use super::super::words::yes;
use super::reader::Reader;
use crate::form::{Companion, CompanionRole, Evidence, EvidenceKind, Question, Section};

impl Reader<'_, '_, '_> {
    /// Our own columns.
    pub(super) fn scored(&mut self, row: &Row) -> Question {
        let flag = |column: &str| row.extra(column).and_then(yes);
        let evidence = Evidence {
            kind: self
                .word(row, "evidence", EvidenceKind::from_word)
                .unwrap_or_default(),
            required_from: self.number(row, "evidence_from"),
            what: row.extra_text("evidence_what"),
        };
        let companion = row.extra("companion").and_then(|cell| {
            let (role, of) = cell.split_once(' ')?;
            Some(Companion {
                of: of.trim().to_owned(),
                role: CompanionRole::from_word(role)?,
            })
        });
        if row.extra("companion").is_some() && companion.is_none() {
            let finding = Finding::BadWord {
                column: "companion",
                value: row.extra("companion").unwrap_or_default().to_owned(),
                expected: "note NAME, photo NAME, evidence NAME, file NAME, comment NAME"
                    .to_owned(),
            };
            self.warn(row.number, "companion", finding);
        }
        Question {
            weight: self.number(row, "weight"),
            key_item: flag("key_item") == Some(true),
            critical: flag("critical") == Some(true),
            alert: flag("alert") == Some(true),
            expert: flag("expert") == Some(true),
            outside_index: flag("counts_in_index") == Some(false),
            ok_answer: row.extra("ok_answer").map(str::to_owned),
            evidence,
            tags: row
                .extra("tags")
                .map(|cell| {
                    cell.split([',', ' '])
                        .filter(|tag| !tag.is_empty())
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
            explanation: row.extra_text("explanation"),
            violation: row.extra_text("violation"),
            prefill: row.extra("prefill").map(str::to_owned),
            unit: row.extra("unit").map(str::to_owned),
            companion,
            ..Question::default()
        }
    }

    pub(super) fn section(&mut self, row: &Row) -> Option<Section> {
        let word = row.extra("section")?;
        let block = match word {
            "block" => true,
            word if yes(word) == Some(true) => false,
            word if yes(word) == Some(false) => return None,
            word => {
                let finding = Finding::BadWord {
                    column: "section",
                    value: word.to_owned(),
                    expected: "yes, no, block".to_owned(),
                };
                self.warn(row.number, "section", finding);
                return None;
            }
        };
        Some(Section {
            weight: self.number(row, "weight"),
            block,
        })
    }

    pub(super) fn number(&mut self, row: &Row, column: &'static str) -> Option<f64> {
        let cell = row.extra(column)?;
        let number = cell
            .replace(',', ".")
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        if number.is_none() {
            self.warn(
                row.number,
                column,
                Finding::BadNumber {
                    column,
                    value: cell.to_owned(),
                },
            );
        }
        number
    }

    pub(super) fn word<T>(
        &mut self,
        row: &Row,
        column: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = row.extra(column)?;
        let value = read(cell);
        if value.is_none() {
            let expected = "none, note, note_on_fail, note_photo_optional, photo_optional, photo, photo_on_fail, number, document";
            let finding = Finding::BadWord {
                column,
                value: cell.to_owned(),
                expected: expected.to_owned(),
            };
            self.warn(row.number, column, finding);
        }
        value
    }
}
