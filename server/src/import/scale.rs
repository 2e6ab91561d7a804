//! Scales of marks: lowest raw scores of the marks 3, 4 and 5.
//!
//! A scale comes from the file's own marks where it can, then from the table of published scales, then from
//! the caller. Scales whose year is unknown are not used: they change from year to year.

/// A published scale.
struct Published {
    subject: &'static str,
    grade: u8,
    year: i32,
    max_score: u16,
    cuts: [u16; 3],
}

/// Published scales with a stated year.
///
/// # Source
/// VPR 2026 Russian, grade 4: vpr-ege.ru, description of the 2026 work; OGE 2023 informatics: exhelper.top (indicative).
const PUBLISHED: &[Published] = &[
    Published {
        subject: "russian",
        grade: 4,
        year: 2026,
        max_score: 24,
        cuts: [10, 16, 21],
    },
    Published {
        subject: "informatics",
        grade: 9,
        year: 2023,
        max_score: 19,
        cuts: [5, 11, 16],
    },
];

/// Share of works a scale read from marks may contradict, for marks that were mended by hand.
const CONTRADICTIONS: f64 = 0.01;

/// The published scale of a work, if its maximum agrees.
pub fn published(subject: &str, grade: u8, year: i32, max_score: Option<u16>) -> Option<[u16; 3]> {
    let subject = super::subject::code(subject);
    PUBLISHED
        .iter()
        .find(|scale| {
            scale.subject == subject
                && scale.grade == grade
                && scale.year == year
                && max_score.is_none_or(|max| max == scale.max_score)
        })
        .map(|scale| scale.cuts)
}

/// Works by raw score for each of the marks 2–5, from which a scale can be read.
#[derive(Clone, Debug, Default)]
pub struct MarksByScore {
    counts: [Vec<u32>; 4],
}

impl MarksByScore {
    /// Notes a work that has both.
    pub fn note(&mut self, raw_score: u16, mark: u8) {
        let Some(counts) = mark
            .checked_sub(2)
            .and_then(|index| self.counts.get_mut(usize::from(index)))
        else {
            return;
        };
        let score = usize::from(raw_score);
        if counts.len() <= score {
            counts.resize(score + 1, 0);
        }
        counts[score] = counts[score].saturating_add(1);
    }

    /// The scale these marks follow. `None` when a mark is not there at all or the marks do not follow the score.
    ///
    /// Where no pupil stands between two marks, several scores are possible: `hint` decides if it is among them.
    pub fn scale(&self, hint: Option<[u16; 3]>) -> Option<[u16; 3]> {
        let mut cuts = [0_u16; 3];
        for (index, cut) in cuts.iter_mut().enumerate() {
            let hint = hint.map(|hint| hint[index]);
            *cut = self.cut(index, hint)?;
        }
        (cuts[0] > 0 && cuts[0] < cuts[1] && cuts[1] < cuts[2]).then_some(cuts)
    }

    /// The score from which the marks above `index` begin, with the fewest contradictions.
    fn cut(&self, index: usize, hint: Option<u16>) -> Option<u16> {
        let length = self.counts.iter().map(Vec::len).max().unwrap_or(0);
        let at = |mark: usize, score: usize| {
            u64::from(self.counts[mark].get(score).copied().unwrap_or(0))
        };
        let below = |score: usize| (0..=index).map(|mark| at(mark, score)).sum::<u64>();
        let above = |score: usize| (index + 1..4).map(|mark| at(mark, score)).sum::<u64>();
        let lower: u64 = (0..length).map(below).sum();
        let upper: u64 = (0..length).map(above).sum();
        if lower == 0 || upper == 0 {
            return None;
        }
        // With the cut at `score`, contradictions are lower marks from it on and higher marks before it.
        let mut wrong = lower;
        let mut best: Option<(u64, Vec<usize>)> = None;
        for score in 0..length {
            match &mut best {
                Some((least, scores)) if wrong == *least => scores.push(score),
                Some((least, _)) if wrong > *least => {}
                _ => best = Some((wrong, vec![score])),
            }
            wrong = wrong + above(score) - below(score);
        }
        let (least, scores) = best?;
        if least as f64 > CONTRADICTIONS * (lower + upper) as f64 {
            return None;
        }
        let hinted = hint.map(usize::from).filter(|hint| scores.contains(hint));
        // The last possible score is the lowest one at which the higher mark was really given.
        u16::try_from(hinted.or_else(|| scores.last().copied())?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(cuts: [u16; 3], scores: impl Iterator<Item = u16>) -> MarksByScore {
        let mut marks = MarksByScore::default();
        for score in scores {
            let mark = 2 + cuts.iter().filter(|&&cut| score >= cut).count() as u8;
            marks.note(score, mark);
        }
        marks
    }

    #[test]
    fn scale_is_read_from_the_marks() {
        assert_eq!(marks([8, 14, 20], 0..=24).scale(None), Some([8, 14, 20]));
    }

    #[test]
    fn one_mended_mark_does_not_hide_the_scale() {
        let mut marks = marks([8, 14, 20], (0..=24).cycle().take(500));
        marks.note(7, 3);
        assert_eq!(marks.scale(None), Some([8, 14, 20]));
    }

    #[test]
    fn between_two_marks_the_given_cut_decides() {
        let marks = marks([8, 14, 20], [3, 4, 10, 12, 16, 22].into_iter());
        assert_eq!(marks.scale(Some([8, 14, 20])), Some([8, 14, 20]));
        assert_eq!(marks.scale(None), Some([10, 16, 22]));
    }

    #[test]
    fn without_one_of_the_marks_there_is_no_scale() {
        assert_eq!(marks([8, 14, 20], 8..=24).scale(None), None);
    }

    #[test]
    fn a_published_scale_needs_its_maximum() {
        assert_eq!(published("russian", 4, 2026, Some(24)), Some([10, 16, 21]));
        assert_eq!(published("russian", 4, 2026, Some(38)), None);
        assert_eq!(published("russian", 4, 2025, Some(24)), None);
    }
}
