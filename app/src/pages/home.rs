//! Home: own tasks with dates first, then the map in numbers, then news.

use api::access::permission::Permission;
use api::assessment::campaign::Campaign;
use api::assessment::expert::ExpertAssessment;
use api::forms::comment::Mention;
use api::live::LiveChange;
use api::management::case::Case;
use api::management::programme::ProgrammeTask;
use api::management::review::Review;
use api::management::support::Support;
use api::observation::staffing::OwnDeclarations;
use api::procedures::event::{Event, OwnAssignment};
use api::results::heat_map::{CellState, HeatMap};
use api::results::import::{Import, ImportState};
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::{Client, Failure, use_client};
use crate::components::due::due_words;
use crate::components::state_tag::state_class;
use crate::components::{Glyph, Icon, Loaded, today};
use crate::device;
use crate::filling::open::own_id;
use crate::language::{say, say_text, use_language};
use crate::live::use_live;
use crate::model::due::due;
use crate::model::heat_map::Tally;
use crate::model::map_address::MapAddress;
use crate::model::task::{self, CampaignReader, Group, Task, Urgency};
use crate::pages::operation::first_hour::FirstHourCard;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::{Language, common, home as words, number};

/// What there is to ask for.
#[derive(Clone, Copy)]
struct Asks {
    assignments: bool,
    offers: bool,
    campaigns: bool,
    reader: CampaignReader,
    is_school: bool,
    is_expert: bool,
    imports: bool,
    events: bool,
    open_days: bool,
    supports: bool,
    cases: bool,
    programmes: bool,
    reviews: bool,
}

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    set_title(words::title);
    let session = use_session();
    let client = use_client();
    let live = use_live();
    let asks = move || Asks {
        assignments: session.may(Permission::AssignmentRead),
        offers: session.may(Permission::DeclarationRead),
        campaigns: session.may(Permission::CampaignRead),
        reader: match (
            session.may(Permission::ApprovalCreate),
            !session.may_everywhere(Permission::CampaignRead),
        ) {
            (true, _) => CampaignReader::Head,
            (false, true) => CampaignReader::Team,
            (false, false) => CampaignReader::Municipality,
        },
        is_school: session.may(Permission::CommentRead),
        is_expert: session.may(Permission::InterestRead),
        imports: session.may(Permission::ImportCreate),
        events: session.may_everywhere(Permission::StaffingRead),
        open_days: session.may(Permission::EventChoose)
            && !session.may_everywhere(Permission::EventChoose),
        supports: session.may(Permission::SupportRead),
        reviews: session.may(Permission::ReviewAnswer) || session.may(Permission::ReviewUpdate),
        cases: session.may(Permission::CaseAnswer) || session.may(Permission::CaseResolve),
        programmes: session.may(Permission::ProgrammeReport),
    };
    let tasks = LocalResource::new(move || {
        client.epoch.track();
        let asks = asks();
        let person = own_id(session);
        async move { fetch_tasks(client, person, asks).await }
    });
    live.hear(
        |change| {
            matches!(
                change,
                LiveChange::Site { .. }
                    | LiveChange::Campaign { .. }
                    | LiveChange::Comment { .. }
                    | LiveChange::Agreement { .. }
                    | LiveChange::Support { .. }
                    | LiveChange::Case { .. }
                    | LiveChange::Programme { .. }
                    | LiveChange::Review { .. }
            )
        },
        move || tasks.refetch(),
    );
    let name = Memo::new(move |_| session.person().map(|person| person.name));
    let language = use_language();
    view! {
        <main class="page" id="main">
            <div>
                <h1>
                    {move || name.get().map(|name| words::greeting(language.get(), name))}
                </h1>
                <Roles />
            </div>
            <div class="home-columns">
                <section class="stack">
                    <FirstHourCard />
                    <h2>{say(words::tasks)}</h2>
                    <Loaded
                        resource=tasks
                        view=|tasks| view! { <Tasks tasks=tasks /> }
                    />
                </section>
                <div class="stack home-side">
                    {move || session.may(Permission::HeatMapRead).then(|| view! { <MapNumbers /> })}
                    {move || session.may(Permission::ImportRead).then(|| view! { <News /> })}
                </div>
            </div>
        </main>
    }
}

/// Roles and place of the signed-in person.
#[component]
fn Roles() -> impl IntoView {
    let session = use_session();
    let language = use_language();
    let line = move || {
        let language = language.get();
        let person = session.person()?;
        let role = person
            .grants
            .first()
            .map(|grant| common::role(language, grant.role))?;
        let place = match person.organisations.first() {
            Some(organisation) => organisation.name.clone(),
            None => person.municipality_name.in_language(language).to_owned(),
        };
        Some(format!("{role} · {place}"))
    };
    view! { <p class="muted first-capital">{line}</p> }
}

async fn fetch_tasks(client: Client, person: Uuid, asks: Asks) -> Result<Vec<Task>, Failure> {
    let mut tasks = Vec::new();
    if asks.assignments {
        // An observer's home opens without a network, too.
        let own: Vec<OwnAssignment> = client.get_kept(person, api::paths::ASSIGNMENTS).await?;
        tasks.extend(task::of_assignments(&own));
    }
    if asks.offers {
        // Without a network the assignments above are what counts.
        if let Ok(own) = client
            .get::<OwnDeclarations>(api::paths::DECLARATIONS)
            .await
        {
            tasks.extend(task::of_requests(&own));
        }
    }
    if asks.events {
        let events: Vec<Event> = client.get(api::paths::EVENTS).await?;
        tasks.extend(task::of_events(&events));
    }
    if asks.open_days {
        let events: Vec<Event> = client.get(api::paths::EVENTS).await?;
        tasks.extend(task::of_open_days(&events));
    }
    if asks.campaigns {
        let campaigns: Vec<Campaign> = client.get(api::paths::CAMPAIGNS).await?;
        tasks.extend(task::of_campaigns(&campaigns, asks.reader, &today()));
    }
    if asks.supports {
        let supports: Vec<Support> = client.get(api::paths::SUPPORTS).await?;
        tasks.extend(task::of_supports(&supports, asks.is_school));
    }
    if asks.is_school {
        let mentions: Vec<Mention> = client.get(api::paths::MENTIONS).await?;
        tasks.extend(task::of_mentions(&mentions));
    }
    if asks.is_expert {
        let own: Vec<ExpertAssessment> = client.get(api::paths::EXPERT_ASSESSMENTS).await?;
        tasks.extend(task::of_expert(&own));
    }
    if asks.imports {
        let imports: Vec<Import> = client.get(api::paths::IMPORTS).await?;
        tasks.extend(task::of_imports(&imports));
    }
    if asks.cases {
        let cases: Vec<Case> = client.get(api::paths::CASES).await?;
        tasks.extend(task::of_cases(&cases, asks.is_school));
    }
    if asks.programmes {
        let waiting: Vec<ProgrammeTask> = client.get(api::paths::PROGRAMME_TASKS).await?;
        tasks.extend(task::of_programmes(&waiting));
    }
    if asks.reviews {
        let reviews: Vec<Review> = client.get(api::paths::REVIEWS).await?;
        tasks.extend(task::of_reviews(&reviews));
    }
    Ok(tasks)
}

#[component]
fn Tasks(tasks: Vec<Task>) -> impl IntoView {
    let session = use_session();
    let language = use_language();
    if tasks.is_empty() {
        return view! {
            <div class="empty">
                <h2>{say(words::no_tasks_title)}</h2>
                <p>
                    {move || {
                        // Whoever only reads is promised nothing.
                        let has_tasks = session.may(Permission::SubmissionRead)
                            || session.may(Permission::ImportRead);
                        match (has_tasks, session.may(Permission::SystemRead)) {
                            (true, _) => words::no_tasks_text(language.get()),
                            (false, true) => words::no_tasks_administrator(language.get()),
                            (false, false) => words::no_tasks_reader(language.get()),
                        }
                    }}
                </p>
            </div>
        }
        .into_any();
    }
    let today = today();
    task::grouped(tasks, &today)
        .into_iter()
        .map(|(group, tasks)| {
            let count = tasks.len();
            let id = format!("tasks-{group:?}").to_lowercase();
            view! {
                <section class="task-group" class:late=group == Group::Late aria-labelledby=id.clone()>
                    <h3 id=id.clone()>
                        {(group == Group::Late).then(|| view! { <Icon glyph=Glyph::Alert /> })}
                        {say(group_name(group))}
                        " "
                        <span class="num">{count}</span>
                    </h3>
                    <ul class="tasks">
                        {tasks
                            .into_iter()
                            .map(|task| view! { <TaskRow task=task today=today.clone() /> })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn group_name(group: Group) -> fn(Language) -> &'static str {
    match group {
        Group::Now => words::group_now,
        Group::Late => words::group_late,
        Group::Today => words::group_today,
        Group::Week => words::group_week,
        Group::Later => words::group_later,
        Group::Undated => words::group_undated,
    }
}

/// A task: its day and how far that is, what, and why; the whole row leads there.
#[component]
fn TaskRow(task: Task, today: String) -> impl IntoView {
    let language = use_language();
    let class = match task.urgency {
        Urgency::Alert => "task alert",
        Urgency::Now => "task now",
        Urgency::Dated | Urgency::Waiting => "task",
    };
    let (date, time) = (task.date, task.time);
    let state = due(&date, &today);
    let day = move || {
        let language = language.get();
        match (date.is_empty(), time.is_empty()) {
            (true, _) => String::new(),
            (false, true) => number::near_day(language, &date, &today),
            (false, false) => words::at(language, number::near_day(language, &date, &today), &time),
        }
    };
    let far = move || state.and_then(|state| due_words(language.get(), state));
    view! {
        <li>
            <a class=class href=task.href>
                <span class="task-when small num">
                    <span>{day}</span>
                    {move || far().map(|far| view! { " " <span class="task-far">{far}</span> })}
                </span>
                <b>{say_text(task.title)}</b>
                <span class="small muted num">{say_text(task.detail)}</span>
                <Icon glyph=Glyph::ChevronRight />
            </a>
        </li>
    }
}

/// The newest map in numbers; each leads to the map with its state highlighted.
#[component]
fn MapNumbers() -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let map = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<HeatMap>(api::paths::HEAT_MAP).await }
    });
    live.hear(
        |change| matches!(change, LiveChange::Run { progress, .. } if *progress >= 1.0),
        move || map.refetch(),
    );
    view! {
        <section class="card stack">
            <h2>{say(words::map_title)}</h2>
            <Loaded
                resource=map
                view=|map: HeatMap| {
                    let tally = Tally::of(map.rows.iter().map(|row| row.cells.as_slice()));
                    let (procedure, year) = (map.procedure, map.year);
                    let line = |state: CellState, text: fn(Language, u64) -> String| {
                        let count = u64::from(tally.count(state));
                        let address = MapAddress {
                            only: Some(state),
                            ..MapAddress::default()
                        };
                        view! {
                            <li>
                                <a class="number-line num" href=address.path()>
                                    <span
                                        class=format!("swatch {}", state_class(state))
                                        aria-hidden="true"
                                    ></span>
                                    {say(move |language| text(language, count))}
                                </a>
                            </li>
                        }
                    };
                    view! {
                        <p class="small muted num">
                            {say(move |language| {
                                format!("{}, {year}", common::procedure(language, procedure))
                            })}
                        </p>
                        <ul class="stack tight">
                            {line(CellState::Signs, words::map_signs)}
                            {line(CellState::Attention, words::map_attention)}
                            {line(CellState::Calm, words::map_calm)}
                            {line(CellState::Insufficient, words::map_few)}
                        </ul>
                    }
                }
            />
            <p class="small muted">{say(words::map_note)}</p>
            <p>
                <a class="button primary" href=api::work::MAP>
                    <Icon glyph=Glyph::Map />
                    {say(words::map_open)}
                </a>
            </p>
        </section>
    }
}

/// What happened lately.
#[component]
fn News() -> impl IntoView {
    /// More would be an archive.
    const SHOWN: usize = 5;
    let client = use_client();
    let imports = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Vec<Import>>(api::paths::IMPORTS).await }
    });
    view! {
        <section class="stack tight">
            <h2>{say(words::news)}</h2>
            <Loaded
                resource=imports
                view=|imports| {
                    let news: Vec<_> = imports
                        .into_iter()
                        .filter(|import| import.state != ImportState::Checked)
                        .take(SHOWN)
                        .map(|import| {
                            let at_ms = import.at_ms;
                            let href = api::work::import(import.id);
                            view! {
                                <li>
                                    <a class="news-line" href=href>
                                        {say(move |language| news_sentence(language, &import))}
                                    </a>
                                    <span class="tiny faint num">
                                        {say(move |language| device::date_time(language, at_ms))}
                                    </span>
                                </li>
                            }
                        })
                        .collect();
                    if news.is_empty() {
                        view! { <p class="small muted">{say(words::no_news)}</p> }.into_any()
                    } else {
                        view! { <ul class="news">{news}</ul> }.into_any()
                    }
                }
            />
        </section>
    }
}

fn news_sentence(language: Language, import: &Import) -> String {
    match import.state {
        ImportState::Undone => words::news_undone(language, &import.file_name),
        ImportState::Checked | ImportState::Confirmed => words::news_import(
            language,
            &import.file_name,
            common::rows(language, u64::from(import.row_count)),
        ),
    }
}
