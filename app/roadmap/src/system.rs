//! The nine systems of municipal quality management, on which lines hang.

use crate::text::plain;

/// A system (система) of municipal mechanisms of quality management.
///
/// # Source
/// Methodology for assessing the mechanisms of quality management of education in municipalities, groups 1 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// 1.1 Quality of pupils' preparation.
    Quality,
    /// 1.2 Schools with low results.
    LowResults,
    /// 1.3 Talents.
    Talents,
    /// 1.4 Self-determination and choice of a profession.
    Vocation,
    /// 2.1 Objectivity of procedures.
    Objectivity,
    /// 2.2 Effectiveness of heads.
    Heads,
    /// 2.3 Professional development of teachers.
    Teachers,
    /// 2.4 Methodical work.
    Method,
    /// 2.5 Upbringing.
    Upbringing,
}

/// The first system whose every stem stands in the text.
const STEMS: [(&[&str], System); 13] = [
    (&["объективност"], System::Objectivity),
    (&["низкими", "результат"], System::LowResults),
    (&["неблагоприятн"], System::LowResults),
    (&["талант"], System::Talents),
    (&["одаренн"], System::Talents),
    (&["самоопределен"], System::Vocation),
    (&["профориентац"], System::Vocation),
    (&["эффективност", "руководител"], System::Heads),
    (&["профессиональн", "развити"], System::Teachers),
    (&["методическ"], System::Method),
    (&["воспитан"], System::Upbringing),
    (&["оценк", "качеств", "подготовк"], System::Quality),
    (&["оценк", "качеств", "образован"], System::Quality),
];

impl System {
    /// All, in their order.
    pub const ALL: [Self; 9] = [
        Self::Quality,
        Self::LowResults,
        Self::Talents,
        Self::Vocation,
        Self::Objectivity,
        Self::Heads,
        Self::Teachers,
        Self::Method,
        Self::Upbringing,
    ];

    /// Its code in the methodology.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quality => "1.1",
            Self::LowResults => "1.2",
            Self::Talents => "1.3",
            Self::Vocation => "1.4",
            Self::Objectivity => "2.1",
            Self::Heads => "2.2",
            Self::Teachers => "2.3",
            Self::Method => "2.4",
            Self::Upbringing => "2.5",
        }
    }

    /// The system with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.code() == code)
    }

    /// The system that a heading names, by its words: offices number their headings as they like.
    pub fn of_title(title: &str) -> Option<Self> {
        let title = plain(title);
        STEMS
            .iter()
            .find(|(stems, _)| stems.iter().all(|stem| title.contains(stem)))
            .map(|(_, system)| *system)
    }
}
