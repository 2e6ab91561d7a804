//! Criteria of mechanisms as a matrix, with levels, evidence and scores in its cells.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::Context;
use api::assessment::mechanism::{
    AssessmentLabel, Matrix, MatrixCell, MatrixRow, Scores, Step, StepLevel,
};
use api::text::Text;
use forms::Form;
use forms::entry::{Change, Edit, EntryContext, FormEntry, Value};
use forms::form::{Group, Node, Question};

use super::frames::frames;
use super::{Levels, fold};
use crate::store::CellAnswer;

/// Criteria as they stand in a published form.
pub struct Criteria {
    form: Arc<Form>,
    blank: FormEntry,
}

/// The log of an assessment with what stands beside it.
pub struct Judged<'a> {
    /// Answers in the order of arrival.
    pub answers: &'a [CellAnswer],
    /// Pieces of evidence by cell.
    pub evidence: &'a HashMap<String, u32>,
    /// The year before, when it has the same criteria: its year and its log.
    pub previous: Option<(i32, &'a [CellAnswer])>,
}

/// A mechanism of the form with its block.
struct Mechanism<'a> {
    block: &'a Group,
    group: &'a Group,
}

impl Criteria {
    /// Reads criteria from the document of a form.
    ///
    /// # Errors
    /// When the document is no form.
    pub fn read(document: &str) -> anyhow::Result<Self> {
        let form: Arc<Form> = Arc::new(serde_json::from_str(document).context("criteria")?);
        let (blank, _) = FormEntry::open(form.clone(), EntryContext::default());
        Ok(Criteria { form, blank })
    }

    /// The question of a cell, if the criteria have such a cell.
    pub fn cell(&self, name: &str) -> Option<&Question> {
        self.form
            .question(name)
            .filter(|question| question.companion.is_none() && question.choices.is_some())
    }

    /// Is this a level of the cell?
    pub fn has_level(&self, cell: &str, level: u8) -> bool {
        let Some(step) = self.cell(cell).and_then(|question| question.tags.first()) else {
            return false;
        };
        self.form.list(step).is_some_and(|list| {
            list.choices
                .iter()
                .any(|choice| choice.score == Some(f64::from(level)))
        })
    }

    /// Points from which the sides of a cell disagree.
    pub fn threshold(&self) -> f64 {
        let rule = self
            .form
            .scoring
            .as_ref()
            .and_then(|scoring| scoring.expert.as_ref());
        rule.map_or(1.0, |rule| rule.disagreement_threshold)
    }

    fn mechanisms(&self) -> Vec<Mechanism<'_>> {
        let mut found = Vec::new();
        for node in &self.form.nodes {
            let Node::Group(block) = node else { continue };
            for node in &block.nodes {
                if let Node::Group(group) = node {
                    found.push(Mechanism { block, group });
                }
            }
        }
        found
    }

    fn both(&self, text: &forms::form::Text) -> Text {
        Text::new(self.form.text(text, "ru"), self.form.text(text, "en"))
    }

    /// Columns of the matrix, in the order of the first mechanism.
    fn steps(&self) -> Vec<Step> {
        let Some(first) = self.mechanisms().into_iter().next() else {
            return Vec::new();
        };
        cells(first.group)
            .filter_map(|question| {
                let id = question.tags.first()?;
                let hint = self.both(&question.hint);
                let (ru_title, ru_question) = title_and_question(&hint.ru);
                let (en_title, en_question) = title_and_question(&hint.en);
                Some(Step {
                    id: id.clone(),
                    title: Text::new(ru_title, en_title),
                    question: Text::new(ru_question, en_question),
                    levels: self
                        .form
                        .list(id)?
                        .choices
                        .iter()
                        .filter_map(|choice| {
                            Some(StepLevel {
                                value: choice.score? as u8,
                                text: self.both(&choice.level),
                            })
                        })
                        .collect(),
                    evidence: self.both(&question.evidence.what),
                    evidence_from: question.evidence.required_from.map(|from| from as u8),
                })
            })
            .collect()
    }

    /// Scores by the form's own rules: by mechanism and overall, and which cells the rule of steps lowers.
    fn score(&self, levels: &BTreeMap<&str, u8>) -> Scored {
        let mut entry = self.blank.reopen(EntryContext::default());
        let mut paths = HashMap::new();
        collect(&entry, &mut paths);
        for (cell, level) in levels {
            let Some(path) = paths.get(*cell) else {
                continue;
            };
            let change = Change {
                path: path.clone(),
                edit: Edit::Set(Value::new(level.to_string())),
            };
            // A level that the criteria do not have was refused when it was answered.
            let _ = entry.apply(&change);
        }
        let sheet = entry.score();
        let level_of = |id: Option<&str>| {
            let levels = &self.form.scoring.as_ref()?.levels;
            let level = levels.iter().find(|level| Some(level.id.as_str()) == id)?;
            Some(self.both(&level.label))
        };
        Scored {
            overall: sheet.overall.index.filter(|_| !levels.is_empty()),
            sections: sheet
                .sections
                .iter()
                .filter(|section| section.answered > 0)
                .filter_map(|section| {
                    let found = (section.index?, level_of(section.level.as_deref()));
                    Some((section.path.name().to_owned(), found))
                })
                .collect(),
            capped: sheet
                .items
                .iter()
                .filter(|item| item.score < item.given)
                .map(|item| item.path.name().to_owned())
                .collect(),
        }
    }
}

struct Scored {
    overall: Option<f64>,
    sections: HashMap<String, (f64, Option<Text>)>,
    capped: std::collections::HashSet<String>,
}

impl Scored {
    fn of(&self, section: &str) -> Option<f64> {
        self.sections.get(section).map(|(score, _)| *score)
    }
}

/// The matrix of an assessment. What the caller may do is filled in by the caller.
///
/// # Errors
/// When the shipped mapping cannot be read.
pub fn matrix(
    criteria: &Criteria,
    label: &AssessmentLabel,
    judged: &Judged<'_>,
) -> anyhow::Result<Matrix> {
    let levels = fold(judged.answers);
    let before = judged.previous.map(|(_, answers)| fold(answers));
    let of = |cell: &str| levels.get(cell).copied().unwrap_or_default();
    let before_of = |cell: &str| before.as_ref()?.get(cell).copied()?.settled();
    let scored = |pick: fn(Levels) -> Option<u8>, levels: &BTreeMap<String, Levels>| {
        let picked = levels
            .iter()
            .filter_map(|(cell, levels)| Some((cell.as_str(), pick(*levels)?)))
            .collect();
        criteria.score(&picked)
    };
    let own = scored(|levels| levels.own, &levels);
    let expert = scored(|levels| levels.expert, &levels);
    let settled = scored(Levels::settled, &levels);
    let previous = before
        .as_ref()
        .map(|levels| scored(Levels::settled, levels));
    let threshold = criteria.threshold();
    let steps = criteria.steps();
    let rows: Vec<MatrixRow> = criteria
        .mechanisms()
        .into_iter()
        .map(|mechanism| {
            let id = mechanism.group.name.clone();
            let named = criteria.both(&mechanism.group.label);
            let (code, ru) = code_and_title(&named.ru);
            let (_, en) = code_and_title(&named.en);
            MatrixRow {
                code: code.to_owned(),
                title: Text::new(ru, en),
                block: criteria.both(&mechanism.block.label),
                cells: cells(mechanism.group)
                    .map(|question| {
                        let name = question.name.as_str();
                        let levels = of(name);
                        let evidence = judged.evidence.get(name).copied().unwrap_or_default();
                        let needs = question
                            .evidence
                            .required_from
                            .zip(levels.own)
                            .is_some_and(|(from, own)| f64::from(own) >= from);
                        MatrixCell {
                            id: name.to_owned(),
                            step: question.tags.first().cloned().unwrap_or_default(),
                            text: criteria.both(&question.label),
                            own: levels.own,
                            expert: levels.expert,
                            agreed: levels.agreed,
                            settled: levels.settled(),
                            previous: before_of(name),
                            capped: settled.capped.contains(name),
                            disagrees: levels.disagrees(threshold),
                            objected: levels.objected,
                            evidence,
                            unconfirmed: needs && evidence == 0,
                            comments: levels.comments,
                        }
                    })
                    .collect(),
                scores: Scores {
                    own: own.of(&id),
                    expert: expert.of(&id),
                    settled: settled.of(&id),
                    previous: previous.as_ref().and_then(|previous| previous.of(&id)),
                },
                level: settled
                    .sections
                    .get(&id)
                    .and_then(|(_, level)| level.clone()),
                id,
            }
        })
        .collect();
    let count = |test: &dyn Fn(Levels) -> bool| {
        let all = rows.iter().flat_map(|row| &row.cells);
        u32::try_from(all.filter(|cell| test(of(&cell.id))).count()).unwrap_or(u32::MAX)
    };
    Ok(Matrix {
        id: label.id,
        year: label.year,
        state: label.state,
        framework: label.framework.clone(),
        title: criteria.both(&criteria.form.title),
        notes: criteria
            .form
            .scoring
            .iter()
            .flat_map(|scoring| &scoring.notes)
            .map(|note| criteria.both(note))
            .collect(),
        previous_year: judged.previous.map(|(year, _)| year),
        overall: Scores {
            own: own.overall,
            expert: expert.overall,
            settled: settled.overall,
            previous: previous.and_then(|previous| previous.overall),
        },
        answered: [count(&|levels| levels.own.is_some()), count(&|_| true)],
        expert_answered: count(&|levels| levels.expert.is_some()),
        open_disagreements: count(&|levels| levels.is_open(threshold)),
        frames: frames(&label.framework[0], &steps, &rows)?,
        steps,
        rows,
        may_answer: false,
        may_judge: false,
    })
}

/// The questions of a mechanism that are cells.
fn cells(group: &Group) -> impl Iterator<Item = &Question> {
    group.nodes.iter().filter_map(|node| match node {
        Node::Question(question) if question.companion.is_none() => Some(&**question),
        _ => None,
    })
}

/// Paths of the questions by name.
fn collect(entry: &FormEntry, paths: &mut HashMap<String, forms::entry::NodePath>) {
    let mut open = vec![entry.root().path];
    while let Some(path) = open.pop() {
        open.extend(entry.children(&path));
        paths.insert(path.name().to_owned(), path);
    }
}

/// The compiled criteria say «Цели. Цели названы…»: title of the step, then the question.
fn title_and_question(hint: &str) -> (&str, &str) {
    hint.split_once(". ").unwrap_or((hint, ""))
}

/// The compiled criteria say «1.1 Система…»: number, then title.
fn code_and_title(label: &str) -> (&str, &str) {
    label.split_once(' ').unwrap_or(("", label))
}
