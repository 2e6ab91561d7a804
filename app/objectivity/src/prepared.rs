//! One procedure in canonical order, so nothing depends on the order rows came in.

use rayon::slice::ParallelSliceMut;

use crate::data::Paper;
use crate::region::{MISSING, NO_CODE, NO_SCORE, Names, Works};

/// A school's works are `range` of the columns of [`Prepared`].
#[derive(Debug, Clone)]
pub(crate) struct School {
    pub(crate) name: String,
    pub(crate) range: std::ops::Range<usize>,
    /// Rooms inside `range`, each with a name; one unnamed room when classes are unknown.
    pub(crate) rooms: Vec<(Option<String>, std::ops::Range<usize>)>,
    /// Works that were listed but not written.
    pub(crate) unwritten: usize,
}

impl School {
    pub(crate) fn n(&self) -> usize {
        self.range.len()
    }
}

/// Written works of one procedure, sorted by school, class, pupil and content.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) paper: Paper,
    pub(crate) schools: Vec<School>,
    pub(crate) score: Vec<u16>,
    pub(crate) mark: Vec<u8>,
    pub(crate) register: Vec<u8>,
    pub(crate) prior: Vec<f64>,
    pub(crate) booklet: Vec<u32>,
    pub(crate) pupil: Vec<u32>,
    pub(crate) items: Vec<u8>,
    /// Highest possible score.
    pub(crate) max_score: usize,
}

impl Prepared {
    pub(crate) fn item_count(&self) -> usize {
        self.paper.items.len()
    }

    pub(crate) fn answers(&self, work: usize) -> &[u8] {
        let count = self.item_count();
        &self.items[work * count..(work + 1) * count]
    }

    pub(crate) fn mean_score(&self, school: &School) -> f64 {
        let sum: u64 = self.score[school.range.clone()]
            .iter()
            .map(|&score| u64::from(score))
            .sum();
        sum as f64 / school.n().max(1) as f64
    }

    /// Cuts only when they can be used with this maximum.
    pub(crate) fn cuts(&self) -> Option<[u16; 3]> {
        self.paper
            .cuts
            .filter(|cuts| usize::from(cuts[2]) <= self.max_score)
    }

    /// Boundaries at which works may be lifted: the cuts, or what stands for them.
    pub(crate) fn boundaries(&self) -> Vec<usize> {
        let given: &[u16] = match &self.paper.cuts {
            Some(_) => return self.cuts().into_iter().flatten().map(usize::from).collect(),
            None => &self.paper.boundaries,
        };
        let known = given.iter().map(|&boundary| usize::from(boundary));
        known
            .filter(|boundary| *boundary <= self.max_score)
            .collect()
    }

    pub(crate) fn new(works: &Works, schools: &Names, codes: &Names) -> Self {
        let count = works.paper.items.len();
        let rank_of = |names: &Names, used: &[u32]| -> std::collections::HashMap<u32, u32> {
            let mut ids: Vec<u32> = used.iter().copied().filter(|&id| id != NO_CODE).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.sort_by(|&a, &b| names.name(a).cmp(names.name(b)));
            ids.into_iter()
                .enumerate()
                .map(|(rank, id)| (id, rank as u32))
                .collect()
        };
        // Where only marks are known, the mark is the score.
        let by_mark = works.score.iter().all(|&score| score == NO_SCORE)
            && works.mark.iter().any(|&mark| mark != MISSING);
        let score_of = |work: usize| match (by_mark, works.mark[work]) {
            (false, _) => works.score[work],
            (true, MISSING) => NO_SCORE,
            (true, mark) => u16::from(mark),
        };
        let school_rank = rank_of(schools, &works.school);
        let class_rank = rank_of(codes, &works.class);
        let pupil_rank = rank_of(codes, &works.pupil);
        let booklet_rank = rank_of(codes, &works.booklet);
        let rank = |ranks: &std::collections::HashMap<u32, u32>, id: u32| {
            ranks.get(&id).copied().unwrap_or(NO_CODE)
        };
        let mut order: Vec<([u32; 3], usize)> = (0..works.len())
            .map(|work| {
                let key = [
                    rank(&school_rank, works.school[work]),
                    rank(&class_rank, works.class[work]),
                    rank(&pupil_rank, works.pupil[work]),
                ];
                (key, work)
            })
            .collect();
        let content = |work: usize| {
            (
                works.score[work],
                &works.items[work * count..(work + 1) * count],
                works.mark[work],
                works.register[work],
                works.prior[work].to_bits(),
                rank(&booklet_rank, works.booklet[work]),
            )
        };
        order.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| content(a.1).cmp(&content(b.1)))
        });
        let mut prepared = Self {
            paper: works.paper.clone(),
            schools: Vec::new(),
            score: Vec::with_capacity(works.len()),
            mark: Vec::with_capacity(works.len()),
            register: Vec::with_capacity(works.len()),
            prior: Vec::with_capacity(works.len()),
            booklet: Vec::with_capacity(works.len()),
            pupil: Vec::with_capacity(works.len()),
            items: Vec::with_capacity(works.items.len()),
            max_score: 0,
        };
        let mut seen_max = 0;
        let mut current = u32::MAX;
        let mut room = u32::MAX;
        for (_, work) in order {
            let id = works.school[work];
            let at = prepared.score.len();
            if prepared.schools.is_empty() || id != current {
                current = id;
                room = u32::MAX - 1;
                prepared.schools.push(School {
                    name: schools.name(id).to_owned(),
                    range: at..at,
                    rooms: Vec::new(),
                    unwritten: 0,
                });
            }
            let Some(school) = prepared.schools.last_mut() else {
                continue;
            };
            let score = score_of(work);
            if score == NO_SCORE {
                school.unwritten += 1;
                continue;
            }
            let class = works.class[work];
            if class != room || school.rooms.is_empty() {
                room = class;
                let name = (class != NO_CODE).then(|| codes.name(class).to_owned());
                school.rooms.push((name, at..at));
            }
            school.range.end = at + 1;
            if let Some(last) = school.rooms.last_mut() {
                last.1.end = at + 1;
            }
            seen_max = seen_max.max(score);
            prepared.score.push(score);
            prepared.mark.push(works.mark[work]);
            prepared.register.push(works.register[work]);
            prepared.prior.push(f64::from(works.prior[work]));
            prepared.booklet.push(works.booklet[work]);
            prepared.pupil.push(works.pupil[work]);
            prepared
                .items
                .extend_from_slice(&works.items[work * count..(work + 1) * count]);
        }
        let sum: usize = prepared
            .paper
            .items
            .iter()
            .map(|item| usize::from(item.max))
            .sum();
        if by_mark {
            prepared.paper.cuts = None;
            prepared.paper.boundaries.clear();
        }
        prepared.max_score = prepared
            .paper
            .max_score
            .map_or(if sum > 0 { sum } else { 0 }, usize::from)
            .max(usize::from(seen_max));
        prepared
    }

    /// Whether any work has any item.
    pub(crate) fn has_items(&self) -> bool {
        self.items.iter().any(|&points| points != MISSING)
    }
}
