use super::{ChoiceSource, Media, Text};
use serde::{Deserialize, Serialize};

/// A question or another leaf of a form: it holds at most one value.
///
/// Expressions (`relevant`, `constraint`, …) are source text as written, `${name}` included.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Name, as written.
    pub name: String,
    /// What sort it is.
    pub kind: QuestionKind,
    /// What a person reads.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Smaller words under the label.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Further help, shown on demand.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub guidance_hint: Text,
    /// Files beside the label.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,

    /// Where a select or rank takes its choices from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<ChoiceSource>,
    /// The select was written `or_other`; its list holds `other` and a generated text question follows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_other: bool,
    /// Condition on each choice, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice_filter: Option<String>,

    /// Condition under which the node takes part, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Condition on an answer, as written; a blank answer satisfies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is said when the constraint fails.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub constraint_message: Text,
    /// Condition under which an answer is demanded; `true()` for a plain yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
    /// What is said when the answer is missing.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub required_message: Text,
    /// Condition under which the value cannot be changed, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// Expression that gives the value, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<String>,
    /// First value: a literal, or an expression when it reads as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Questions whose change runs `calculation`, as written: `${a}` or `${a}, ${b}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,

    /// Words of the `appearance` column, separated by blanks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// Pairs of the `parameters` column in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<(String, String)>,
    /// Entity property to which the answer is saved; accepted and kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_to: Option<String>,
    /// Link to launch another app (`intent` column).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// Further `bind::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bind: Vec<(String, String)>,
    /// Further `body::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<(String, String)>,
    /// Further `instance::…` attributes as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance: Vec<(String, String)>,

    /// Weight in the score of its section; `None` or 0 leaves the question out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// A section whose key item scores lowest is capped, see [`super::KeyItemRule`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key_item: bool,
    /// A violation here is critical: it opens a review and may cap the index.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// What happened when it is violated, in the words of who saw it («Взрослый подсказывал»); the label says what
    /// is in order, and whoever raises an alarm must not have to turn it round.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub violation: Text,
    /// A violation here is told to the coordinator at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alert: bool,
    /// An expert scores the question again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expert: bool,
    /// The question does not count in the index although it is scored and weighted (`counts_in_index` = no).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside_index: bool,
    /// Name of the choice that means "in order"; any other choice that is not "not applicable" is a violation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ok_answer: Option<String>,
    /// Rule about evidence.
    #[serde(default, skip_serializing_if = "Evidence::is_none")]
    pub evidence: Evidence,
    /// Words by which rules and reports find questions, for example `conflict_of_interest`, `stop_if_fail`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What is said once the form is submitted, for example why an answer of a quiz is right.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub explanation: Text,
    /// What the host fills in before the person begins: `now`, `event.room`, `event.class`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<String>,
    /// Unit shown beside a number, for example `minutes`, `percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The question accompanies another one and is shown under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companion: Option<Companion>,
    /// Made by the import and not written by the author; left out on export, because import makes it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
}

impl Question {
    /// Whether a person sees the question: notes and calculations without words are not shown.
    pub fn is_visible(&self) -> bool {
        if self.kind.is_hidden() {
            return false;
        }
        let wordless = self.label.is_empty() && self.hint.is_empty() && self.media.is_empty();
        !(wordless && (self.calculation.is_some() || self.trigger.is_some()))
    }

    /// Value of a pair of the `parameters` column.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the `appearance` column holds that word.
    pub fn has_appearance(&self, word: &str) -> bool {
        self.appearance
            .as_deref()
            .is_some_and(|words| words.split_whitespace().any(|other| other == word))
    }
}

/// Kind of a question: the types of XLSForm that are leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// A line or more of text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Words to read; no answer.
    Note,
    /// A value computed from others.
    Calculate,
    /// A value that only other tools set.
    Hidden,
    /// One choice of a list.
    SelectOne,
    /// Any number of choices of a list.
    SelectMultiple,
    /// One choice of a list of the external choices sheet.
    SelectOneExternal,
    /// All choices of a list, in order of preference.
    Rank,
    /// A number between bounds, on a slider.
    Range,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A moment.
    DateTime,
    /// A point on the map.
    Geopoint,
    /// A line on the map.
    Geotrace,
    /// An area on the map.
    Geoshape,
    /// A feature of OpenStreetMap.
    Osm,
    /// A picture, drawing or signature.
    Image,
    /// A sound recording.
    Audio,
    /// A film.
    Video,
    /// Any file.
    File,
    /// A scanned code.
    Barcode,
    /// "I have read and agree": the answer is `OK` or nothing.
    Acknowledge,
    /// Where the device was when filling began.
    StartGeopoint,
    /// Where the device was when its trigger changed.
    BackgroundGeopoint,
    /// Sound recorded while filling.
    BackgroundAudio,
    /// A table attached to the form.
    CsvExternal,
    /// An XML document attached to the form.
    XmlExternal,
    /// When filling began.
    Start,
    /// When filling ended.
    End,
    /// The day on which filling began.
    Today,
    /// Identity of the device.
    DeviceId,
    /// Identity of the SIM subscriber.
    SubscriberId,
    /// Serial number of the SIM card.
    SimSerial,
    /// Phone number of the device.
    PhoneNumber,
    /// Who fills in.
    Username,
    /// Mail address of who fills in.
    Email,
    /// Log of how the form was filled.
    Audit,
}

impl QuestionKind {
    /// The word of the `type` column, without the list of a select.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Note => "note",
            Self::Calculate => "calculate",
            Self::Hidden => "hidden",
            Self::SelectOne => "select_one",
            Self::SelectMultiple => "select_multiple",
            Self::SelectOneExternal => "select_one_external",
            Self::Rank => "rank",
            Self::Range => "range",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime => "datetime",
            Self::Geopoint => "geopoint",
            Self::Geotrace => "geotrace",
            Self::Geoshape => "geoshape",
            Self::Osm => "osm",
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::File => "file",
            Self::Barcode => "barcode",
            Self::Acknowledge => "acknowledge",
            Self::StartGeopoint => "start-geopoint",
            Self::BackgroundGeopoint => "background-geopoint",
            Self::BackgroundAudio => "background-audio",
            Self::CsvExternal => "csv-external",
            Self::XmlExternal => "xml-external",
            Self::Start => "start",
            Self::End => "end",
            Self::Today => "today",
            Self::DeviceId => "deviceid",
            Self::SubscriberId => "subscriberid",
            Self::SimSerial => "simserial",
            Self::PhoneNumber => "phonenumber",
            Self::Username => "username",
            Self::Email => "email",
            Self::Audit => "audit",
        }
    }

    /// Whether the kind records something without being shown.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Calculate | Self::Hidden)
            || self.is_recorded()
            || self.is_attached_data()
    }

    /// Whether the device and the clock give the value, not the person.
    pub fn is_recorded(self) -> bool {
        matches!(
            self,
            Self::StartGeopoint
                | Self::BackgroundGeopoint
                | Self::BackgroundAudio
                | Self::Start
                | Self::End
                | Self::Today
                | Self::DeviceId
                | Self::SubscriberId
                | Self::SimSerial
                | Self::PhoneNumber
                | Self::Username
                | Self::Email
                | Self::Audit
        )
    }

    /// Whether the row only declares data attached to the form and holds no answer.
    pub fn is_attached_data(self) -> bool {
        matches!(self, Self::CsvExternal | Self::XmlExternal)
    }

    /// Whether the answer is chosen from a list.
    pub fn is_select(self) -> bool {
        matches!(
            self,
            Self::SelectOne | Self::SelectMultiple | Self::SelectOneExternal | Self::Rank
        )
    }

    /// Whether the answer is a file.
    pub fn is_media(self) -> bool {
        matches!(
            self,
            Self::Image | Self::Audio | Self::Video | Self::File | Self::BackgroundAudio
        )
    }
}

/// Why a question exists that nobody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generated {
    /// The text behind the choice `other` of an `or_other` select.
    OrOther,
}

/// What must or may be attached to an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What sort it is.
    pub kind: EvidenceKind,
    /// Score from which evidence is required; `None` when the kind alone decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_from: Option<f64>,
    /// What counts as evidence here, for the person.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub what: Text,
}

impl Evidence {
    /// Whether nothing is asked for.
    pub fn is_none(&self) -> bool {
        self.kind == EvidenceKind::None && self.required_from.is_none() && self.what.is_empty()
    }
}

/// Kinds of evidence (подтверждение).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Nothing.
    #[default]
    None,
    /// A note may be written.
    Note,
    /// A violation needs a short note.
    NoteOnFail,
    /// A violation needs a note; a photo is welcome.
    NotePhotoOptional,
    /// A photo of a document or room may be attached.
    PhotoOptional,
    /// A photo is required.
    Photo,
    /// A violation needs a photo, or a detailed note instead.
    PhotoOnFail,
    /// The answer itself is the number that proves it.
    Number,
    /// A document, link or file is named from the score `required_from`.
    Document,
}

impl EvidenceKind {
    /// The word of the `evidence` column.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Note => "note",
            Self::NoteOnFail => "note_on_fail",
            Self::NotePhotoOptional => "note_photo_optional",
            Self::PhotoOptional => "photo_optional",
            Self::Photo => "photo",
            Self::PhotoOnFail => "photo_on_fail",
            Self::Number => "number",
            Self::Document => "document",
        }
    }

    /// The kind whose word is `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::None,
            Self::Note,
            Self::NoteOnFail,
            Self::NotePhotoOptional,
            Self::PhotoOptional,
            Self::Photo,
            Self::PhotoOnFail,
            Self::Number,
            Self::Document,
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }
}

/// Link from a companion question to the question under which it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// Name of the question it accompanies; they are siblings.
    pub of: String,
    /// What it is for.
    pub role: CompanionRole,
}

/// What a companion question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanionRole {
    /// What happened, in words.
    Note,
    /// A photo.
    Photo,
    /// The name of a document or a link that proves the score.
    Evidence,
    /// A file that proves the score.
    File,
    /// Anything the person wants to add.
    Comment,
    /// Why the question does not apply.
    NotApplicableReason,
}

impl CompanionRole {
    /// The word of the `companion` column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Photo => "photo",
            Self::Evidence => "evidence",
            Self::File => "file",
            Self::Comment => "comment",
            Self::NotApplicableReason => "not_applicable_reason",
        }
    }

    /// The role whose word is `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Note,
            Self::Photo,
            Self::Evidence,
            Self::File,
            Self::Comment,
            Self::NotApplicableReason,
        ]
        .into_iter()
        .find(|role| role.word() == word)
    }
}
