//! The works of the demo: items with maxima and difficulty letters, scales of marks.
//!
//! Maxima and scales resemble real works closely enough to look right and are invented all the same, except
//! Russian in grade 4, whose published scale is used.

use api::procedures::procedure::ProcedureKind;
use objectivity::data::{Difficulty, ItemSpec};

/// One work of one year.
#[derive(Clone, Debug)]
pub struct DemoPaper {
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// Subject code.
    pub subject: &'static str,
    /// Grade level.
    pub grade: u8,
    /// Items; empty for exams, of which only totals are known.
    pub items: Vec<ItemSpec>,
    /// Highest raw score.
    pub max_score: u16,
    /// Lowest raw scores of the marks 3, 4 and 5.
    pub cuts: [u16; 3],
}

/// Items as `code:max`, the difficulty letter following from the place: the last third is raised or high.
fn items(text: &str) -> Vec<ItemSpec> {
    let parts: Vec<&str> = text.split(' ').collect();
    let count = parts.len();
    parts
        .into_iter()
        .enumerate()
        .filter_map(|(index, part)| {
            let (code, max) = part.split_once(':')?;
            let difficulty = match index * 10 / count {
                0..=6 => Difficulty::Base,
                7..=8 => Difficulty::Raised,
                _ => Difficulty::High,
            };
            Some(ItemSpec {
                code: code.to_owned(),
                max: max.parse().ok()?,
                difficulty: Some(difficulty),
            })
        })
        .collect()
}

fn paper(subject: &'static str, grade: u8, cuts: [u16; 3], text: &str) -> DemoPaper {
    let items = items(text);
    DemoPaper {
        kind: ProcedureKind::Vpr,
        subject,
        grade,
        max_score: items.iter().map(|item| u16::from(item.max)).sum(),
        items,
        cuts,
    }
}

fn exam(subject: &'static str, max_score: u16, cuts: [u16; 3]) -> DemoPaper {
    DemoPaper {
        kind: ProcedureKind::Oge,
        subject,
        grade: 9,
        items: Vec::new(),
        max_score,
        cuts,
    }
}

/// The works of every year: test works of grades 4–8, and the state exams.
pub fn papers() -> Vec<DemoPaper> {
    vec![
        paper(
            "russian",
            4,
            [10, 16, 21],
            "1:2 2:1 3:2 5:2 6:1 7:1 8:2 11:1 4:3 9:3 10:3 12:3",
        ),
        paper(
            "math",
            4,
            [6, 10, 15],
            "1:1 2:1 3:2 4:1 5.1:1 5.2:1 6.1:1 6.2:1 7:1 8:2 9.1:1 9.2:1 10:2 11:2 12:2",
        ),
        paper(
            "russian",
            5,
            [18, 26, 35],
            "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 3:2 4.1:3 4.2:2 5.1:2 5.2:1 6.1:2 6.2:1 7.1:2 7.2:1 8:2 9:2 10:1 11:1 12:1",
        ),
        paper(
            "math",
            5,
            [8, 12, 17],
            "1:1 2:1 3:1 4:2 5:1 6:2 7:1 8:2 9:1 10:2 11:1 12.1:1 12.2:1 13:2 14:2",
        ),
        paper(
            "biology",
            5,
            [10, 16, 22],
            "1.1:1 1.2:1 1.3:2 2.1:1 2.2:1 3.1:2 3.2:1 4.1:1 4.2:1 4.3:2 5:2 6.1:1 6.2:1 7.1:2 7.2:3 8:2 9:2 10:3",
        ),
        paper(
            "russian",
            6,
            [20, 29, 38],
            "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:4 3.1:1 3.2:1 4:2 5:2 6:2 7.1:1 7.2:1 8.1:2 8.2:1 9:2 10:3 11:3 12.1:1 12.2:1 13:2 14:2",
        ),
        paper(
            "math",
            6,
            [6, 10, 14],
            "1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:2 10:1 11:2 12:2 13:2",
        ),
        paper(
            "russian",
            7,
            [19, 28, 37],
            "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 3.1:1 3.2:1 4.1:1 4.2:1 5:1 6:2 7.1:1 7.2:2 8.1:2 8.2:2 9:2 10:1 11.1:2 11.2:3 12:1 13:2 14:2",
        ),
        paper(
            "math",
            7,
            [7, 12, 16],
            "1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 10:1 11:1 12:2 13:1 14:2 15:1 16:2",
        ),
        paper(
            "russian",
            8,
            [19, 28, 37],
            "1К1:4 1К2:3 1К3:2 2К1:3 2К2:3 2К3:3 3:2 4:2 5:1 6:3 7:2 8:2 9:2 10:1 11:2 12:1 13:1 14:2 15:2 16:2 17:3",
        ),
        paper(
            "math",
            8,
            [8, 15, 21],
            "1:1 2:1 3:1 4:1 5:1 6:2 7:1 8:2 9:1 10:1 11:1 12:1 13:1 14:1 15:2 16:2 17:1 18:2 19:2",
        ),
        exam("russian", 37, [15, 23, 29]),
        exam("math", 31, [8, 15, 22]),
    ]
}
