//! Contents: the domains with what is answered, the deadline, the way to the review.

use leptos::prelude::*;

use crate::components::{Bar, Glyph, Icon, today};
use crate::filling::Filling;
use crate::filling::overview::{Count, Overview, SectionOverview};
use crate::filling::steps::Step;
use crate::language::{say, use_language};
use crate::pages::forms::sheet::go::keep_in_sight;
use crate::text::assessment::self_assessment as words;
use crate::text::number;

#[derive(Clone, PartialEq)]
struct Entry {
    path: String,
    title: String,
    count: Count,
    unconfirmed: usize,
}

impl Entry {
    fn of(section: &SectionOverview) -> Self {
        Entry {
            path: section.path.clone(),
            title: section.title.clone(),
            count: section.count(),
            unconfirmed: section.unconfirmed(),
        }
    }
}

/// The contents.
#[component]
pub fn Contents(filling: Filling) -> impl IntoView {
    let language = use_language();
    let entries = Memo::new(move |_| {
        filling.overview.with(|overview| {
            overview
                .sections
                .iter()
                .map(|section| Entry::of(section))
                .collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| filling.overview.with(Overview::count));
    let share = Signal::derive(move || count.get().share());
    let title = move || {
        filling
            .about
            .with(|about| about.heading.title.in_language(language.get()).to_owned())
    };
    let until = move || {
        filling.about.with(|about| {
            words::until(
                language.get(),
                number::near_day(language.get(), &about.heading.date, &today()),
            )
        })
    };
    keep_in_sight(filling, ".contents-list [aria-current]");
    let is_review = move || (filling.step.get() == Step::Review).then_some("step");
    view! {
        <nav class="contents" aria-label=say(words::sections)>
            <div class="contents-head">
                <p class="small muted">{title}</p>
                <p class="small muted num">
                    {until} " · " {say(move |l| words::progress(l, count.get().answered, count.get().total))}
                </p>
                <Bar share=share />
            </div>
            <div class="contents-list">
                {move || {
                    entries
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, entry)| {
                            view! { <EntryButton filling=filling place=place + 1 entry=entry /> }
                        })
                        .collect_view()
                }}
                <button
                    type="button"
                    class="contents-row contents-review"
                    aria-current=is_review
                    on:click=move |_| filling.go(Step::Review)
                >
                    <span>{say(words::to_review)}</span>
                    <Icon glyph=Glyph::ArrowRight />
                </button>
            </div>
        </nav>
    }
}

#[component]
fn EntryButton(filling: Filling, place: usize, entry: Entry) -> impl IntoView {
    let path = StoredValue::new(entry.path);
    let is_current = move || {
        path.with_value(|path| filling.step.get() == Step::Section(path.clone()))
            .then_some("step")
    };
    let Count { answered, total } = entry.count;
    let title = entry.title.clone();
    let is_done = answered == total && entry.unconfirmed == 0;
    view! {
        <button
            type="button"
            class="contents-row"
            aria-current=is_current
            aria-label=say(move |l| words::section_progress(l, &title, answered, total))
            on:click=move |_| filling.go(Step::Section(path.get_value()))
        >
            <span>{format!("{place}. {}", entry.title)}</span>
            <span class="contents-count num" class:done=is_done>
                {is_done.then(|| view! { <Icon glyph=Glyph::Check /> })}
                {format!("{answered}/{total}")}
            </span>
        </button>
    }
}
