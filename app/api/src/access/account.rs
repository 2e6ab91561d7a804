//! One's own account.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::person::HeldRole;
use crate::text::Language;

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Name as others see it.
    pub name: String,
    /// Position.
    pub position: String,
    /// Login; absent for those who enter by invitation only.
    pub login: Option<String>,
    /// What the person may change alone.
    pub contacts: Contacts,
    /// Roles, those of the past included, newest first.
    pub roles: Vec<HeldRole>,
    /// Devices where the person is signed in, the last used first.
    pub sessions: Vec<OpenSession>,
}

/// What a person may change alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contacts {
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Language of the interface.
    pub language: Language,
}

/// A device where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenSession {
    /// Name of the session for ending it; opens nothing.
    pub id: String,
    /// Words of the browser about itself.
    pub device: String,
    /// When it began.
    pub created_ms: i64,
    /// When it was last used, to the minute.
    pub seen_ms: i64,
    /// Is it the one that asks?
    pub is_this: bool,
}

/// A new password of one's own.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The password of now.
    pub current: String,
    /// The new one.
    pub new: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PasswordChange")
            .finish_non_exhaustive()
    }
}
