//! Questions.

use super::super::parameters;
use super::super::problems::Finding;
use super::super::row::Row;
use super::super::types;
use super::reader::Reader;
use crate::form::{ChoiceSource, Node, QuestionKind, Text};
use crate::xform::write::is_dynamic;

impl Reader<'_, '_, '_> {
    pub(super) fn question(
        &mut self,
        kind: QuestionKind,
        extra: types::Extra,
        source: Option<ChoiceSource>,
        row: Row,
    ) {
        self.question_with(kind, extra, source, row, None, false);
    }

    pub(super) fn question_with(
        &mut self,
        kind: QuestionKind,
        extra: types::Extra,
        source: Option<ChoiceSource>,
        mut row: Row,
        pairs: Option<Vec<(String, String)>>,
        or_other: bool,
    ) {
        let trigger = self.trigger(&row);
        let pairs = match pairs {
            Some(pairs) => pairs,
            None => {
                // As in the reference, only the present-day words of types have parameters.
                let understood = parameters::has_parameters(&row.kind);
                let accepted = parameters::accepted(kind.word()).filter(|_| understood);
                let pairs = self.parameters(&row, accepted);
                if understood {
                    self.check_parameters(kind, &pairs, &row);
                    pairs
                } else {
                    Vec::new()
                }
            }
        };
        let name = if kind == QuestionKind::Audit {
            if !row.name.is_empty() && row.name != "audit" {
                let mend = self.clear_cell(row.number, "name");
                self.error(row.number, "name", Finding::AuditName, Some(mend));
            }
            "audit".to_owned()
        } else {
            self.name(&row, kind == QuestionKind::Note)
        };
        self.check_kind(kind, &row, trigger.is_some());
        if let Some(save_to) = row.save_to.clone()
            && !self.save_to(&save_to, &row, false)
        {
            row.save_to = None;
        }
        if kind != QuestionKind::Audit {
            self.questions.insert(name.clone());
        }
        if kind.is_attached_data() {
            self.attached.insert(name.clone());
        }
        let is_geo = matches!(
            kind,
            QuestionKind::Geopoint | QuestionKind::Geotrace | QuestionKind::Geoshape
        );
        if let Some((_, target)) = pairs
            .iter()
            .find(|(key, _)| is_geo && key == "reference-geometry")
        {
            self.geometries.push((target.clone(), row.number));
        }
        if let Some(constraint) = extra.constraint {
            row.constraint.get_or_insert_with(|| constraint.to_owned());
        }
        if let Some(hint) = extra.hint.filter(|_| row.hint.is_empty()) {
            row.hint = Text::plain(hint);
        }
        if let Some(params) = extra.preload_params
            && !row.bind.iter().any(|(key, _)| key == "jr:preloadParams")
        {
            row.bind
                .push(("jr:preloadParams".to_owned(), params.to_owned()));
        }
        if let Some(count) = row.repeat_count.take() {
            row.body.push(("jr:count".to_owned(), count));
        }
        if kind.is_select()
            && let Some((_, word)) = row
                .bind
                .iter()
                .find(|(key, word)| key == "type" && word != "string" && word != "odk:rank")
        {
            let finding = Finding::BadWord {
                column: "bind::type",
                value: word.clone(),
                expected: "string".to_owned(),
            };
            let mend = self.clear_cell(row.number, "type_of_bind");
            self.error(row.number, "bind::type", finding, Some(mend));
        }
        row.sort();
        let mut question = self.scored(&row);
        question.name = name;
        question.kind = kind;
        question.label = row.label;
        question.hint = row.hint;
        question.guidance_hint = row.guidance_hint;
        question.media = row.media;
        question.choices = source;
        question.or_other = or_other;
        question.choice_filter = row.choice_filter;
        question.relevant = row.relevant;
        question.constraint = row.constraint;
        question.constraint_message = row.constraint_message;
        question.required = row.required;
        question.required_message = row.required_message;
        question.read_only = row.read_only;
        question.calculation = row.calculation;
        question.default = row.default;
        question.trigger = trigger;
        question.appearance = row.appearance;
        question.parameters = pairs;
        question.save_to = row.save_to;
        question.bind = row.bind;
        question.body = row.body;
        question.instance = row.instance;
        self.add(Node::Question(Box::new(question)));
    }

    pub(super) fn check_kind(&mut self, kind: QuestionKind, row: &Row, triggered: bool) {
        let number = row.number;
        match kind {
            QuestionKind::Calculate => {
                let dynamic = row
                    .default
                    .as_deref()
                    .is_some_and(|default| is_dynamic(default, kind));
                if row.calculation.is_none() && !dynamic {
                    let mend = self.set_cell(
                        number,
                        "calculate",
                        row.default.as_deref().map_or("''", |_| "."),
                        "Вписать пустую формулу".to_owned(),
                        "Enter an empty formula".to_owned(),
                    );
                    self.error(number, "calculation", Finding::NoCalculation, Some(mend));
                }
            }
            QuestionKind::SubscriberId | QuestionKind::SimSerial => {
                self.warn(
                    number,
                    "type",
                    Finding::DeprecatedType {
                        word: kind.word().to_owned(),
                    },
                );
            }
            QuestionKind::BackgroundGeopoint => {
                if !triggered {
                    let mend = self.set_cell(
                        number,
                        "type",
                        "start-geopoint",
                        "Записать место в начале заполнения".to_owned(),
                        "Record the place when filling begins".to_owned(),
                    );
                    self.error(number, "trigger", Finding::NoTrigger, Some(mend));
                }
                if row.calculation.is_some() {
                    let mend = self.clear_cell(number, "calculate");
                    self.error(
                        number,
                        "calculation",
                        Finding::TriggeredGeopointCalculation,
                        Some(mend),
                    );
                }
            }
            _ => {}
        }
    }
}
