//! The same simulated regions with part of the data taken away.

use objectivity::data::{Paper, Work};
use objectivity::region::Region;
use objectivity::simulator::Simulated;

/// What is left.
#[derive(Clone, Copy)]
pub enum Depth {
    /// Everything but the register marks.
    NoRegister,
    /// Everything but the earlier results.
    NoPrior,
    /// Items only: no earlier result, register, enrolment or class.
    ItemsOnly,
    /// Raw scores and context only.
    ScoresOnly,
}

impl Depth {
    pub const ALL: [Self; 4] = [
        Self::NoRegister,
        Self::NoPrior,
        Self::ItemsOnly,
        Self::ScoresOnly,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::NoRegister => "no register",
            Self::NoPrior => "no prior",
            Self::ItemsOnly => "items only (L2)",
            Self::ScoresOnly => "scores only (L0)",
        }
    }
}

/// Rebuilds the region of `simulated` with less data.
pub fn degrade(simulated: &mut Simulated, depth: Depth) {
    let mut region = Region::new();
    let bare = matches!(depth, Depth::ItemsOnly | Depth::ScoresOnly);
    for (procedure, paper) in &simulated.papers {
        let paper = match depth {
            Depth::ScoresOnly => {
                let max = paper.items.iter().map(|item| u16::from(item.max)).sum();
                Paper {
                    items: Vec::new(),
                    max_score: Some(max),
                    ..paper.clone()
                }
            }
            _ => paper.clone(),
        };
        region
            .set_paper(procedure.clone(), paper)
            .expect("a simulated paper is valid");
    }
    for context in &simulated.contexts {
        let mut context = context.clone();
        if bare {
            context.enrolled.clear();
        }
        region
            .add_context(context)
            .expect("a simulated context is valid");
    }
    for work in &mut simulated.works {
        if matches!(depth, Depth::NoRegister) || bare {
            work.register_mark = None;
        }
        if matches!(depth, Depth::NoPrior) || bare {
            work.prior_score = None;
        }
        if bare {
            work.class = None;
        }
        let kept = Work {
            items: if matches!(depth, Depth::ScoresOnly) {
                Vec::new()
            } else {
                work.items.clone()
            },
            ..work.clone()
        };
        region.push(&kept).expect("a simulated work is valid");
    }
    simulated.region = region;
}
