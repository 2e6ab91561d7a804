//! The icon set: one weight, one grid, always beside a word or with a tooltip.

use leptos::prelude::*;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Something needs a look.
    Alert,
    /// Go back.
    ArrowLeft,
    /// Go on.
    ArrowRight,
    /// A date.
    Calendar,
    /// Done.
    Check,
    /// Not yet.
    Circle,
    /// Opens a list.
    ChevronDown,
    /// Leads deeper.
    ChevronRight,
    /// A time of day.
    Clock,
    /// Remove or close.
    Cross,
    /// On this device.
    Device,
    /// Bring to this device.
    Download,
    /// Hide what is typed.
    EyeOff,
    /// Show what is typed.
    Eye,
    /// A file.
    File,
    /// Marked.
    Flag,
    /// Help.
    Help,
    /// Information.
    Info,
    /// Language.
    Language,
    /// The map.
    Map,
    /// Left out.
    Minus,
    /// No network.
    Offline,
    /// Hold changes back.
    Pause,
    /// Call.
    Phone,
    /// Let changes through.
    Play,
    /// A list of points to check.
    List,
    /// Do again.
    Refresh,
    /// A school.
    School,
    /// Sign out.
    SignOut,
    /// Appearance.
    Sun,
    /// A table.
    Table,
    /// Take back.
    Undo,
    /// Bring to the server.
    Upload,
    /// A person.
    User,
}

impl Glyph {
    /// Outline on a grid of 24 × 24 for a stroke of 2.
    fn path(self) -> &'static str {
        match self {
            Glyph::Alert => "M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.2",
            Glyph::ArrowLeft => "M20 12H4m7-7-7 7 7 7",
            Glyph::ArrowRight => "M4 12h16m-7-7 7 7-7 7",
            Glyph::Calendar => "M4 6h16v14H4zM4 10.5h16M8.5 3v5M15.5 3v5",
            Glyph::Check => "m4.5 12.5 5 5 10-11",
            Glyph::Circle => "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z",
            Glyph::Device => "M6 3h12v18H6zM10.5 17.500h3",
            Glyph::Flag => "M6 21V4h11l-2.500 4 2.500 4H6",
            Glyph::Minus => "M6 12h12",
            Glyph::Phone => {
                "M6.500 3.500 9.500 4l1 4.500-2.300 1.700a12 12 0 0 0 5.600 5.600l1.700-2.300 4.500 1 .5 3c-.2 1.500-1.500 2.700-3 2.500C9.500 19 5 14.500 4 6.500c-.2-1.500 1-2.800 2.500-3Z"
            }
            Glyph::ChevronDown => "m6 9 6 6 6-6",
            Glyph::ChevronRight => "m9 6 6 6-6 6",
            Glyph::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5V12l3 2",
            Glyph::Cross => "M6 6l12 12M18 6 6 18",
            Glyph::Download => "M12 3v12m-5-5 5 5 5-5M4 20h16",
            Glyph::EyeOff => {
                "M4 4l16 16M9.9 6.3A9 9 0 0 1 12 6c5 0 8.5 4 9.5 6a14 14 0 0 1-2.7 3.500M6.5 8A13 13 0 0 0 2.5 12c1 2 4.5 6 9.5 6a9 9 0 0 0 4-1M10 10a2.9 2.9 0 0 0 4 4"
            }
            Glyph::Eye => {
                "M2.5 12c1-2 4.5-6 9.5-6s8.5 4 9.5 6c-1 2-4.5 6-9.5 6s-8.5-4-9.5-6ZM12 9.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600Z"
            }
            Glyph::File => "M6 3h8l4 4v14H6zM14 3v4h4",
            Glyph::Help => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9.3 9.500a2.8 2.8 0 1 1 4 2.500c-.9.5-1.3 1-1.3 2M12 17v.2"
            }
            Glyph::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.500M12 7.500v.2",
            Glyph::Language => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c-5 5.5-5 12.5 0 18 5-5.5 5-12.5 0-18Z"
            }
            Glyph::Map => {
                "M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM4 16h4v4H4zM10 16h4v4h-4zM16 16h4v4h-4z"
            }
            Glyph::Offline => {
                "M4 4l16 16M8.5 12.500a6 6 0 0 1 2.5-1.300M5 9a12 12 0 0 1 3.5-2.200M12.5 6A12 12 0 0 1 19 9M12 18v.2M9.5 15.300a4 4 0 0 1 4 0"
            }
            Glyph::Pause => "M8 5v14M16 5v14",
            Glyph::Play => "M7 4.500v15l12-7.500z",
            Glyph::List => {
                "m3.5 6 1.5 1.500L7.5 5M3.5 12.5 5 14l2.5-2.500M3.5 19 5 20.5 7.5 18M11 6.500h9.500M11 13h9.500M11 19.500h9.5"
            }
            Glyph::Refresh => "M20 12a8 8 0 1 1-2.5-5.800M20 3.500V8h-4.5",
            Glyph::School => "M12 3 3 8v2h18V8zM5 10v8M9.7 10v8M14.3 10v8M19 10v8M3 20.500h18",
            Glyph::SignOut => "M10 4H5v16h5M15 8l4 4-4 4M19 12H9.5",
            Glyph::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4"
            }
            Glyph::Table => "M3.5 5h17v14h-17zM3.5 10h17M9.5 5v14",
            Glyph::Undo => "M8.5 14 4 9.5 8.5 5M4 9.500h10a5.5 5.5 0 0 1 0 11H9",
            Glyph::Upload => "M12 16V4M7 9l5-5 5 5M4 20h16",
            Glyph::User => {
                "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.500c.7-4 3.5-6 7.5-6s6.8 2 7.5 6"
            }
        }
    }
}

/// An icon; decoration to screen readers, because a word stands beside it.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}

/// The mark of the product: a compass needle.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 22 22" aria-hidden="true" focusable="false">
            <circle cx="11" cy="11" r="9.5" />
            <path d="M11 4.5 13.2 11 11 17.5 8.8 11Z" />
        </svg>
    }
}
