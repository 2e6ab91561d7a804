//! What files hold, seen in one pass: works with their items and scales, schools, pupils met twice.

use std::collections::HashMap;

use objectivity::data::{ItemSpec, Paper, Procedure, Source};

use super::problem::{Fault, Problems};
use super::read::Row;
use super::scale::{self, MarksByScore};

/// Beyond so many rows pupils met twice are no longer looked for: the memory is worth more.
const MAX_REMEMBERED: usize = 4_000_000;

/// One work as the files show it.
#[derive(Clone, Debug)]
pub struct SurveyedWork {
    /// Year, subject as the file spells it, grade.
    pub procedure: Procedure,
    /// Rows.
    pub rows: u32,
    /// Items of all files, in the order met.
    items: Vec<ItemSpec>,
    /// Which of them any row has.
    used: Vec<bool>,
    /// Highest raw score met.
    max_raw: u16,
    marks: MarksByScore,
}

impl SurveyedWork {
    /// Items that any row has, in the order met.
    pub fn items(&self) -> Vec<ItemSpec> {
        self.items
            .iter()
            .zip(&self.used)
            .filter(|(_, used)| **used)
            .map(|(item, _)| item.clone())
            .collect()
    }

    /// Highest raw score possible: the items' sum, or without items the highest one met.
    pub fn max_score(&self) -> u16 {
        let sum: u16 = self.items().iter().map(|item| u16::from(item.max)).sum();
        if sum > 0 { sum } else { self.max_raw }
    }

    /// Scale of the work: by its own marks, else published, else the one given.
    pub fn cuts(&self, given: Option<[u16; 3]>) -> (Option<[u16; 3]>, Source) {
        let Procedure {
            year,
            subject,
            grade,
        } = &self.procedure;
        if let Some(cuts) = self.marks.scale(given) {
            return (Some(cuts), Source::Document);
        }
        if let Some(cuts) = scale::published(subject, *grade, *year, Some(self.max_score())) {
            return (Some(cuts), Source::Federal);
        }
        let fits = |cuts: &[u16; 3]| self.fits(cuts);
        (given.filter(fits), Source::Platform)
    }

    /// The paper for the engine. Three `given` boundaries are those of the marks 3, 4 and 5; any other number of them,
    /// for example one pass mark, counts where the work has no scale.
    pub fn paper(&self, given: &[u16]) -> Paper {
        let (cuts, cuts_source) = self.cuts(given.try_into().ok());
        let boundaries = match given {
            [] | [_, _, _] => Vec::new(),
            given if cuts.is_some() || !self.fits(given) => Vec::new(),
            given => given.to_vec(),
        };
        Paper {
            items: self.items(),
            max_score: None,
            cuts,
            boundaries,
            cuts_source,
        }
    }

    /// Can works reach these boundaries? Without items nobody knows the highest score, so they may.
    pub fn fits(&self, boundaries: &[u16]) -> bool {
        let highest = boundaries.last().copied().unwrap_or_default();
        self.items().is_empty() || highest <= self.max_score()
    }
}

/// One school as the files show it.
#[derive(Clone, Debug, Default)]
pub struct SurveyedSchool {
    /// Code in the file.
    pub code: String,
    /// Name in the file.
    pub name: Option<String>,
    /// Rows.
    pub rows: u32,
    /// First row.
    pub first_row: u32,
}

/// What files hold.
#[derive(Debug, Default)]
pub struct Survey {
    works: Vec<SurveyedWork>,
    schools: Vec<SurveyedSchool>,
    school_index: HashMap<String, usize>,
    /// Hash of work, school, class and code → file and row that count.
    pupils: HashMap<u64, (u32, u32)>,
    file: u32,
    /// Pupils of whom a later file has another attempt.
    later_attempts: u32,
    /// Work of the last row, where each item of its table lies in it, and where the items of the table are.
    current: Option<(usize, Vec<usize>, usize)>,
    current_school: usize,
    rows: u32,
}

impl Survey {
    /// Call before each file: its columns are its own.
    pub fn begin_file(&mut self) {
        self.current = None;
        self.file += 1;
    }

    /// Pupils of whom a later file has another attempt: the last one counts.
    pub fn later_attempts(&self) -> u32 {
        self.later_attempts
    }

    /// Is this row of this file (1-based) the one that counts for its pupil? Call after all files were noted.
    pub fn counts(&self, file: u32, row: &Row<'_>) -> bool {
        row.work.pupil.is_none()
            || self
                .pupils
                .get(&pupil_key(row))
                .is_none_or(|counted| *counted == (file, row.key))
    }

    /// Looks at a row. Returns whether it is to be kept: the second row of a pupil is not.
    pub fn note(&mut self, row: &Row<'_>, problems: &mut Problems) -> bool {
        let work_index = self.find_work(row, problems);
        let school_index = self.find_school(row);
        if let Some(code) = &row.work.pupil
            && let Some(first_row) = self.remember(row)
        {
            problems.enter(row.sheet.map(str::to_owned));
            let fault = Fault::DuplicatePupil {
                code: code.clone(),
                first_row,
            };
            problems.push(fault, Some(row.line), None);
            return false;
        }
        self.rows += 1;
        self.schools[school_index].rows += 1;
        let work = &mut self.works[work_index];
        work.rows += 1;
        let places = self
            .current
            .as_ref()
            .map_or(&[][..], |(_, places, _)| places);
        let mut sum = 0_u16;
        let mut answered = false;
        for (points, &place) in row.work.items.iter().zip(places) {
            if let Some(points) = points {
                work.used[place] = true;
                sum = sum.saturating_add(u16::from(*points));
                answered = true;
            }
        }
        if let Some(score) = row.work.raw_score.or(answered.then_some(sum)) {
            work.max_raw = work.max_raw.max(score);
            if let Some(mark) = row.work.mark {
                work.marks.note(score, mark);
            }
        }
        true
    }

    /// Works found, by year, subject and grade.
    pub fn works(&self) -> Vec<&SurveyedWork> {
        let mut works: Vec<&SurveyedWork> = self.works.iter().collect();
        works.sort_by(|one, other| one.procedure.cmp(&other.procedure));
        works
    }

    /// Schools found, in the order met.
    pub fn schools(&self) -> &[SurveyedSchool] {
        &self.schools
    }

    /// Rows kept.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    fn find_work(&mut self, row: &Row<'_>, problems: &mut Problems) -> usize {
        let is_same = |work: &SurveyedWork| {
            work.procedure.year == row.work.year
                && work.procedure.grade == row.work.grade
                && work.procedure.subject == row.work.subject
        };
        let table = row.items.as_ptr() as usize;
        if let Some((index, _, known)) = &self.current
            && *known == table
            && is_same(&self.works[*index])
        {
            return *index;
        }
        let index = self.works.iter().position(is_same).unwrap_or_else(|| {
            self.works.push(SurveyedWork {
                procedure: row.work.procedure(),
                rows: 0,
                items: Vec::new(),
                used: Vec::new(),
                max_raw: 0,
                marks: MarksByScore::default(),
            });
            self.works.len() - 1
        });
        let work = &mut self.works[index];
        let places = row
            .items
            .iter()
            .map(|item| place_item(work, item, row.line, problems))
            .collect();
        self.current = Some((index, places, table));
        index
    }

    fn find_school(&mut self, row: &Row<'_>) -> usize {
        let code = row.work.school.as_str();
        if self
            .schools
            .get(self.current_school)
            .is_none_or(|school| school.code != code)
        {
            self.current_school = match self.school_index.get(code) {
                Some(&index) => index,
                None => {
                    self.schools.push(SurveyedSchool {
                        code: code.to_owned(),
                        first_row: row.line,
                        ..SurveyedSchool::default()
                    });
                    self.school_index
                        .insert(code.to_owned(), self.schools.len() - 1);
                    self.schools.len() - 1
                }
            };
        }
        let school = &mut self.schools[self.current_school];
        if school.name.is_none() && !row.school_name.is_empty() {
            school.name = Some(row.school_name.to_owned());
        }
        self.current_school
    }

    /// First row of the same pupil in the same work of this file, if there was one.
    fn remember(&mut self, row: &Row<'_>) -> Option<u32> {
        let key = pupil_key(row);
        let here = (self.file, row.key);
        match self.pupils.get(&key) {
            Some((file, first)) if *file == self.file => return Some(*first & ((1 << 20) - 1)),
            Some(_) => {
                self.later_attempts += 1;
                self.pupils.insert(key, here);
            }
            None if self.pupils.len() < MAX_REMEMBERED => {
                self.pupils.insert(key, here);
            }
            None => {}
        }
        None
    }
}

fn pupil_key(row: &Row<'_>) -> u64 {
    let work = row.work;
    super::code::hash((
        work.year,
        &work.subject,
        work.grade,
        &work.school,
        &work.class,
        &work.pupil,
    ))
}

fn place_item(
    work: &mut SurveyedWork,
    item: &ItemSpec,
    line: u32,
    problems: &mut Problems,
) -> usize {
    if let Some(place) = work.items.iter().position(|known| known.code == item.code) {
        let known = &mut work.items[place];
        if known.max != item.max {
            let fault = Fault::ItemContradicts {
                code: item.code.clone(),
                first: known.max,
                second: item.max,
            };
            problems.push(fault, Some(line), None);
        }
        known.difficulty = known.difficulty.or(item.difficulty);
        return place;
    }
    work.items.push(item.clone());
    work.used.push(false);
    work.items.len() - 1
}
