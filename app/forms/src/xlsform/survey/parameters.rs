//! Columns that say more about a question: parameters, triggers, entity properties.

use super::super::problems::Finding;
use super::super::reference::{self, is_xml_name};
use super::super::row::Row;
use super::super::{parameters, range};
use super::reader::Reader;
use crate::form::QuestionKind;

impl Reader<'_, '_, '_> {
    /// The pairs of the `parameters` column, checked against what the type accepts.
    pub(super) fn parameters(
        &mut self,
        row: &Row,
        accepted: Option<&[&str]>,
    ) -> Vec<(String, String)> {
        let Some(cell) = row.parameters.as_deref() else {
            return Vec::new();
        };
        let Some(pairs) = parameters::parse(cell) else {
            let mend = self.clear_cell(row.number, "parameters");
            self.error(row.number, "parameters", Finding::BadParameters, Some(mend));
            return Vec::new();
        };
        let Some(accepted) = accepted else {
            return pairs;
        };
        let (kept, rejected): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|(key, _)| accepted.contains(&key.as_str()));
        if !rejected.is_empty() {
            let cell: Vec<String> = kept
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            let mend = self.set_cell(
                row.number,
                "parameters",
                &cell.join(" "),
                "Убрать неизвестные параметры".to_owned(),
                "Remove the unknown parameters".to_owned(),
            );
            let mut names: Vec<String> = rejected.into_iter().map(|(key, _)| key).collect();
            names.sort();
            let finding = Finding::UnknownParameters {
                accepted: accepted.join(", "),
                rejected: names.join(", "),
            };
            self.error(row.number, "parameters", finding, Some(mend));
        }
        kept
    }

    pub(super) fn check_parameters(
        &mut self,
        kind: QuestionKind,
        pairs: &[(String, String)],
        row: &Row,
    ) {
        if kind == QuestionKind::Range {
            if let Err(finding) =
                range::check(pairs, row.appearance.as_deref(), &self.context.lists)
            {
                let mend = self.clear_cell(row.number, "parameters");
                self.error(row.number, "parameters", finding, Some(mend));
            }
            return;
        }
        for finding in range::check_values(kind, pairs, row.appearance.as_deref()) {
            let mend = self.clear_cell(row.number, "parameters");
            self.error(row.number, "parameters", finding, Some(mend));
        }
    }

    pub(super) fn check_select_parameters(
        &mut self,
        pairs: &[(String, String)],
        from_file: bool,
        row: &Row,
    ) {
        let get = |key: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
        };
        let mut bad: Option<(&str, &'static str)> = None;
        if from_file {
            for key in ["value", "label"] {
                if get(key).is_some_and(|value| !is_xml_name(value)) {
                    bad = Some((key, "name"));
                }
            }
        }
        match (get("randomize"), get("seed")) {
            (Some("true" | "false"), Some(seed)) => {
                if reference::whole(seed).is_none() && seed.parse::<f64>().is_err() {
                    bad = Some(("seed", "0, 1, … / ${name}"));
                }
            }
            (Some("true" | "false"), None) | (None, None) => {}
            (Some(_), _) => bad = Some(("randomize", "true / false")),
            (None, Some(_)) => bad = Some(("seed", "randomize=true")),
        }
        if let Some((name, expected)) = bad {
            let mend = self.clear_cell(row.number, "parameters");
            let finding = Finding::BadParameter {
                name: name.to_owned(),
                expected,
            };
            self.error(row.number, "parameters", finding, Some(mend));
        }
    }

    pub(super) fn trigger(&mut self, row: &Row) -> Option<String> {
        let cell = row.trigger.as_deref()?;
        let mut found = Vec::new();
        let mut finding = (!cell.contains("${")).then_some(Finding::MalformedReference);
        for part in cell.split(',') {
            let mut in_part = reference::references(part);
            match in_part.next() {
                Some(Ok(reference)) => found.push(reference.name.to_owned()),
                Some(Err(_)) => finding = Some(Finding::MalformedReference),
                None => {}
            }
            match in_part.next() {
                Some(Ok(_)) => finding = Some(Finding::ReferenceListNeedsCommas),
                Some(Err(_)) => finding = Some(Finding::MalformedReference),
                None => {}
            }
        }
        if let Some(finding) = finding {
            let mend = self.clear_cell(row.number, "trigger");
            self.error(row.number, "trigger", finding, Some(mend));
            return None;
        }
        self.triggers
            .extend(found.iter().map(|name| (name.clone(), row.number)));
        (!found.is_empty()).then(|| cell.to_owned())
    }

    /// Checks a `save_to`; says whether it can be kept.
    pub(super) fn save_to(&mut self, save_to: &str, row: &Row, container: bool) -> bool {
        let entities = std::mem::take(&mut self.context.entity_lists);
        let result = self
            .save_to
            .check(save_to, container, row.number, &entities);
        self.context.entity_lists = entities;
        if let Err((problem_ru, problem_en)) = result {
            let mend = self.clear_cell(row.number, "entities:saveto");
            self.error(
                row.number,
                "entities:saveto",
                Finding::Entity {
                    problem_ru,
                    problem_en,
                },
                Some(mend),
            );
            return false;
        }
        true
    }
}
