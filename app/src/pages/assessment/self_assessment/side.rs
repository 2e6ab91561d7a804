//! Beside the domain: last time, what the data say, evidence, the rule, and that this is no rating.

mod beside;

use leptos::prelude::*;

use crate::components::evidence::{CoverageLine, EvidencePort, coverage, whole_coverage};
use crate::filling::Filling;
use crate::filling::steps::Step;
use crate::language::{say, use_language};
use crate::text::assessment::self_assessment as words;
use crate::text::{Language, number};

/// The panel beside the domain.
#[component]
pub fn Side(filling: Filling) -> impl IntoView {
    let language = use_language();
    let section = Memo::new(move |_| match filling.step.get() {
        Step::Section(path) => filling
            .overview
            .with(|overview| overview.section(&path).cloned()),
        Step::Review => None,
    });
    let form = filling.form();
    let rules = move || {
        let code = match language.get() {
            Language::Ru => "ru",
            Language::En => "en",
        };
        let notes = form.scoring.iter().flat_map(|scoring| &scoring.notes);
        notes
            .map(|note| form.text(note, code).to_owned())
            .collect::<Vec<_>>()
    };
    let evidence = use_context::<EvidencePort>();
    let unconfirmed = Memo::new(move |_| {
        section.with(|one| {
            let coverage = one.as_ref().map(|one| coverage(one, evidence));
            coverage.map_or(0, |coverage| coverage.needed - coverage.confirmed)
        })
    });
    view! {
        <aside class="side">
            <beside::Beside filling=filling />
            {move || section.get().map(|section| view! { <LastTime filling=filling section=section.path /> })}
            <Show when=move || section.with(Option::is_some)>
                <section>
                    <h2>{say(words::needs_title)}</h2>
                    <p class="muted num">
                        {say(move |language| match unconfirmed.get() {
                            0 => words::needs_none(language).to_owned(),
                            count => words::needs(language, u64::from(count)),
                        })}
                    </p>
                </section>
            </Show>
            {evidence.map(|evidence| view! {
                <section>
                    <h2>{say(crate::text::assessment::evidence::title)}</h2>
                    <CoverageLine coverage=Signal::derive(move || {
                        filling.overview.with(|overview| whole_coverage(overview, Some(evidence)))
                    }) />
                </section>
            })}
            <section>
                <h2>{say(words::rule_title)}</h2>
                {move || {
                    rules()
                        .into_iter()
                        .map(|rule| view! { <p class="muted sentence">{rule} "."</p> })
                        .collect_view()
                }}
            </section>
            <section>
                <h2>{say(words::not_rating)}</h2>
                <p class="muted">{say(words::not_rating_text)}</p>
            </section>
        </aside>
    }
}

/// The same domain in the last campaign.
#[component]
fn LastTime(filling: Filling, section: String) -> impl IntoView {
    let language = use_language();
    let last = move || {
        filling.about.with(|about| {
            let previous = about.previous.as_ref()?;
            let found = previous.sections.iter().find(|one| one.section == section);
            Some(found.cloned())
        })
    };
    move || {
        last().map(|found| {
            let text = found
                .and_then(|found| {
                    let score = number::percent(language.get(), found.score?, 0);
                    let level = found.level?.in_language(language.get()).to_owned();
                    Some(words::last_level(language.get(), level, score))
                })
                .unwrap_or_else(|| words::last_none(language.get()).to_owned());
            view! {
                <section>
                    <h2>{say(words::last_time)}</h2>
                    <p class="muted num">{text}</p>
                </section>
            }
        })
    }
}
