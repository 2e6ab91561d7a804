//! Public pages, rendered on the server as whole documents without script.
//!
//! The server fills plain structs and gets a document back; small groups are suppressed here, so no
//! caller can forget it.

mod aggregate;
mod calendar;
mod certificate;
mod document;
mod documents;
mod front;
mod methodology;
mod observers;
mod purpose;
mod results;
mod suppress;

pub use aggregate::{MarkCounts, SMALLEST_PUPILS, SMALLEST_SCHOOLS, WorkAggregate};
pub use calendar::{CalendarEntry, calendar};
pub use certificate::{CertificateCheck, certificate};
pub use document::Frame;
pub use documents::{PublishedDocument, documents};
pub use front::{FrontData, front};
pub use methodology::{MarkerRates, MethodologyData, methodology};
pub use observers::{ApplicationForm, ApplicationStep, FieldError, observers};
pub use purpose::purpose;
pub use results::{ResultsData, Work, open_data, protect, results};
pub use suppress::Group;
