//! The engine of `forms` as the interface sees it: sections of views, and changes as they travel.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::submission::{Operation, ScoreSheet, SectionScore};
use api::text::{Language, Text};
use forms::entry::{
    Change, Edit, EntryContext, FormEntry, NodePath, NodeView, Rule, Value, ViewKind,
};
use forms::expression::Zone;
use forms::form::{Form, Node};
use uuid::Uuid;

use super::overview::{GroupView, Item, Overview, RepeatView, SectionOverview};
use super::view::{ChoiceView, QuestionView, Rules};

/// A form being filled in.
pub struct Sheet {
    entry: FormEntry,
    context: EntryContext,
    language: Language,
    /// For each question by its path without instances: the answer that means "in order".
    ok_answers: BTreeMap<String, String>,
}

impl Sheet {
    /// An empty sheet of a form.
    ///
    /// The moment comes from the id of the submission, made when filling began; `zone_minutes` is the zone
    /// of the school, minutes east of UTC.
    pub fn open(
        form: Arc<Form>,
        submission: Uuid,
        zone_minutes: i16,
        prefill: BTreeMap<String, String>,
        language: Language,
    ) -> Self {
        let context = EntryContext {
            now_ms: begun_ms(submission),
            zone: Zone::fixed(i32::from(zone_minutes)),
            seed: 0,
            prefill,
        };
        let ok_answers = form
            .walk()
            .filter_map(|walked| match walked.node {
                Node::Question(question) => Some((walked.path, question.ok_answer.clone()?)),
                _ => None,
            })
            .collect();
        // Problems of a published form are its author's, not of whoever fills it in.
        let (mut entry, _) = FormEntry::open(form, context.clone());
        entry.set_language(code(language));
        Sheet {
            entry,
            context,
            language,
            ok_answers,
        }
    }

    /// The form.
    pub fn form(&self) -> Arc<Form> {
        self.entry.form().clone()
    }

    /// Says the words in another language.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
        self.entry.set_language(code(language));
    }

    /// Folds a log anew. An operation that does not fit the form changes nothing, but stays in the log.
    pub fn replay(&mut self, operations: &[&Operation]) {
        let mut entry = self.entry.reopen(self.context.clone());
        for operation in operations {
            if let Ok(change) = serde_json::from_value::<Change>(operation.change.clone()) {
                let _ = entry.apply(&change);
            }
        }
        entry.set_language(code(self.language));
        self.entry = entry;
    }

    /// Gives or takes back an answer; the change as it travels, or nothing when the form has no such
    /// question.
    pub fn set(&mut self, path: &str, value: Option<&str>) -> Option<serde_json::Value> {
        self.make(path, Edit::Set(value.and_then(Value::new)))
    }

    /// Adds an instance to a repeat.
    pub fn add_repeat(&mut self, path: &str, id: &str) -> Option<serde_json::Value> {
        self.make(path, Edit::AddRepeat { id: id.to_owned() })
    }

    /// Removes an instance by its path.
    pub fn remove_repeat(&mut self, path: &str) -> Option<serde_json::Value> {
        let instance: NodePath = path.parse().ok()?;
        let id = instance.segments().last()?.1?.to_owned();
        let repeat = instance.parent()?;
        self.make(&repeat.to_string(), Edit::RemoveRepeat { id })
    }

    fn make(&mut self, path: &str, edit: Edit) -> Option<serde_json::Value> {
        let change = Change {
            path: path.parse().ok()?,
            edit,
        };
        self.entry.apply(&change).ok()?;
        serde_json::to_value(change).ok()
    }

    /// Sections that take part now, with what they hold.
    pub fn overview(&self) -> Overview {
        let mut sections = Vec::new();
        let mut loose = Vec::new();
        for path in self.entry.children(&NodePath::root()) {
            let Some(view) = self.entry.view(&path).filter(|view| view.relevant) else {
                continue;
            };
            if view.kind == ViewKind::Group && !is_blank(&view) {
                self.sections_of(&view, &mut sections);
            } else {
                loose.extend(self.item(view));
            }
        }
        if loose.iter().any(is_shown) {
            sections.insert(
                0,
                SectionOverview {
                    title: self.entry.root().label.unwrap_or_default(),
                    items: loose,
                    ..SectionOverview::default()
                },
            );
        }
        sections.retain(|section: &SectionOverview| section.items.iter().any(is_shown));
        Overview { sections }
    }

    /// A group of sections (a block) is drawn as its sections.
    fn sections_of(&self, group: &NodeView, into: &mut Vec<SectionOverview>) {
        let children = self.views(&group.path);
        if children.iter().any(|child| child.section) {
            for child in children {
                if child.kind == ViewKind::Group {
                    self.sections_of(&child, into);
                }
            }
            return;
        }
        into.push(SectionOverview {
            path: group.path.to_string(),
            title: group.label.clone().unwrap_or_default(),
            hint: group.hint.clone().unwrap_or_default(),
            items: children
                .into_iter()
                .filter_map(|child| self.item(child))
                .collect(),
        });
    }

    fn views(&self, path: &NodePath) -> Vec<NodeView> {
        self.entry
            .children(path)
            .iter()
            .filter_map(|path| self.entry.view(path))
            .filter(|view| view.relevant)
            .collect()
    }

    fn items(&self, path: &NodePath) -> Vec<Item> {
        self.views(path)
            .into_iter()
            .filter_map(|view| self.item(view))
            .collect()
    }

    fn item(&self, view: NodeView) -> Option<Item> {
        match view.kind {
            ViewKind::Question(_) => view
                .visible
                .then(|| Item::Question(Box::new(self.question(view)))),
            ViewKind::Repeat => Some(Item::Repeat(RepeatView {
                path: view.path.to_string(),
                label: view.label.unwrap_or_default(),
                is_open: view.can_add,
                instances: self
                    .views(&view.path)
                    .into_iter()
                    .map(|instance| self.group(instance))
                    .collect(),
            })),
            ViewKind::Form | ViewKind::Group | ViewKind::RepeatInstance => {
                Some(Item::Group(self.group(view)))
            }
        }
    }

    fn group(&self, view: NodeView) -> GroupView {
        GroupView {
            items: self.items(&view.path),
            path: view.path.to_string(),
            label: view.label.unwrap_or_default(),
            hint: view.hint.unwrap_or_default(),
            appearance: view.appearance,
            can_remove: view.can_remove,
        }
    }

    fn question(&self, view: NodeView) -> QuestionView {
        let kind = match view.kind {
            ViewKind::Question(kind) => kind,
            _ => forms::form::QuestionKind::Note,
        };
        let plain: Vec<&str> = view.path.segments().map(|(name, _)| name).collect();
        let violation = view.violation.filter(|found| found.rule != Rule::Evidence);
        QuestionView {
            path: view.path.to_string(),
            name: view.path.name().to_owned(),
            kind,
            label: view.label.unwrap_or_default(),
            hint: view.hint.unwrap_or_default(),
            guidance: view.guidance.unwrap_or_default(),
            value: view.value.map(|value| value.as_str().to_owned()),
            choices: view
                .choices
                .into_iter()
                .map(|choice| ChoiceView {
                    name: choice.value,
                    label: choice.label,
                    level: choice.level.unwrap_or_default(),
                    score: choice.score,
                    not_applicable: choice.not_applicable,
                })
                .collect(),
            required: view.required,
            read_only: view.read_only,
            violation: violation.map(|found| found.message),
            appearance: view.appearance,
            parameters: view.parameters,
            unit: view.unit,
            rules: Rules {
                critical: view.critical,
                alert: view.alert,
                key_item: view.key_item,
                ok_answer: self.ok_answers.get(&plain.join("/")).cloned(),
                evidence: view.evidence,
                tags: view.tags,
                companion: view
                    .companion_of
                    .map(|(path, role)| (path.name().to_owned(), role)),
            },
        }
    }

    /// The score of the answers as they are now; `None` for a form that is not scored.
    pub fn score(&self) -> Option<ScoreSheet> {
        let form = self.entry.form();
        form.scoring.as_ref()?;
        let sheet = self.entry.score();
        let sections = sheet
            .sections
            .iter()
            .map(|section| SectionScore {
                section: section.path.name().to_owned(),
                title: self.both(&section.path.to_string()),
                score: section.index,
                level: section.level.as_deref().and_then(|id| level(form, id)),
                answered: [section.answered as u32, section.applicable as u32],
                unconfirmed: sheet
                    .items
                    .iter()
                    .filter(|item| item.unconfirmed && item.path.is_within(&section.path))
                    .count() as u32,
            })
            .collect();
        Some(ScoreSheet {
            overall: sheet.overall.index,
            level: sheet
                .overall
                .level
                .as_deref()
                .and_then(|id| level(form, id)),
            sections,
            critical: sheet
                .critical
                .iter()
                .map(|path| path.name().to_owned())
                .collect(),
            answered: [
                sheet.overall.answered as u32,
                sheet.overall.applicable as u32,
            ],
        })
    }

    /// Title of a section in both languages of the product.
    fn both(&self, path: &str) -> Text {
        let form = self.entry.form();
        let label = form
            .walk()
            .find(|walked| walked.path == path)
            .map(|walked| walked.node.label().clone())
            .unwrap_or_default();
        Text::new(form.text(&label, "ru"), form.text(&label, "en"))
    }
}

/// A level of the form's scale in both languages.
fn level(form: &Form, id: &str) -> Option<Text> {
    let level = form
        .scoring
        .as_ref()?
        .levels
        .iter()
        .find(|level| level.id == id)?;
    Some(Text::new(
        form.text(&level.label, "ru"),
        form.text(&level.label, "en"),
    ))
}

/// A nameless group only holds a condition; its content stands where the group stands.
fn is_blank(view: &NodeView) -> bool {
    view.path.name().is_empty()
}

/// Is there anything to see or answer?
fn is_shown(item: &Item) -> bool {
    match item {
        Item::Question(view) => !view.kind.is_hidden(),
        Item::Group(group) => group.items.iter().any(is_shown),
        Item::Repeat(_) => true,
    }
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Ru => "ru",
        Language::En => "en",
    }
}

/// When the submission was begun: its id is a UUIDv7 and carries the moment.
pub fn begun_ms(submission: Uuid) -> i64 {
    submission.get_timestamp().map_or(0, |timestamp| {
        let (seconds, nanoseconds) = timestamp.to_unix();
        i64::try_from(seconds).unwrap_or_default() * 1_000 + i64::from(nanoseconds / 1_000_000)
    })
}

#[cfg(test)]
mod tests {
    use super::super::log::Log;
    use super::super::view::Standing;
    use super::*;
    use forms::instrument::{compile, shipped};
    use sync::{DeviceId, OperationId, SubmissionId};

    fn sheet(id: &str, prefill: &[(&str, &str)]) -> Sheet {
        let (_, yaml) = shipped()
            .iter()
            .find(|(name, _)| *name == id)
            .expect("a shipped instrument");
        let form = compile(yaml).expect("shipped instruments compile");
        Sheet::open(
            Arc::new(form),
            "01997e2a-3f00-7000-8000-000000000001"
                .parse()
                .expect("a UUID"),
            180,
            prefill
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            Language::Ru,
        )
    }

    fn paths(sheet: &Sheet) -> Vec<String> {
        let overview = sheet.overview();
        overview.sections.into_iter().map(|one| one.path).collect()
    }

    #[test]
    fn chosen_stages_open_their_phases() {
        let mut sheet = sheet("obs_vpr_day", &[]);
        assert_eq!(paths(&sheet), ["context", "arrival", "final"]);
        sheet.set("context/ctx_stage", Some("before during"));
        assert_eq!(
            paths(&sheet),
            ["context", "arrival", "before", "during", "final"]
        );
    }

    #[test]
    fn room_and_class_come_from_the_event() {
        let sheet = sheet(
            "obs_vpr_day",
            &[("event.room", "12"), ("event.class", "5 «А»")],
        );
        let overview = sheet.overview();
        let value = |path: &str| overview.find(path).and_then(|(_, view)| view.value.clone());
        assert_eq!(value("context/ctx_room"), Some("12".to_owned()));
        assert_eq!(value("context/ctx_class"), Some("5 «А»".to_owned()));
    }

    #[test]
    fn a_critical_violation_asks_for_a_note() {
        let mut sheet = sheet("obs_vpr_day", &[]);
        sheet.set("arrival/VPR-A1", Some("no"));
        let overview = sheet.overview();
        let (section, view) = overview.find("arrival/VPR-A1").expect("the question");
        assert_eq!(view.standing(), Standing::Critical);
        let note = section
            .companion(view, forms::form::CompanionRole::Note)
            .expect("a note is asked for");
        assert!(note.required && note.violation.is_some());
    }

    #[test]
    fn missing_evidence_is_no_mistake() {
        let mut sheet = sheet("school_objectivity_self", &[]);
        sheet.set("D1/SO-1.1", Some("2"));
        let overview = sheet.overview();
        let (section, view) = overview.find("D1/SO-1.1").expect("the item");
        assert_eq!(view.violation, None);
        assert_eq!(section.unconfirmed(), 1);
    }

    #[test]
    fn self_assessment_has_six_domains_of_five_items() {
        let overview = sheet("school_objectivity_self", &[]).overview();
        let counts: Vec<usize> = overview
            .sections
            .iter()
            .map(|section| section.count().total)
            .collect();
        assert_eq!(counts, [5; 6]);
    }

    #[test]
    fn replaying_the_log_comes_to_the_same_overview() {
        let mut sheet = sheet("obs_vpr_day", &[]);
        let submission = SubmissionId(Uuid::from_u128(1));
        let mut log = Log::new(submission, DeviceId(Uuid::from_u128(2)), "1.0.0");
        let answers = [
            ("context/ctx_stage", "during"),
            ("during/VPR-D6", "no"),
            ("during/VPR-D6_note", "9:52 подсказка"),
        ];
        for (place, (path, value)) in answers.into_iter().enumerate() {
            let change = sheet.set(path, Some(value)).expect("the form has it");
            let number = place as u128 + 1;
            log.record(
                change,
                Stamp {
                    id: OperationId(Uuid::from_u128(number)),
                    at_ms: number as i64,
                    zone_minutes: 180,
                },
            );
        }
        let before = sheet.overview();
        sheet.replay(&log.ordered());
        assert_eq!(sheet.overview(), before);
    }

    #[test]
    fn an_unknown_path_makes_no_operation() {
        assert_eq!(sheet("obs_vpr_day", &[]).set("nowhere/x", Some("1")), None);
    }

    #[test]
    fn the_id_tells_when_filling_began() {
        let id = "01997e2a-3f00-7000-8000-000000000001"
            .parse()
            .expect("a UUID");
        assert_eq!(begun_ms(id), 0x0199_7e2a_3f00);
    }
}
