//! A campaign is announced, or changed before it begins: instrument, window, reminders, experts, schools.

use std::collections::BTreeSet;

use api::assessment::campaign::{Campaign, ExpertMode, MAX_REMINDERS, NewCampaign, PutCampaign};
use api::forms::form::FormLabel;
use api::id::{CampaignId, OrganisationId};
use api::registry::organisation::Organisation;
use api::text::Text;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;

use crate::client::{Failure, use_client};
use crate::components::{Choices, FailureNotice, Glyph, Icon, Loaded, use_toasts};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::Language;
use crate::text::assessment::campaign as words;

/// What the page needs.
#[derive(Clone, PartialEq)]
struct Needed {
    campaign: Option<Campaign>,
    forms: Vec<FormLabel>,
    schools: Vec<Organisation>,
}

/// A new campaign, or one that has not begun.
#[component]
pub fn CampaignEditPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("campaign")
            .and_then(|text| text.parse::<CampaignId>().ok())
    });
    let client = use_client();
    let title = move |language: Language| match id.get_untracked() {
        Some(_) => words::edit_title(language),
        None => words::new_title(language),
    };
    set_title(title);
    let needed = LocalResource::new(move || {
        let id = id.get();
        client.epoch.track();
        async move {
            let campaign = match id {
                Some(id) => Some(client.get::<Campaign>(&api::paths::campaign(id)).await?),
                None => None,
            };
            let mut forms: Vec<FormLabel> = client.get(api::paths::FORMS).await?;
            // What a school fills in about itself; sheets and matrices have other ways.
            forms.retain(|form| matches!(form.purpose.as_str(), "self_assessment" | "context"));
            Ok::<_, Failure>(Needed {
                campaign,
                forms,
                schools: client.get(api::paths::ORGANISATIONS).await?,
            })
        }
    });
    view! {
        <main class="page narrow" id="main">
            <h1>{say(title)}</h1>
            <Loaded resource=needed view=move |needed| view! { <Edit needed=needed /> } />
        </main>
    }
}

/// The fields while they are edited.
#[derive(Clone, Copy)]
struct Fields {
    form: RwSignal<String>,
    ru: RwSignal<String>,
    en: RwSignal<String>,
    opens: RwSignal<String>,
    closes: RwSignal<String>,
    expert: RwSignal<ExpertMode>,
    reminders: RwSignal<Vec<String>>,
    schools: RwSignal<BTreeSet<OrganisationId>>,
}

impl Fields {
    fn put(self) -> PutCampaign {
        let form = self.form.get_untracked();
        let (id, version) = form.split_once(' ').unwrap_or((form.as_str(), ""));
        let mut reminders = self.reminders.get_untracked();
        reminders.retain(|date| !date.is_empty());
        reminders.sort();
        PutCampaign {
            title: Text::new(self.ru.get_untracked(), self.en.get_untracked()),
            form: [id.to_owned(), version.to_owned()],
            opens: self.opens.get_untracked(),
            closes: self.closes.get_untracked(),
            expert: self.expert.get_untracked(),
            reminders,
            schools: self.schools.get_untracked().into_iter().collect(),
        }
    }
}

/// The instrument a school assesses itself by; it is offered first.
const OWN_FORM: &str = "school_objectivity_self";

#[component]
fn Edit(needed: Needed) -> impl IntoView {
    let language = use_language();
    let client = use_client();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let Needed {
        campaign,
        forms,
        schools,
    } = needed;
    let key = |[id, version]: &[String; 2]| format!("{id} {version}");
    let first = forms
        .iter()
        .find(|form| form.id == OWN_FORM)
        .or(forms.first())
        .map(|form| format!("{} {}", form.id, form.version))
        .unwrap_or_default();
    let known = campaign.as_ref();
    let today = device::iso_date(device::now_ms());
    let in_month = device::iso_date(device::now_ms() + 30 * 24 * 3_600_000);
    let fields = Fields {
        form: RwSignal::new(known.map_or(first, |one| key(&one.form))),
        ru: RwSignal::new(known.map(|one| one.title.ru.clone()).unwrap_or_default()),
        en: RwSignal::new(known.map(|one| one.title.en.clone()).unwrap_or_default()),
        opens: RwSignal::new(known.map_or(today, |one| one.opens.clone())),
        closes: RwSignal::new(known.map_or(in_month, |one| one.closes.clone())),
        expert: RwSignal::new(known.map_or(ExpertMode::Blind, |one| one.plan.expert)),
        reminders: RwSignal::new(
            known
                .map(|one| one.plan.reminders.clone())
                .unwrap_or_default(),
        ),
        schools: RwSignal::new(match known {
            Some(one) => one
                .schools
                .iter()
                .map(|school| school.organisation)
                .collect(),
            None => schools.iter().map(|school| school.id).collect(),
        }),
    };
    let id = known.map(|one| one.id);
    // One id until it is stored: pressing twice is one campaign.
    let new_id = CampaignId(Uuid::now_v7());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        failure.set(None);
        let put = fields.put();
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let answer: Result<Campaign, Failure> = match id {
                Some(id) => client.put(&api::paths::campaign(id), &put).await,
                None => {
                    let new = NewCampaign {
                        id: new_id,
                        campaign: put,
                    };
                    client.post(api::paths::CAMPAIGNS, &new).await
                }
            };
            match answer {
                Ok(campaign) => {
                    toasts.say(words::saved(language.get_untracked()));
                    navigate(&api::work::campaign(campaign.id), whole_path());
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="stack campaign-edit" on:submit=save>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <div class="field">
                <label for="campaign-form">{say(words::form)}</label>
                <select
                    class="input"
                    id="campaign-form"
                    on:change=move |event| fields.form.set(event_target_value(&event))
                >
                    {forms
                        .into_iter()
                        .map(|form| {
                            let value = format!("{} {}", form.id, form.version);
                            let chosen = value.clone();
                            let version = form.version.clone();
                            view! {
                                <option
                                    value=value
                                    selected=move || fields.form.get() == chosen
                                >
                                    {say_text(form.title)}
                                    ", "
                                    {version}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <TextField id="campaign-ru" label=words::name_ru value=fields.ru />
            <TextField id="campaign-en" label=words::name_en value=fields.en />
            <div class="campaign-dates">
                <DateField id="campaign-opens" label=words::opens value=fields.opens />
                <DateField id="campaign-closes" label=words::closes value=fields.closes />
            </div>
            <ExpertChoice value=fields.expert />
            <Reminders value=fields.reminders />
            <Schools chosen=fields.schools schools=schools />
            <div class="actions">
                <button type="submit" class="button primary large" disabled=move || busy.get()>
                    {move || match id {
                        Some(_) => words::save(language.get()),
                        None => words::announce(language.get()),
                    }}
                </button>
                <a class="button large" href=id.map_or(api::work::CAMPAIGNS.to_owned(), api::work::campaign)>
                    {say(words::cancel)}
                </a>
            </div>
        </form>
    }
}

#[component]
fn TextField(
    id: &'static str,
    label: fn(Language) -> &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{say(label)}</label>
            <input
                class="input"
                id=id
                required=true
                maxlength="300"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

#[component]
fn DateField(
    id: &'static str,
    label: fn(Language) -> &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{say(label)}</label>
            <input
                class="input"
                type="date"
                id=id
                required=true
                prop:value=move || value.get()
                on:change=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

#[component]
fn ExpertChoice(value: RwSignal<ExpertMode>) -> impl IntoView {
    let modes: [(ExpertMode, crate::text::Wording); 3] = [
        (ExpertMode::Blind, words::experts_blind),
        (ExpertMode::Open, words::experts_open),
        (ExpertMode::None, words::experts_none),
    ];
    view! {
        <Choices
            name="campaign-expert"
            title=words::experts
            options=modes.to_vec()
            value=value
        />
    }
}

#[component]
fn Reminders(value: RwSignal<Vec<String>>) -> impl IntoView {
    let count = Memo::new(move |_| value.with(Vec::len));
    view! {
        <fieldset class="field">
            <legend class="field-label">{say(words::reminders)}</legend>
            <p class="hint small muted">{say(words::reminders_hint)}</p>
            <For each=move || 0..count.get() key=|place| *place let(place)>
                <div class="campaign-reminder">
                    <input
                        class="input"
                        type="date"
                        aria-label=say(move |l| words::reminder(l, place + 1))
                        prop:value=move || {
                            value.with(|all| all.get(place).cloned().unwrap_or_default())
                        }
                        on:change=move |event| {
                            let date = event_target_value(&event);
                            value
                                .update(|all| {
                                    if let Some(own) = all.get_mut(place) {
                                        *own = date;
                                    }
                                });
                        }
                    />
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label=say(move |l| words::reminder_remove(l, place + 1))
                        on:click=move |_| {
                            value
                                .update(|all| {
                                    if place < all.len() {
                                        all.remove(place);
                                    }
                                });
                        }
                    >
                        <Icon glyph=Glyph::Cross />
                    </button>
                </div>
            </For>
            <Show when=move || count.get() < MAX_REMINDERS>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| value.update(|all| all.push(String::new()))
                >
                    <Icon glyph=Glyph::Calendar />
                    {say(words::reminder_add)}
                </button>
            </Show>
        </fieldset>
    }
}

#[component]
fn Schools(
    chosen: RwSignal<BTreeSet<OrganisationId>>,
    schools: Vec<Organisation>,
) -> impl IntoView {
    let all: BTreeSet<OrganisationId> = schools.iter().map(|school| school.id).collect();
    let total = all.len();
    view! {
        <fieldset class="field">
            <legend class="field-label">{say(words::schools)}</legend>
            <p class="small muted num">
                {say(move |l| words::schools_chosen(l, chosen.with(BTreeSet::len), total))}
            </p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| chosen.set(all.clone())>
                    {say(words::schools_all)}
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| chosen.set(BTreeSet::new())
                >
                    {say(words::schools_none)}
                </button>
            </div>
            <div class="campaign-schools">
                {schools
                    .into_iter()
                    .map(|school| {
                        let id = school.id;
                        view! {
                            <label class="choice">
                                <input
                                    type="checkbox"
                                    prop:checked=move || chosen.with(|all| all.contains(&id))
                                    on:change=move |_| {
                                        chosen
                                            .update(|all| {
                                                if !all.remove(&id) {
                                                    all.insert(id);
                                                }
                                            })
                                    }
                                />
                                <span>{school.short_name}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}
