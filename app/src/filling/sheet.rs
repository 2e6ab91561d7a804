//! The engine of `forms` as the interface sees it: sections of views, and changes as they travel.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::forms::submission::{Operation, ScoreSheet, SectionScore};
use api::text::{Language, Text};
use forms::entry::{Change, Edit, Effects, EntryContext, FormEntry, NodePath, Value};
use forms::expression::Zone;
use forms::form::{Form, Node};
use uuid::Uuid;

use super::draw::{Drawer, Drawn, Renewal};
use super::overview::Overview;
use super::view::QuestionView;

/// A form being filled in.
pub struct Sheet {
    entry: FormEntry,
    context: EntryContext,
    language: Language,
    /// For each question by its path without instances: the answer that means "in order".
    ok_answers: BTreeMap<String, String>,
    drawn: Drawn,
    effects: Pending,
}

/// What happened since the overview was drawn.
enum Pending {
    /// Everything may be another.
    All,
    /// Only this.
    Some(Effects),
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
            drawn: Drawn::default(),
            effects: Pending::All,
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
        self.effects = Pending::All;
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
        self.effects = Pending::All;
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
        let effects = self.entry.apply(&change).ok()?;
        if let Pending::Some(pending) = &mut self.effects {
            pending.changed.extend(effects.changed);
            pending.restructured.extend(effects.restructured);
        }
        serde_json::to_value(change).ok()
    }

    /// Sections that take part now, with what they hold, worked out anew.
    pub fn overview(&self) -> Overview {
        Drawer::new(&self.entry, &self.ok_answers, &mut Drawn::default()).overview()
    }

    /// What became different since the last call; words and answers that stayed are shared with the overview before.
    pub fn renew(&mut self) -> Renewal {
        let Sheet {
            entry,
            ok_answers,
            drawn,
            effects,
            ..
        } = self;
        match std::mem::replace(effects, Pending::Some(Effects::default())) {
            Pending::All => Drawer::new(entry, ok_answers, drawn).renew_all(),
            Pending::Some(effects) => Drawer::new(entry, ok_answers, drawn).renew(&effects),
        }
    }

    /// The question of that path as it was drawn last.
    pub fn view(&self, path: &str) -> Option<Arc<QuestionView>> {
        let node = self.entry.node(&path.parse().ok()?)?;
        self.drawn.view(node)
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
    use sync::{DeviceId, OperationId, Stamp, SubmissionId};

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
        overview
            .sections
            .iter()
            .map(|one| one.path.clone())
            .collect()
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

    /// Every question answered, each with every choice in turn, and taken back.
    fn every_answer(sheet: &Sheet) -> Vec<(String, Option<String>)> {
        let overview = sheet.overview();
        let questions = overview.sections.iter().flat_map(|one| one.questions());
        questions
            .flat_map(|view| {
                let mut answers: Vec<_> = view
                    .choices
                    .iter()
                    .map(|choice| (view.path.clone(), Some(choice.name.clone())))
                    .collect();
                answers.push((view.path.clone(), None));
                answers.push((
                    view.path.clone(),
                    view.choices.first().map(|one| one.name.clone()),
                ));
                answers
            })
            .collect()
    }

    #[test]
    fn what_is_renewed_is_what_is_drawn_anew() {
        for (name, _) in shipped() {
            let mut sheet = sheet(name, &[]);
            let first = sheet.renew();
            assert_eq!(first.overview, sheet.overview(), "{name}");
            for (path, value) in every_answer(&sheet) {
                sheet.set(&path, value.as_deref());
                let renewed = sheet.renew().overview;
                assert_eq!(renewed, sheet.overview(), "{name}: {path} = {value:?}");
            }
        }
    }

    #[test]
    fn an_answer_renews_only_what_it_changes() {
        let mut sheet = sheet("school_objectivity_self", &[]);
        sheet.renew();
        sheet.set("D1/SO-1.1", Some("1"));
        let renewal = sheet.renew();
        let paths: Vec<&str> = renewal
            .questions
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        assert!(paths.contains(&"D1/SO-1.1"));
        assert!(paths.len() <= 4, "{paths:?}");
    }

    /// Two groups with questions that depend on each other, a question in front and a total behind.
    fn grouped() -> Sheet {
        use forms::form::{Group, Question, QuestionKind, Text as Words};
        let question = |name: &str, relevant: &str, label: &str| {
            Node::Question(Box::new(Question {
                name: name.to_owned(),
                kind: QuestionKind::Integer,
                label: Words::plain(label),
                relevant: (!relevant.is_empty()).then(|| relevant.into()),
                ..Question::default()
            }))
        };
        let group = |name: &str, nodes| {
            Node::Group(Box::new(Group {
                name: name.to_owned(),
                nodes,
                ..Group::default()
            }))
        };
        let mut form = Form::new("grouped");
        form.nodes = vec![
            question("hidden", "${a} = 7", "Hidden"),
            group("one", vec![question("a", "", "A")]),
            group("two", vec![question("b", "${a} > 1", "B")]),
            group(
                "three",
                vec![question("c", "", "C"), question("d", "${c} > 1", "D")],
            ),
            question("total", "", "Total ${a}"),
        ];
        let submission = Uuid::from_u128(1);
        let mut sheet = Sheet::open(Arc::new(form), submission, 0, BTreeMap::new(), Language::Ru);
        sheet.renew();
        sheet
    }

    #[test]
    fn questions_outside_groups_stand_where_the_first_seen_of_them_does() {
        let mut sheet = grouped();
        assert_eq!(paths(&sheet), ["one", "three", ""]);
        for (answer, shown) in [
            ("2", ["one", "two", "three", ""].as_slice()),
            ("7", &["", "one", "two", "three"]),
            ("1", &["one", "three", ""]),
        ] {
            sheet.set("one/a", Some(answer));
            let renewed = sheet.renew().overview;
            assert_eq!(renewed, sheet.overview(), "{answer}");
            let found: Vec<&str> = renewed.sections.iter().map(|one| &*one.path).collect();
            assert_eq!(found, shown, "{answer}");
        }
    }

    #[test]
    fn a_question_that_comes_lays_out_its_own_section_only() {
        let mut sheet = grouped();
        let before = sheet.renew().overview;
        sheet.set("three/c", Some("2"));
        let after = sheet.renew().overview;
        let is_shared = |path: &str| {
            let pair = before.sections.iter().zip(&after.sections);
            let mut pair = pair.filter(|(one, _)| one.path == path);
            pair.next().map(|(one, other)| Arc::ptr_eq(one, other))
        };
        assert_eq!(
            ["one", "three", ""].map(is_shared),
            [Some(true), Some(false), Some(true)]
        );
    }

    #[test]
    fn replaying_the_same_log_changes_no_question() {
        let mut sheet = sheet("obs_vpr_day", &[]);
        sheet.renew();
        sheet.replay(&[]);
        assert_eq!(sheet.renew().questions, []);
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
