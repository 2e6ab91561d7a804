//! Scores by the form's own rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Source;
use super::state::{Id, Part};
use super::{FormEntry, NodePath};
use crate::form::{CompanionRole, EvidenceKind, Level, Node, Question, Roll, Scoring};

/// The scores of a form (оценочный лист).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ScoreSheet {
    /// The form as a whole.
    pub overall: SectionScore,
    /// Its sections in order, blocks before their sections.
    pub sections: Vec<SectionScore>,
    /// Every scored question that is answered, in order.
    pub items: Vec<ItemScore>,
    /// Paths of critical questions that are violated: each opens a review.
    pub critical: Vec<NodePath>,
}

/// The score of a section or of the form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SectionScore {
    /// The section; the empty path for the form.
    pub path: NodePath,
    /// What a person reads.
    pub label: Option<String>,
    /// 0 to 1, with all caps; `None` when nothing counts or too little is answered.
    pub index: Option<f64>,
    /// `index` before caps for critical violations.
    pub uncapped: Option<f64>,
    /// `index` if evidence that is missing counted against the answer, as in the comparison with an expert.
    pub with_evidence: Option<f64>,
    /// Id of the level reached.
    pub level: Option<String>,
    /// The level was lowered by a key item.
    pub level_capped: bool,
    /// Scored questions that are relevant and not "not applicable".
    pub applicable: usize,
    /// Those of them with an answer.
    pub answered: usize,
    /// Σ weight of violated questions.
    pub failed_weight: f64,
    /// Σ weight of answered questions.
    pub answered_weight: f64,
}

/// The score of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemScore {
    /// The question.
    pub path: NodePath,
    /// Points of the answer after the rule of steps.
    pub score: f64,
    /// Points of the answer as given.
    pub given: f64,
    /// Most points the question could give.
    pub best: f64,
    /// Its weight, 0 for a critical question outside the index.
    pub weight: f64,
    /// The answer is a violation.
    pub violated: bool,
    /// The score needs evidence that is missing.
    pub unconfirmed: bool,
}

/// A scored question as it stands.
struct Scored {
    section: Id,
    weight: f64,
    key_item: bool,
    critical: bool,
    best: f64,
    /// `None` while unanswered.
    item: Option<ItemScore>,
    evidence_counts_as: Option<f64>,
}

impl FormEntry {
    /// The scores now, with no critical violation confirmed.
    pub fn score(&self) -> ScoreSheet {
        self.score_with(&[])
    }

    /// The scores now, where coordinators have confirmed these critical violations.
    ///
    /// # Source
    /// The rules are data of the form ([`Scoring`]); the instruments give their wording. Hidden and "not applicable"
    /// questions, and questions outside the index, do not count.
    pub fn score_with(&self, confirmed: &[NodePath]) -> ScoreSheet {
        let Some(rules) = &self.form.scoring else {
            return ScoreSheet::default();
        };
        let (sections, scored) = self.scored(rules);
        let mut sheet = ScoreSheet::default();
        for item in scored.iter().filter(|scored| scored.critical) {
            sheet.critical.extend(
                item.item
                    .as_ref()
                    .filter(|item| item.violated)
                    .map(|item| item.path.clone()),
            );
        }
        let capped = sheet.critical.iter().any(|path| confirmed.contains(path));
        let mut by_section: BTreeMap<Id, SectionScore> = BTreeMap::new();
        // Inner sections first, so that blocks find theirs done.
        for section in sections.iter().rev() {
            let inside: Vec<&Scored> = scored
                .iter()
                .filter(|scored| scored.section == *section)
                .collect();
            let inner: Vec<(&SectionScore, f64)> = by_section
                .iter()
                .filter(|(id, _)| self.section_above(**id) == Some(*section))
                .map(|(id, score)| (score, self.section_weight(*id)))
                .collect();
            let block = !inner.is_empty() && inside.is_empty();
            let roll = if block { rules.block } else { rules.section };
            let mut score = roll_up(roll, &inside, &inner);
            score.path = self.path_of(*section);
            score.label = self.view_label(*section);
            finish(&mut score, rules, &inside);
            by_section.insert(*section, score);
        }
        let everything: Vec<&Scored> = scored.iter().collect();
        let leaves: Vec<(&SectionScore, f64)> = by_section
            .iter()
            .filter(|(id, _)| {
                !by_section
                    .keys()
                    .any(|other| self.section_above(*other) == Some(**id))
            })
            .map(|(id, score)| (score, self.section_weight(*id)))
            .collect();
        let mut overall = roll_up(rules.overall, &everything, &leaves);
        overall.applicable = everything.iter().filter(|s| s.is_applicable()).count();
        overall.answered = everything
            .iter()
            .filter(|s| s.is_applicable() && s.item.is_some())
            .count();
        if capped && let (Some(cap), Some(index)) = (rules.cap_if_critical_confirmed, overall.index)
        {
            overall.uncapped = Some(index);
            overall.index = Some(index.min(cap));
        }
        let too_little = rules
            .min_answered_share
            .is_some_and(|least| (overall.answered as f64) < least * overall.applicable as f64);
        if too_little {
            overall.index = None;
            overall.uncapped = None;
            overall.with_evidence = None;
        }
        overall.level = overall
            .index
            .and_then(|index| level_of(&rules.levels, index))
            .map(|level| level.id.clone());
        sheet.overall = overall;
        sheet.sections = sections
            .iter()
            .filter_map(|section| by_section.remove(section))
            .collect();
        sheet.items = scored
            .into_iter()
            .filter_map(|scored| scored.item)
            .collect();
        sheet
    }

    /// Relevant sections in order, and every scored question in them.
    fn scored(&self, rules: &Scoring) -> (Vec<Id>, Vec<Scored>) {
        let mut sections = Vec::new();
        let mut scored: Vec<Scored> = Vec::new();
        let mut step_before: BTreeMap<Id, f64> = BTreeMap::new();
        self.each_relevant(&mut |id| {
            if self.is_section(id) {
                sections.push(id);
            }
            let Some(question) = self.question(id) else {
                return;
            };
            let weight = question.weight.unwrap_or(0.0);
            if weight <= 0.0 || question.outside_index && !question.critical {
                return;
            }
            let weight = if question.outside_index { 0.0 } else { weight };
            let section = self.section_of(id);
            let Some((best, answer)) = self.points(id, question) else {
                return;
            };
            let item = match answer {
                Points::NotApplicable => return,
                Points::Blank => None,
                Points::Given { points, violated } => {
                    let mut score = points;
                    if let Some(chain) = &rules.chain {
                        let blocked = step_before
                            .get(&section)
                            .is_some_and(|before| *before <= chain.at_most);
                        if blocked {
                            score = score.min(chain.cap);
                        }
                        step_before.insert(section, points);
                    }
                    Some(ItemScore {
                        path: self.path_of(id),
                        score,
                        given: points,
                        best,
                        weight,
                        violated,
                        unconfirmed: self.is_unconfirmed(id, question, points, rules),
                    })
                }
            };
            scored.push(Scored {
                section,
                weight,
                key_item: question.key_item,
                critical: question.critical,
                best,
                item,
                evidence_counts_as: rules.evidence.as_ref().map(|rule| rule.counts_as),
            });
        });
        (sections, scored)
    }

    fn is_section(&self, id: Id) -> bool {
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        node.part != Part::Range
            && match super::compile::form_node(&self.form, &def.form_path) {
                Some(Node::Group(group)) => group.section.is_some(),
                Some(Node::Repeat(repeat)) => repeat.group.section.is_some(),
                _ => false,
            }
    }

    /// The nearest section around a node, else the form.
    fn section_of(&self, id: Id) -> Id {
        let mut at = id;
        while let Some(parent) = self.state.node(at).parent {
            if self.is_section(parent) {
                return parent;
            }
            at = parent;
        }
        0
    }

    fn section_above(&self, id: Id) -> Option<Id> {
        Some(self.section_of(id)).filter(|above| *above != 0)
    }

    fn section_weight(&self, id: Id) -> f64 {
        let def = self.plan.def(self.state.node(id).def);
        match super::compile::form_node(&self.form, &def.form_path) {
            Some(Node::Group(group)) => group.section.as_ref().and_then(|section| section.weight),
            Some(Node::Repeat(repeat)) => repeat
                .group
                .section
                .as_ref()
                .and_then(|section| section.weight),
            _ => None,
        }
        .unwrap_or(1.0)
    }

    pub(super) fn view_label(&self, id: Id) -> Option<String> {
        self.label_of(id)
    }

    /// The most points a question can give and those of its answer; `None` for a question without points.
    fn points(&self, id: Id, question: &Question) -> Option<(f64, Points)> {
        let node = self.state.node(id);
        let Source::List { list, .. } = self.plan.def(node.def).choices.as_ref()?.source else {
            return None;
        };
        let list = self.plan.lists.get(list)?;
        let chosen: Vec<&super::plan::Item> = node
            .value
            .split_whitespace()
            .filter_map(|value| list.items.get(*list.by_value.get(value)?))
            .collect();
        let scores = || list.items.iter().filter_map(|item| item.score);
        let graded = scores().next().is_some();
        if !graded && question.ok_answer.is_none() {
            return None;
        }
        let best = if graded {
            scores().fold(0.0, f64::max)
        } else {
            1.0
        };
        if chosen.is_empty() {
            return Some((best, Points::Blank));
        }
        if chosen.iter().any(|item| item.not_applicable) {
            return Some((best, Points::NotApplicable));
        }
        let ok = question
            .ok_answer
            .as_ref()
            .map(|ok| chosen.iter().all(|item| item.value == *ok));
        let points = if graded {
            chosen.iter().filter_map(|item| item.score).sum()
        } else {
            f64::from(u8::from(ok == Some(true)))
        };
        Some((
            best,
            Points::Given {
                points,
                violated: ok == Some(false),
            },
        ))
    }

    fn is_unconfirmed(&self, id: Id, question: &Question, points: f64, rules: &Scoring) -> bool {
        let from = rules
            .evidence
            .as_ref()
            .map(|rule| rule.from)
            .or(question.evidence.required_from);
        from.is_some_and(|from| points >= from) && !self.has_companion_answer(id, &EVIDENCE)
    }

    /// Whether a companion question with one of these roles is answered.
    fn has_companion_answer(&self, id: Id, roles: &[CompanionRole]) -> bool {
        let node = self.state.node(id);
        let name = &self.plan.def(node.def).name;
        let Some(parent) = node.parent else {
            return false;
        };
        self.state.node(parent).children.iter().any(|sibling| {
            self.question(*sibling)
                .and_then(|question| question.companion.as_ref())
                .is_some_and(|companion| companion.of == *name && roles.contains(&companion.role))
                && !self.state.node(*sibling).value.is_empty()
        })
    }

    /// Whether the present answer demands evidence that is not there.
    pub(super) fn evidence_missing(&self, id: Id) -> bool {
        let Some(question) = self.question(id) else {
            return false;
        };
        if question.evidence.kind == EvidenceKind::None || self.state.node(id).value.is_empty() {
            return false;
        }
        let violated = || {
            matches!(
                self.points(id, question),
                Some((_, Points::Given { violated: true, .. }))
            )
        };
        match question.evidence.kind {
            EvidenceKind::NoteOnFail | EvidenceKind::NotePhotoOptional => {
                violated() && !self.has_companion_answer(id, &[CompanionRole::Note])
            }
            EvidenceKind::PhotoOnFail => {
                violated()
                    && !self.has_companion_answer(id, &[CompanionRole::Photo, CompanionRole::Note])
            }
            EvidenceKind::Photo => !self.has_companion_answer(id, &[CompanionRole::Photo]),
            // A self-assessment without evidence is complete; its scores are shown as unconfirmed.
            EvidenceKind::Document
            | EvidenceKind::None
            | EvidenceKind::Note
            | EvidenceKind::PhotoOptional
            | EvidenceKind::Number => false,
        }
    }
}

const EVIDENCE: [CompanionRole; 3] = [
    CompanionRole::Evidence,
    CompanionRole::File,
    CompanionRole::Photo,
];

enum Points {
    Blank,
    NotApplicable,
    Given { points: f64, violated: bool },
}

impl Scored {
    fn is_applicable(&self) -> bool {
        self.weight > 0.0
    }
}

/// Rolls questions or inner sections up into one number.
fn roll_up(roll: Roll, inside: &[&Scored], inner: &[(&SectionScore, f64)]) -> SectionScore {
    let counted = || inside.iter().filter(|scored| scored.is_applicable());
    let answered = || counted().filter_map(|scored| Some((scored, scored.item.as_ref()?)));
    let mut score = SectionScore {
        applicable: counted().count(),
        answered: answered().count(),
        // An empty sum of floats is -0.
        answered_weight: 0.0 + answered().map(|(scored, _)| scored.weight).sum::<f64>(),
        failed_weight: 0.0
            + answered()
                .filter(|(_, item)| item.violated)
                .map(|(scored, _)| scored.weight)
                .sum::<f64>(),
        ..SectionScore::default()
    };
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let confirmed = |scored: &Scored, item: &ItemScore| match scored.evidence_counts_as {
        Some(counts_as) if item.unconfirmed => item.score.min(counts_as),
        _ => item.score,
    };
    let mean = |pick: fn(&SectionScore) -> Option<f64>, weighted: bool| {
        let parts: Vec<(f64, f64)> = inner
            .iter()
            .filter_map(|(score, weight)| {
                Some((pick(score)?, if weighted { *weight } else { 1.0 }))
            })
            .collect();
        share(
            parts.iter().map(|(value, weight)| value * weight).sum(),
            parts.iter().map(|(_, weight)| weight).sum(),
        )
    };
    match roll {
        Roll::None => {}
        Roll::WeightedShare => {
            let whole: f64 = answered()
                .map(|(scored, _)| scored.weight * scored.best)
                .sum();
            let of = |points: &dyn Fn(&Scored, &ItemScore) -> f64| {
                let part = answered()
                    .map(|(scored, item)| scored.weight * points(scored, item))
                    .sum();
                share(part, whole)
            };
            score.index = of(&|_, item| item.score);
            score.with_evidence = of(&|scored, item| confirmed(scored, item));
        }
        Roll::TotalShare => {
            let whole: f64 = counted().map(|scored| scored.best).sum();
            if answered().next().is_some() {
                score.index = share(answered().map(|(_, item)| item.score).sum(), whole);
                score.with_evidence = share(
                    answered()
                        .map(|(scored, item)| confirmed(scored, item))
                        .sum(),
                    whole,
                );
            }
        }
        Roll::FailedShare => {
            score.index = share(score.failed_weight, score.answered_weight).map(|s| 1.0 - s);
            score.with_evidence = score.index;
        }
        Roll::MeanOfSections => {
            score.index = mean(|section| section.index, false);
            score.with_evidence = mean(|section| section.with_evidence, false);
        }
        Roll::WeightedMeanOfSections => {
            score.index = mean(|section| section.index, true);
            score.with_evidence = mean(|section| section.with_evidence, true);
        }
    }
    score.uncapped = score.index;
    score
}

/// The level of a section, lowered when a key item scores too little.
fn finish(score: &mut SectionScore, rules: &Scoring, inside: &[&Scored]) {
    let Some(mut level) = score.index.and_then(|index| level_of(&rules.levels, index)) else {
        return;
    };
    if let Some(rule) = &rules.key_item {
        let broken = inside.iter().any(|scored| {
            scored.key_item
                && scored
                    .item
                    .as_ref()
                    .is_some_and(|item| item.score <= rule.at_most)
        });
        let cap = rules.levels.iter().find(|level| level.id == rule.max_level);
        if let Some(cap) = cap.filter(|cap| broken && cap.min < level.min) {
            level = cap;
            score.level_capped = true;
        }
    }
    score.level = Some(level.id.clone());
}

/// The highest level whose bound is reached.
fn level_of(levels: &[Level], index: f64) -> Option<&Level> {
    // A hair below the bound is the bound: 0.1 + 0.2 must reach 0.3.
    levels
        .iter()
        .filter(|level| level.min <= index + 1e-9)
        .max_by(|a, b| a.min.total_cmp(&b.min))
}
