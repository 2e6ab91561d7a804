//! SWOT sheet and risk profile of one school, each item with its measures of help.

use api::id::{OrganisationId, SwotItemId};
use api::schools::school_profile::{
    Measure, ProfileChange, PutProfile, Quadrant, QuadrantGuide, RiskFactor, RiskMark,
    SchoolProfile, SwotItem,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice, Glyph, Icon, Loaded, use_toasts};
use crate::language::{label, say, say_text, use_language};
use crate::shell::set_title;
use crate::text::schools::{context as context_words, profile as words};
use crate::text::{Language, common};

/// The sheet of the school in the address.
#[component]
pub fn SchoolProfilePage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let school = Memo::new(move |_| {
        let parameters = parameters.read();
        parameters
            .get("organisation")
            .and_then(|text| text.parse::<OrganisationId>().ok())
    });
    view! {
        <main class="page" id="main">
            {move || match school.get() {
                Some(id) => view! { <Whole id=id /> }.into_any(),
                None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
            }}
        </main>
    }
}

/// What is being edited.
#[derive(Clone, PartialEq)]
enum Editing {
    Item(SwotItem),
    Risk(Box<RiskFactor>),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Sheet {
    organisation: OrganisationId,
    year: i32,
    measures: StoredValue<Vec<Measure>>,
    may_change: bool,
    editing: RwSignal<Option<Editing>>,
    failure: RwSignal<Option<Failure>>,
    changed: Callback<()>,
}

impl Sheet {
    fn put(self, change: ProfileChange) {
        let client = use_client();
        let toasts = use_toasts();
        let language = use_language();
        self.failure.set(None);
        let put = PutProfile {
            operation: uuid::Uuid::now_v7(),
            year: self.year,
            change,
        };
        leptos::task::spawn_local(async move {
            let path = api::paths::school_profile(self.organisation);
            match client.put::<SchoolProfile>(&path, &put).await {
                Ok(_) => {
                    toasts.say(words::saved(language.get_untracked()));
                    self.editing.set(None);
                    self.changed.run(());
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    fn measure(self, id: &str) -> Option<Measure> {
        self.measures
            .with_value(|measures| measures.iter().find(|measure| measure.id == id).cloned())
    }
}

#[component]
fn Whole(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let year = RwSignal::new(None::<i32>);
    let profile = LocalResource::new(move || {
        client.epoch.track();
        let mut path = api::paths::school_profile(id);
        if let Some(year) = year.get() {
            path = format!("{path}?year={year}");
        }
        async move { client.get::<SchoolProfile>(&path).await }
    });
    let changed = Callback::new(move |()| profile.refetch());
    view! {
        <p>
            <a class="button quiet" href=api::work::school(id)>
                <Icon glyph=Glyph::ArrowLeft />
                {say(words::to_school)}
            </a>
        </p>
        <Loaded
            resource=profile
            view=move |profile| {
                view! { <Body profile=profile year=year changed=changed /> }
            }
        />
    }
}

#[component]
fn Body(
    profile: SchoolProfile,
    year: RwSignal<Option<i32>>,
    changed: Callback<()>,
) -> impl IntoView {
    let shown = profile.year;
    let sheet = Sheet {
        organisation: profile.organisation,
        year: shown,
        measures: StoredValue::new(profile.measures),
        may_change: profile.may_change,
        editing: RwSignal::new(None),
        failure: RwSignal::new(None),
        changed,
    };
    provide_context(sheet);
    let is_editing = RwSignal::new(false);
    Effect::new(move |_| is_editing.set(sheet.editing.with(Option::is_some)));
    Effect::new(move |_| {
        if !is_editing.get() && sheet.editing.with_untracked(Option::is_some) {
            sheet.editing.set(None);
        }
    });
    let items = profile.items;
    view! {
        <div>
            <h1>{say(words::title)}</h1>
            <p class="muted">{profile.organisation_name}</p>
            <p class="muted text">{say(words::lead)}</p>
        </div>
        <div class="chips" role="group" aria-label=say(context_words::years)>
            {profile
                .years
                .into_iter()
                .map(|one| {
                    view! {
                        <button
                            type="button"
                            class="chip num"
                            aria-pressed=(one == shown).to_string()
                            on:click=move |_| year.set(Some(one))
                        >
                            {one}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        <div class="profile-swot">
            {profile
                .quadrants
                .into_iter()
                .map(|guide| {
                    let own: Vec<SwotItem> = items
                        .iter()
                        .filter(|item| item.quadrant == guide.quadrant)
                        .cloned()
                        .collect();
                    view! { <QuadrantCard guide=guide items=own /> }
                })
                .collect_view()}
        </div>
        <section class="stack tight">
            <h2>{say(words::risks)}</h2>
            <p class="small muted text">{say_text(profile.priority_note)}</p>
            <ul class="profile-risks">
                {profile.risks.into_iter().map(|risk| view! { <Risk risk=risk /> }).collect_view()}
            </ul>
        </section>
        <Dialog open=is_editing title=label(words::title)>
            {move || match sheet.editing.get() {
                Some(Editing::Item(item)) => view! { <EditItem item=item /> }.into_any(),
                Some(Editing::Risk(risk)) => view! { <EditRisk risk=*risk /> }.into_any(),
                None => ().into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn QuadrantCard(guide: QuadrantGuide, items: Vec<SwotItem>) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let quadrant = guide.quadrant;
    let class = match quadrant {
        Quadrant::Strength => "card stack tight profile-strength",
        Quadrant::Weakness => "card stack tight profile-weakness",
        Quadrant::Opportunity => "card stack tight profile-opportunity",
        Quadrant::Threat => "card stack tight profile-threat",
    };
    let is_empty = items.is_empty();
    let is_full = items.len() >= guide.max_items as usize;
    let title = guide.title.clone();
    let blank = move |_| {
        sheet.editing.set(Some(Editing::Item(SwotItem {
            id: SwotItemId(uuid::Uuid::now_v7()),
            quadrant,
            text: String::new(),
            evidence: String::new(),
            importance: 2,
            measures: Vec::new(),
        })));
    };
    view! {
        <section class=class>
            <div>
                <h2>{say_text(guide.title)}</h2>
                <p class="small muted first-capital">{say_text(guide.help)}</p>
            </div>
            {is_empty.then(|| view! { <p class="muted">{say(words::empty)}</p> })}
            <ul class="profile-items">
                {items.into_iter().map(|item| view! { <Item item=item /> }).collect_view()}
            </ul>
            {(sheet.may_change && !is_full)
                .then(|| {
                    view! {
                        <p>
                            <button
                                type="button"
                                class="button"
                                aria-label=say(move |language| {
                                    words::add_to(language, title.in_language(language))
                                })
                                on:click=blank
                            >
                                {say(words::add)}
                            </button>
                        </p>
                    }
                })}
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::prompts)}
                </summary>
                <ul class="profile-prompts small muted">
                    {guide
                        .prompts
                        .into_iter()
                        .map(|prompt| view! { <li>{say_text(prompt)}</li> })
                        .collect_view()}
                </ul>
            </details>
        </section>
    }
}

fn importance(language: Language, importance: u8) -> &'static str {
    match importance {
        1 => words::importance_1(language),
        2 => words::importance_2(language),
        _ => words::importance_3(language),
    }
}

#[component]
fn Item(item: SwotItem) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let stored = StoredValue::new(item.clone());
    let (level, name, named) = (item.importance, item.text.clone(), item.text.clone());
    let id = item.id;
    view! {
        <li class="profile-item">
            <div class="stack tight">
                <p>
                    {item.text} " "
                    <span class="small muted">
                        {say(move |language| importance(language, level))}
                    </span>
                </p>
                {(!item.evidence.is_empty())
                    .then(|| view! { <p class="small muted">{item.evidence}</p> })}
                <Measures ids=item.measures />
            </div>
            {sheet
                .may_change
                .then(|| {
                    view! {
                        <div class="actions">
                            <button
                                type="button"
                                class="button quiet"
                                aria-label=say(move |language| words::edit_item(language, &name))
                                on:click=move |_| {
                                    sheet.editing.set(Some(Editing::Item(stored.get_value())));
                                }
                            >
                                {say(words::edit)}
                            </button>
                            <button
                                type="button"
                                class="button quiet icon-only"
                                aria-label=say(move |language| words::remove_item(language, &named))
                                on:click=move |_| sheet.put(ProfileChange::RemoveSwot { item: id })
                            >
                                <Icon glyph=Glyph::Cross />
                            </button>
                        </div>
                    }
                })}
        </li>
    }
}

/// Measures by name, help first.
#[component]
fn Measures(ids: Vec<String>) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let mut measures: Vec<Measure> = ids.iter().filter_map(|id| sheet.measure(id)).collect();
    measures.sort_by_key(|measure| measure.level);
    (!measures.is_empty()).then(|| {
        view! {
            <ul class="profile-measures small" aria-label=say(words::measures)>
                {measures
                    .into_iter()
                    .map(|measure| {
                        view! {
                            <li>
                                <Icon glyph=Glyph::ArrowRight />
                                <span>
                                    {say_text(measure.title)} " "
                                    <span class="muted">"("{say_text(measure.level_name)}")"</span>
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}

fn strength(language: Language, level: u8) -> &'static str {
    match level {
        0 => words::strength_0(language),
        1 => words::strength_1(language),
        2 => words::strength_2(language),
        _ => words::strength_3(language),
    }
}

fn who(language: Language, level: Option<u8>) -> &'static str {
    match level {
        Some(1) => words::who_1(language),
        Some(2) => words::who_2(language),
        Some(3) => words::who_3(language),
        _ => words::who_open(language),
    }
}

#[component]
fn Risk(risk: RiskFactor) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let stored = StoredValue::new(risk.clone());
    let mark = risk.mark.clone();
    let (significance, manageability) = mark.as_ref().map_or((None, None), |mark| {
        (Some(mark.significance), mark.manageability)
    });
    let note = mark.as_ref().map(|mark| mark.note.clone());
    let measures = mark.map(|mark| mark.measures).unwrap_or_default();
    let title = risk.title.clone();
    view! {
        <li class="profile-risk">
            <span
                class=format!("profile-bars profile-bars-{}", significance.unwrap_or(0))
                aria-hidden="true"
            >
                <i></i>
                <i></i>
                <i></i>
            </span>
            <div class="stack tight">
                <p>
                    <b>{say_text(risk.title)}</b>
                    {risk
                        .is_topic
                        .then(|| view! { " " <span class="tag">{say(words::topic)}</span> })}
                </p>
                <p class="small muted first-capital">{say_text(risk.sign)}</p>
                <p class="small">
                    {say(move |language| match significance {
                        None => words::not_marked(language).to_owned(),
                        Some(0) => words::strength_0(language).to_owned(),
                        Some(level) => {
                            format!(
                                "{} · {}",
                                strength(language, level),
                                who(language, manageability),
                            )
                        }
                    })}
                </p>
                {note
                    .filter(|note| !note.is_empty())
                    .map(|note| view! { <p class="small muted">{note}</p> })}
                <Measures ids=measures />
            </div>
            {sheet
                .may_change
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            aria-label=say(move |language| {
                                words::mark_of(language, title.in_language(language))
                            })
                            on:click=move |_| {
                                sheet
                                    .editing
                                    .set(Some(Editing::Risk(Box::new(stored.get_value()))));
                            }
                        >
                            {say(words::mark)}
                        </button>
                    }
                })}
        </li>
    }
}

/// Measures to tick, by level: help first.
#[component]
fn MeasureChoice(chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let measures = sheet.measures.get_value();
    let mut level = 0;
    let rows = measures
        .into_iter()
        .map(|measure| {
            let heading = (measure.level != level).then(|| {
                view! {
                    <p class="small muted first-capital">{say_text(measure.level_name.clone())}</p>
                }
            });
            level = measure.level;
            let (id, wanted) = (measure.id.clone(), measure.id);
            view! {
                {heading}
                <label class="profile-tick">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                        on:change=move |event| {
                            let is_on = event_target_checked(&event);
                            chosen
                                .update(|chosen| {
                                    chosen.retain(|other| *other != wanted);
                                    if is_on {
                                        chosen.push(wanted.clone());
                                    }
                                });
                        }
                    />
                    <span>{say_text(measure.title)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="profile-choice">
            <legend class="label">{say(words::measures)}</legend>
            {rows}
        </fieldset>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    view! {
        <div class="actions">
            <button type="submit" class="button primary">
                {say(common::save)}
            </button>
            <button type="button" class="button" on:click=move |_| sheet.editing.set(None)>
                {say(common::cancel)}
            </button>
        </div>
    }
}

#[component]
fn EditItem(item: SwotItem) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let text = RwSignal::new(item.text.clone());
    let evidence = RwSignal::new(item.evidence.clone());
    let level = RwSignal::new(item.importance);
    let measures = RwSignal::new(item.measures.clone());
    let (id, quadrant) = (item.id, item.quadrant);
    let put = Callback::new(move |()| {
        sheet.put(ProfileChange::Swot {
            item: SwotItem {
                id,
                quadrant,
                text: text.get_untracked().trim().to_owned(),
                evidence: evidence.get_untracked().trim().to_owned(),
                importance: level.get_untracked(),
                measures: measures.get_untracked(),
            },
        });
    });
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                put.run(());
            }
        >
            {move || sheet.failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <div class="field">
                <label for="swot-text">{say(words::text)}</label>
                <textarea
                    class="input"
                    id="swot-text"
                    rows="2"
                    required
                    maxlength="300"
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                ></textarea>
            </div>
            <div class="field">
                <label for="swot-evidence">{say(words::evidence)}</label>
                <input
                    class="input"
                    id="swot-evidence"
                    maxlength="300"
                    prop:value=move || evidence.get()
                    on:input:target=move |event| evidence.set(event.target().value())
                />
            </div>
            <Levels
                name="swot-importance"
                title=words::importance
                values=vec![1, 2, 3]
                word=importance
                chosen=level
            />
            <MeasureChoice chosen=measures />
            <Buttons />
        </form>
    }
}

/// A few levels as chips.
#[component]
fn Levels(
    name: &'static str,
    title: fn(Language) -> &'static str,
    values: Vec<u8>,
    word: fn(Language, u8) -> &'static str,
    chosen: RwSignal<u8>,
) -> impl IntoView {
    view! {
        <fieldset>
            <legend class="label">{say(title)}</legend>
            <div class="chips">
                {values
                    .into_iter()
                    .map(|value| {
                        view! {
                            <label class="chip">
                                <input
                                    type="radio"
                                    name=name
                                    prop:checked=move || chosen.get() == value
                                    on:change=move |_| chosen.set(value)
                                />
                                {say(move |language| word(language, value))}
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn EditRisk(risk: RiskFactor) -> impl IntoView {
    let sheet = expect_context::<Sheet>();
    let mark = risk.mark.clone();
    let level = RwSignal::new(mark.as_ref().map_or(0, |mark| mark.significance));
    let who_manages = RwSignal::new(
        mark.as_ref()
            .and_then(|mark| mark.manageability)
            .unwrap_or(0),
    );
    let note = RwSignal::new(
        mark.as_ref()
            .map_or_else(String::new, |mark| mark.note.clone()),
    );
    let measures = RwSignal::new(mark.map(|mark| mark.measures).unwrap_or_default());
    let factor = StoredValue::new(risk.id);
    let put = Callback::new(move |()| {
        let significance = level.get_untracked();
        let who = who_manages.get_untracked();
        sheet.put(ProfileChange::Risk {
            mark: RiskMark {
                factor: factor.get_value(),
                significance,
                manageability: (significance > 0 && who > 0).then_some(who),
                note: note.get_untracked().trim().to_owned(),
                measures: measures.get_untracked(),
            },
        });
    });
    let name_of_who = |language: Language, value: u8| who(language, Some(value));
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                put.run(());
            }
        >
            <p>
                <b>{say_text(risk.title)}</b>
            </p>
            <p class="small muted first-capital">{say_text(risk.sign)}</p>
            {move || sheet.failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <Levels
                name="risk-strength"
                title=words::strength
                values=vec![0, 1, 2, 3]
                word=strength
                chosen=level
            />
            <Show when=move || level.get() != 0>
                <Levels
                    name="risk-who"
                    title=words::who
                    values=vec![1, 2, 3]
                    word=name_of_who
                    chosen=who_manages
                />
                <div class="field">
                    <label for="risk-note">{say(words::note)}</label>
                    <textarea
                        class="input"
                        id="risk-note"
                        rows="2"
                        maxlength="4000"
                        prop:value=move || note.get()
                        on:input:target=move |event| note.set(event.target().value())
                    ></textarea>
                </div>
                <MeasureChoice chosen=measures />
            </Show>
            <Buttons />
        </form>
    }
}
