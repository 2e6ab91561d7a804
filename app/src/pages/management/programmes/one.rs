//! A programme with its roadmap: filters, the scale, the list, the board, and what is open in a draft.

use std::collections::HashSet;

use api::id::{HeadingId, LineId, ProgrammeId};
use api::live::LiveChange;
use api::management::programme::{Line, Programme, ProgrammeState};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::draft::DraftPanel;
use super::edit::AddLine;
use super::effect::Effects;
use super::lists::{Board, List};
use super::scale::ScaleTable;
use super::years;
use crate::client::{Failure, use_client};
use crate::components::{Following, Glyph, Icon};
use crate::language::{say, use_language};
use crate::live::use_live;
use crate::model::roadmap::{Filter, executors, is_of, school_year};
use crate::shell::{replacing, set_title};
use crate::text::management::programmes as words;
use crate::text::{Language, number};

/// How the lines are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// On a scale of a school year.
    #[default]
    Scale,
    /// By date.
    List,
    /// By executor.
    Board,
}

impl Shape {
    const ALL: [Shape; 3] = [Shape::Scale, Shape::List, Shape::Board];

    fn name(self) -> &'static str {
        match self {
            Shape::Scale => "scale",
            Shape::List => "list",
            Shape::Board => "board",
        }
    }

    fn words(self) -> fn(Language) -> &'static str {
        match self {
            Shape::Scale => words::view_scale,
            Shape::List => words::view_list,
            Shape::Board => words::view_board,
        }
    }
}

/// What the parts of the page share. What somebody unfolds, chooses and types stays while the roadmap follows the news.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The programme as the server last said.
    pub programme: Signal<Programme>,
    /// Told of a change of one's own.
    pub changed: Callback<()>,
    /// The opened line.
    pub open: RwSignal<Option<LineId>>,
    /// Blocks that are folded.
    pub folded: RwSignal<HashSet<Option<HeadingId>>>,
    /// The school year of the scale.
    pub year: RwSignal<i32>,
    /// Which lines are shown.
    pub filter: RwSignal<Filter>,
    /// Whose lines are shown; blank: everybody's.
    pub executor: RwSignal<String>,
    /// How they are shown.
    pub shape: RwSignal<Shape>,
}

impl Sheet {
    /// Is this line shown?
    pub fn shows(self, line: &Line) -> bool {
        let filter = self.filter.get();
        let of_filter = self
            .programme
            .with(|programme| filter.shows(line, &programme.today));
        of_filter && self.executor.with(|executor| is_of(line, executor))
    }

    /// A line as the server last said; none once it was taken out.
    pub fn line(self, id: LineId) -> Memo<Option<Line>> {
        Memo::new(move |_| {
            self.programme
                .with(|one| one.lines.iter().find(|line| line.id == id).cloned())
        })
    }

    /// Lines that are shown.
    pub fn lines(self) -> Vec<Line> {
        let lines = self.programme.with(|programme| programme.lines.clone());
        lines.into_iter().filter(|line| self.shows(line)).collect()
    }

    fn address(self) -> String {
        let mut path = api::work::programme(self.programme.with(|programme| programme.id));
        let mut join = '?';
        let mut add = |name: &str, value: &str| {
            path.push(join);
            path.push_str(&format!("{name}={}", js_sys::encode_uri_component(value)));
            join = '&';
        };
        if self.filter.get() != Filter::All {
            add("show", self.filter.get().name());
        }
        if !self.executor.with(String::is_empty) {
            add("by", &self.executor.get());
        }
        if self.shape.get() != Shape::Scale {
            add("view", self.shape.get().name());
        }
        if let Some(line) = self.open.get() {
            add("line", &line.to_string());
        }
        path
    }
}

/// The page.
#[component]
pub fn ProgrammePage() -> impl IntoView {
    set_title(words::roadmap);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|all| all.get("programme")?.parse::<ProgrammeId>().ok())
    });
    let client = use_client();
    let live = use_live();
    let programme = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<Programme>(&api::paths::programme(id)).await
        }
    });
    live.hear(
        move |change| matches!(change, LiveChange::Programme { programme } if Some(*programme) == asked.get_untracked()),
        move || programme.refetch(),
    );
    view! {
        <main class="page wide" id="main">
            <Following
                resource=programme
                key=|programme: &Programme| programme.id
                view=move |found| {
                    view! { <Whole found=found changed=Callback::new(move |()| programme.refetch()) /> }
                }
            />
        </main>
    }
}

#[component]
fn Whole(found: Signal<Programme>, changed: Callback<()>) -> impl IntoView {
    let query = use_query_map();
    let asked = |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    let view_name = asked("view");
    let sheet = Sheet {
        programme: found,
        changed,
        open: RwSignal::new(asked("line").parse().ok()),
        folded: RwSignal::new(HashSet::new()),
        year: RwSignal::new(first_year(&found.get_untracked())),
        filter: RwSignal::new(Filter::of_name(&asked("show"))),
        executor: RwSignal::new(asked("by")),
        shape: RwSignal::new(
            Shape::ALL
                .into_iter()
                .find(|shape| shape.name() == view_name)
                .unwrap_or_default(),
        ),
    };
    keep_address(sheet);
    let is_draft = Memo::new(move |_| found.with(|one| one.state == ProgrammeState::Draft));
    let may_update = Memo::new(move |_| found.with(|one| one.may.update));
    view! {
        <Head sheet=sheet />
        <Show when=move || is_draft.get()>
            <DraftPanel sheet=sheet />
        </Show>
        <Filters sheet=sheet />
        {move || match sheet.shape.get() {
            Shape::Scale => view! { <ScaleTable sheet=sheet /> }.into_any(),
            Shape::List => view! { <List sheet=sheet /> }.into_any(),
            Shape::Board => view! { <Board sheet=sheet /> }.into_any(),
        }}
        <Show when=move || may_update.get()>
            <AddLine sheet=sheet />
        </Show>
        <Show when=move || !is_draft.get()>
            <Effects sheet=sheet />
        </Show>
    }
}

/// The school year of today, or the nearest one of the programme.
fn first_year(programme: &Programme) -> i32 {
    school_year(&programme.today).clamp(
        school_year(&programme.first_day),
        school_year(&programme.last_day),
    )
}

/// What is chosen stands in the address, so that a link and Back show the same.
fn keep_address(sheet: Sheet) {
    let navigate = StoredValue::new_local(use_navigate());
    Effect::new(move |before: Option<String>| {
        let address = sheet.address();
        if before.is_some_and(|before| before != address) {
            let options = NavigateOptions {
                scroll: false,
                ..replacing()
            };
            navigate.with_value(|go| go(&address, options));
        }
        address
    });
}

#[component]
fn Head(sheet: Sheet) -> impl IntoView {
    let language = use_language();
    let programme = sheet.programme;
    let id = programme.with_untracked(|one| one.id);
    let facts = move || {
        let language = language.get();
        programme.with(|one| {
            let lines = u64::try_from(one.lines.len()).unwrap_or_default();
            let mut facts = vec![
                years(&one.first_day, &one.last_day),
                words::line_count(language, lines),
            ];
            if let Some(order) = &one.order {
                let day = number::date(language, &order.day);
                facts.push(words::order(language, &order.number, day));
            } else {
                facts.push(words::programme_state(language, one.state).to_owned());
            }
            if let Some(source) = &one.source {
                facts.push(words::source(language, source));
            }
            facts.join(" · ")
        })
    };
    view! {
        <p class="small">
            <a href=api::work::PROGRAMMES>{say(words::to_all)}</a>
        </p>
        <div class="page-head">
            <div>
                <h1>{move || programme.with(|one| one.title.clone())}</h1>
                <p class="muted num">{facts}</p>
            </div>
            <div class="actions">
                <div class="segmented" role="group" aria-label=say(words::show_as)>
                    {Shape::ALL
                        .map(|shape| {
                            view! {
                                <button
                                    type="button"
                                    aria-pressed=move || (sheet.shape.get() == shape).to_string()
                                    on:click=move |_| sheet.shape.set(shape)
                                >
                                    {say(shape.words())}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
                <a class="button" href=api::paths::of_programme(id, "roadmap.xlsx") rel="external" download="">
                    <Icon glyph=Glyph::Download />
                    {say(words::download)}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Filters(sheet: Sheet) -> impl IntoView {
    let counts = Memo::new(move |_| {
        sheet.programme.with(|one| {
            Filter::EVERY.map(|filter| {
                let shown = one
                    .lines
                    .iter()
                    .filter(|line| filter.shows(line, &one.today));
                shown.count()
            })
        })
    });
    let names = Memo::new(move |_| sheet.programme.with(|one| executors(&one.lines)));
    let chip = move |(place, filter): (usize, Filter)| {
        let name = filter_words(filter);
        // A filter that would show nothing is left out, unless it is the one in force.
        let is_there = move || {
            filter == Filter::All || counts.get()[place] > 0 || sheet.filter.get() == filter
        };
        view! {
            <Show when=is_there>
                <button
                    type="button"
                    class="chip num"
                    aria-pressed=move || (sheet.filter.get() == filter).to_string()
                    on:click=move |_| sheet.filter.set(filter)
                >
                    {say(name)}
                    " "
                    {move || counts.get()[place]}
                </button>
            </Show>
        }
    };
    view! {
        <div class="roadmap-filters">
            <div class="chips" role="group" aria-label=say(words::filters)>
                {Filter::EVERY.into_iter().enumerate().map(chip).collect_view()}
            </div>
            <select
                class="input roadmap-who"
                aria-label=say(words::executor)
                on:change:target=move |event| sheet.executor.set(event.target().value())
            >
                <option value="" selected=move || sheet.executor.with(String::is_empty)>
                    {say(words::all_executors)}
                </option>
                {move || {
                    names
                        .get()
                        .into_iter()
                        .map(|name| {
                            let (own, value) = (name.clone(), name.clone());
                            view! {
                                <option
                                    value=value
                                    selected=move || sheet.executor.with(|chosen| *chosen == own)
                                >
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </div>
    }
}

fn filter_words(filter: Filter) -> fn(Language) -> &'static str {
    match filter {
        Filter::All => words::filter_all,
        Filter::Overdue => words::filter_overdue,
        Filter::Month => words::filter_month,
        Filter::Undated => words::filter_undated,
        Filter::Paper => words::filter_paper,
        Filter::Questions => words::filter_questions,
    }
}
