//! All texts of the interface in Russian and English.
//!
//! Each key is a function; a key without one of the languages does not compile. Sentences are written
//! whole in both languages and never put together from fragments.

pub mod number;
pub mod plural;

pub use api::text::Language;

/// A text without arguments, to be said in a language.
pub type Wording = fn(Language) -> &'static str;

/// Declares texts, one function a key.
///
/// ```text
/// texts! {
///     title: "Карта" / "Map";
///     of_school(school): "Школа {school}" / "School {school}";
///     schools(count): "{count} школа" | "{count} школы" | "{count} школ" / "{count} school" | "{count} schools";
/// }
/// ```
///
/// A text with arguments takes anything that can be displayed; a text with plural forms takes a `u64`
/// first and shows it with separated thousands.
macro_rules! texts {
    (@ $name:ident [] [$ru:literal] [$en:literal]) => {
        #[doc = $en]
        pub fn $name(language: $crate::text::Language) -> &'static str {
            match language {
                $crate::text::Language::Ru => $ru,
                $crate::text::Language::En => $en,
            }
        }
    };
    (@ $name:ident [$($argument:ident)+] [$ru:literal] [$en:literal]) => {
        #[doc = $en]
        pub fn $name(
            language: $crate::text::Language,
            $($argument: impl std::fmt::Display),+
        ) -> String {
            match language {
                $crate::text::Language::Ru => format!($ru),
                $crate::text::Language::En => format!($en),
            }
        }
    };
    (@ $name:ident [$count:ident $($argument:ident)*]
        [$one:literal $few:literal $many:literal] [$single:literal $several:literal]) => {
        #[doc = $several]
        pub fn $name(
            language: $crate::text::Language,
            $count: u64
            $(, $argument: impl std::fmt::Display)*
        ) -> String {
            use $crate::text::plural::Form;
            let form = $crate::text::plural::form(language, $count);
            let $count = $crate::text::number::count(language, $count);
            match (language, form) {
                ($crate::text::Language::Ru, Form::One) => format!($one),
                ($crate::text::Language::Ru, Form::Few) => format!($few),
                ($crate::text::Language::Ru, Form::Many) => format!($many),
                ($crate::text::Language::En, Form::One) => format!($single),
                ($crate::text::Language::En, _) => format!($several),
            }
        }
    };
    ($($name:ident $(($($argument:ident),+))? : $($ru:literal)|+ / $($en:literal)|+ ;)*) => {
        $(texts!(@ $name [$($($argument)+)?] [$($ru)+] [$($en)+]);)*
    };
}

// After the macro: modules below use it.
pub mod access;
pub mod assessment;
pub mod forms;
pub mod management;
pub mod observation;
pub mod operation;
pub mod papers;
pub mod procedures;
pub mod public;
pub mod registry;
pub mod results;
pub mod schools;

pub mod chart;
pub mod common;
pub mod home;
pub mod matrix;
pub mod shell;
