//! What the rules look at: the person on one side, the place of the event on the other.

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;

use super::elsewhere::Elsewhere;

/// The part a person is asked to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Public observer (общественный наблюдатель).
    Observer,
    /// Organiser in the room (организатор).
    Organiser,
    /// Checker of works (проверяющий).
    Checker,
    /// Expert who rechecks works (эксперт).
    Expert,
    /// Member of an olympiad's jury (жюри).
    Jury,
    /// Technical specialist (технический специалист).
    Technician,
    /// Municipal specialist on a visit.
    Visitor,
}

/// How close a relative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// A child.
    Child,
    /// A close relative: grandchild, brother, sister, nephew, niece, spouse.
    CloseRelative,
}

/// A declared relative who is a pupil, or works at a school. Confidential: only the rules read it, and a
/// finding never says who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// How close.
    pub tie: Tie,
    /// The school.
    pub organisation: OrganisationId,
    /// Grade level and letter for a pupil; `None` for a member of the staff.
    pub class: Option<(u8, String)>,
}

/// A teacher teaches a subject in a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The school.
    pub organisation: OrganisationId,
    /// Subject code.
    pub subject: String,
    /// Grade level and letter.
    pub class: (u8, String),
}

/// What is known of a person on the day of the assignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFacts {
    /// Schools that employ the person.
    pub employers: Vec<OrganisationId>,
    /// Declared relatives.
    pub relatives: Vec<Relative>,
    /// Subjects and classes taught.
    pub loads: Vec<Load>,
    /// Has the person signed the declaration for this very event?
    pub declaration_signed: bool,
    /// Last day on which the training certificate holds, `YYYY-MM-DD`.
    pub trained_until: Option<String>,
    /// Last day on which the accreditation as an observer holds, `YYYY-MM-DD`.
    pub accredited_until: Option<String>,
    /// Schools whose works, now to be rechecked, this person has checked before.
    pub checked_before: Vec<OrganisationId>,
    /// Other parts and offers of the person that overlap the event, given parts first.
    pub elsewhere: Vec<Elsewhere>,
}

/// What is known of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFacts {
    /// The school.
    pub organisation: OrganisationId,
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// Is it a recheck of works already marked?
    pub recheck: bool,
    /// Date, `YYYY-MM-DD`.
    pub date: String,
    /// Subject code.
    pub subject: String,
    /// Grade level and letter of the class.
    pub class: (u8, String),
    /// Are the approaches to marking agreed and on record?
    pub approaches_agreed: bool,
}
