//! A school beside its expert: what differs, the talk about it, the level both accept, the protocol.

use api::assessment::agreement::{
    Agreement, AgreementEntry, AgreementKind, AgreementSide, AgreementStage, ItemAgreement,
    NewAgreementEntry,
};
use api::id::{CampaignId, OrganisationId};
use api::live::LiveChange;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::client::{Client, Failure, use_client};
use crate::components::{FailureNotice, Following, Glyph, Icon, TableFrame, Writing};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::live::use_live;
use crate::shell::set_title;
use crate::text::assessment::expert as words;
use crate::text::{Language, number};

/// A school beside its expert.
#[component]
pub fn AgreementPage() -> impl IntoView {
    let parameters = use_params_map();
    let ids = Memo::new(move |_| {
        let parameters = parameters.read();
        let campaign: CampaignId = parameters.get("campaign")?.parse().ok()?;
        let organisation: OrganisationId = parameters.get("organisation")?.parse().ok()?;
        Some((campaign, organisation))
    });
    let client = use_client();
    let live = use_live();
    set_title(words::agreement);
    let found = LocalResource::new(move || {
        let ids = ids.get();
        client.epoch.track();
        async move {
            let (campaign, organisation) = ids.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<Agreement>(&api::paths::agreement(campaign, organisation))
                .await
        }
    });
    live.hear(
        move |change| match change {
            LiveChange::Agreement {
                campaign,
                organisation,
            }
            | LiveChange::Campaign {
                campaign,
                organisation,
            } => ids.get_untracked() == Some((*campaign, *organisation)),
            _ => false,
        },
        move || found.refetch(),
    );
    let again = Callback::new(move |()| found.refetch());
    view! {
        <main class="page" id="main">
            <Following
                resource=found
                key=|found: &Agreement| (found.campaign, found.organisation)
                view=move |found| view! { <Body found=found again=again /> }
            />
        </main>
    }
}

/// The head and the sums, following the talk, and the items one by one, so that nobody's words vanish under a hand.
#[component]
fn Body(found: Signal<Agreement>, again: Callback<()>) -> impl IntoView {
    let (campaign, organisation) =
        found.with_untracked(|found| (found.campaign, found.organisation));
    let side = Memo::new(move |_| found.with(|found| found.side));
    let is_open = Memo::new(move |_| {
        found.with(|found| {
            matches!(
                found.stage,
                AgreementStage::Dialogue | AgreementStage::Agreed
            )
        })
    });
    let disputed = Memo::new(move |_| {
        found.with(|found| {
            let items = found.items.iter().filter(|item| item.disagrees);
            items.map(|item| item.item.clone()).collect::<Vec<_>>()
        })
    });
    let alike = Memo::new(move |_| {
        found.with(|found| {
            let items = found.items.iter().filter(|item| !item.disagrees);
            items.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        {move || view! { <Head found=found.get() /> }}
        <Show when=move || is_open.get()>
            {move || view! { <Summary found=found.get() /> }}
            <section class="stack">
                <h2>{say(words::disputed)}</h2>
                <Show when=move || disputed.with(Vec::is_empty)>
                    <p class="muted">{say(words::disputed_none)}</p>
                </Show>
                <For
                    each=move || disputed.get()
                    key=|item| item.clone()
                    children=move |name| {
                        let item = Memo::new(move |_| {
                            found
                                .with(|found| {
                                    found.items.iter().find(|item| item.item == name).cloned()
                                })
                        });
                        view! {
                            <Item
                                campaign=campaign
                                organisation=organisation
                                item=item
                                side=side
                                again=again
                            />
                        }
                    }
                />
            </section>
            {move || view! { <Alike items=alike.get() /> }}
        </Show>
    }
}

#[component]
fn Head(found: Agreement) -> impl IntoView {
    let language = use_language();
    let is_open = matches!(
        found.stage,
        AgreementStage::Dialogue | AgreementStage::Agreed
    );
    let stage: fn(Language) -> &'static str = match found.stage {
        AgreementStage::NoExpert => words::stage_no_expert,
        AgreementStage::WaitsForSchool => words::stage_waits_school,
        AgreementStage::WaitsForExpert => words::stage_waits_expert,
        AgreementStage::Dialogue => words::stage_dialogue,
        AgreementStage::Agreed => words::stage_agreed,
    };
    let (campaign, organisation) = (found.campaign, found.organisation);
    let file = move || {
        let tag = match language.get() {
            Language::Ru => "ru",
            Language::En => "en",
        };
        format!(
            "{}?language={tag}",
            api::paths::protocol(campaign, organisation)
        )
    };
    let title = found.title.clone();
    let class = if found.stage == AgreementStage::Agreed {
        "tag ok"
    } else {
        "tag warn"
    };
    view! {
        <div class="page-head">
            <div>
                <p class="small muted">{say_text(title)}</p>
                <h1>{found.organisation_name.clone()}</h1>
                <p>
                    <span class=class>{say(stage)}</span>
                    " "
                    {found
                        .expert_name
                        .clone()
                        .map(|name| {
                            view! {
                                <span class="muted small">
                                    {say(move |l| words::expert_is(l, &name))}
                                </span>
                            }
                        })}
                </p>
            </div>
            {is_open
                .then(|| {
                    view! {
                        <a class="button" href=file download="" rel="external">
                            <Icon glyph=Glyph::Download />
                            {say(words::protocol)}
                        </a>
                    }
                })}
        </div>
    }
}

#[component]
fn Summary(found: Agreement) -> impl IntoView {
    let compared: u32 = found.domains.iter().map(|domain| domain.items).sum();
    let language = use_language();
    let caption = label(words::domains);
    let shown = move |value: Option<f64>| {
        value.map_or_else(
            || "—".to_owned(),
            |value| number::percent(language.get(), value, 0),
        )
    };
    view! {
        <div class="agree-summary">
            <section class="stack tight">
                <h2>{say(words::domains)}</h2>
                <TableFrame label=caption>
                    <table class="table num">
                        <thead>
                            <tr>
                                <th scope="col">{say(words::domain)}</th>
                                <th scope="col" class="end">{say(words::school)}</th>
                                <th scope="col" class="end">{say(words::expert)}</th>
                                <th scope="col" class="end">{say(words::disagreements)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {found
                                .domains
                                .into_iter()
                                .map(|domain| {
                                    let (count, all) = (domain.disagreements, domain.items);
                                    view! {
                                        <tr>
                                            <th scope="row">{say_text(domain.title)}</th>
                                            <td class="end">{move || shown(domain.school)}</td>
                                            <td class="end">{move || shown(domain.expert)}</td>
                                            <td class="end">{say(move |l| words::of(l, count, all))}</td>
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </TableFrame>
            </section>
            {found
                .kappa
                .map(|kappa| {
                    // Of the same items as the disagreements, or the two lines would contradict each other.
                    let (equal, pairs) = (kappa.equal, compared);
                    view! {
                        <section class="card stack tight">
                            <p class="num">{say(move |l| words::summary(l, equal, pairs))}</p>
                        </section>
                    }
                })}
        </div>
    }
}

/// Number of an item as people say it: `SO-3.2` is 3.2.
fn number_of(item: &str) -> String {
    item.trim_start_matches(|character: char| !character.is_ascii_digit())
        .to_owned()
}

fn sentence(item: &ItemAgreement, value: f64, language: Language) -> String {
    item.levels
        .iter()
        .find(|level| (level.value - value).abs() < f64::EPSILON)
        .map_or_else(
            || value.to_string(),
            |level| level.sentence.in_language(language).to_owned(),
        )
}

/// How a change of the talk is sent.
#[derive(Clone, Copy)]
struct Talk {
    client: Client,
    campaign: CampaignId,
    organisation: OrganisationId,
    item: StoredValue<String>,
    failure: RwSignal<Option<Failure>>,
    again: Callback<()>,
}

impl Talk {
    /// A tap that says something.
    fn add(self, kind: AgreementKind, value: Option<f64>, status: Option<String>) {
        let new = NewAgreementEntry {
            id: Uuid::now_v7(),
            item: self.item.get_value(),
            kind,
            value,
            status,
            body: String::new(),
        };
        self.send(new, || {});
    }

    /// Sends an entry; `done` runs once the server has it.
    fn send(self, new: NewAgreementEntry, done: impl FnOnce() + 'static) {
        self.failure.set(None);
        leptos::task::spawn_local(async move {
            let path = api::paths::agreement(self.campaign, self.organisation);
            match self.client.post::<Agreement>(&path, &new).await {
                Ok(_) => {
                    done();
                    self.again.run(());
                }
                Err(refused) => {
                    let _ = self.failure.try_set(Some(refused));
                }
            }
        });
    }
}

#[component]
fn Item(
    campaign: CampaignId,
    organisation: OrganisationId,
    item: Memo<Option<ItemAgreement>>,
    side: Memo<Option<AgreementSide>>,
    again: Callback<()>,
) -> AnyView {
    let Some(first) = item.get_untracked() else {
        return ().into_any();
    };
    let talk = Talk {
        client: use_client(),
        campaign,
        organisation,
        item: StoredValue::new(first.item.clone()),
        failure: RwSignal::new(None),
        again,
    };
    let is_settled =
        move || item.with(|item| item.as_ref().is_some_and(|item| item.agreed.is_some()));
    view! {
        <article class="card agree-item" class:settled=is_settled>
            {move || item.get().map(|item| view! { <Said talk=talk item=item side=side.get() /> })}
            {move || side.get().is_some().then(|| view! { <Say talk=talk item=first.clone() /> })}
        </article>
    }
    .into_any()
}

/// What both said of an item so far, and what can be answered by a tap.
#[component]
fn Said(talk: Talk, item: ItemAgreement, side: Option<AgreementSide>) -> impl IntoView {
    let label = item.label.clone();
    let number = number_of(&item.item);
    let stored = StoredValue::new(item.clone());
    let level = move |language: Language, value: Option<f64>| match value {
        Some(value) => stored.with_value(|item| sentence(item, value, language)),
        None => words::side_none(language).to_owned(),
    };
    let (school, expert) = (item.school, item.expert);
    let is_unconfirmed = item
        .school_counted
        .is_some_and(|counted| item.school.is_some_and(|given| given > counted));
    let entries = item.entries.clone();
    view! {
            <h3>
                <span class="num">{number}</span>
                ". "
                {say_text(label)}
            </h3>
            {move || talk.failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <dl class="agree-sides">
                <div>
                    <dt>{say(words::side_school)}</dt>
                    <dd class="sentence">{say(move |l| level(l, school))}</dd>
                    {is_unconfirmed
                        .then(|| view! { <dd class="small muted">{say(words::without_evidence)}</dd> })}
                    {item
                        .evidence
                        .clone()
                        .map(|text| {
                            view! {
                                <dd class="small muted">{say(move |l| words::evidence(l, &text))}</dd>
                            }
                        })}
                </div>
                <div>
                    <dt>{say(words::side_expert)}</dt>
                    <dd class="sentence">{say(move |l| level(l, expert))}</dd>
                    {item
                        .expert_note
                        .clone()
                        .map(|text| view! { <dd class="small muted">{text}</dd> })}
                </div>
            </dl>
            <Verification talk=talk item=item.clone() side=side />
            {(!entries.is_empty()).then(|| view! { <Entries item=item.clone() /> })}
            <Outcome talk=talk item=item side=side />
    }
}

const STATUSES: [(&str, crate::text::Wording); 4] = [
    ("confirmed", words::verified_confirmed),
    ("partly", words::verified_partly),
    ("not_confirmed", words::verified_not),
    ("no_evidence", words::verified_no),
];

fn status_word(status: &str) -> fn(Language) -> &'static str {
    STATUSES
        .iter()
        .find(|(id, _)| *id == status)
        .map_or(words::side_none, |(_, word)| *word)
}

/// What the expert says of the evidence: buttons for the expert, a word for everybody else.
#[component]
fn Verification(talk: Talk, item: ItemAgreement, side: Option<AgreementSide>) -> impl IntoView {
    let current = item.verification.clone();
    if side != Some(AgreementSide::Expert) {
        return current
            .map(|status| {
                view! {
                    <p class="small">
                        {say(words::verification)} ": " <b>{say(status_word(&status))}</b>
                    </p>
                }
            })
            .into_any();
    }
    view! {
        <div class="chips" role="group" aria-label=say(words::verification)>
            <span class="small muted">{say(words::verification)}</span>
            {STATUSES
                .map(|(id, word)| {
                    let pressed = current.as_deref() == Some(id);
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=if pressed { "true" } else { "false" }
                            on:click=move |_| {
                                talk.add(
                                    AgreementKind::Verification,
                                    None,
                                    Some(id.to_owned()),
                                );
                            }
                        >
                            {say(word)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Entries(item: ItemAgreement) -> impl IntoView {
    let language = use_language();
    let stored = StoredValue::new(item.clone());
    view! {
        <ol class="team-entries">
            {item
                .entries
                .into_iter()
                .map(|entry| {
                    let AgreementEntry { kind, value, status, body, side, name, at_ms, .. } = entry;
                    let act = move |language: Language| {
                        let level = value
                            .map(|value| stored.with_value(|item| sentence(item, value, language)))
                            .unwrap_or_default();
                        match kind {
                            AgreementKind::Remark => String::new(),
                            AgreementKind::Proposal => words::entry_proposes(language, level),
                            AgreementKind::Acceptance => words::entry_accepts(language, level),
                            AgreementKind::Verification => {
                                let word = status_word(status.as_deref().unwrap_or_default());
                                words::entry_verifies(language, word(language))
                            }
                        }
                    };
                    let side: fn(Language) -> &'static str = match side {
                        AgreementSide::School => words::school,
                        AgreementSide::Expert => words::expert,
                    };
                    view! {
                        <li>
                            <p class="small muted num">
                                <b>{name}</b>
                                ", "
                                <span class="agree-side">{say(side)}</span>
                                " "
                                {move || device::date_time(language.get(), at_ms)}
                            </p>
                            <p>{say(act)}</p>
                            <p>{body}</p>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// What is agreed, and what is proposed and can be accepted.
#[component]
fn Outcome(talk: Talk, item: ItemAgreement, side: Option<AgreementSide>) -> impl IntoView {
    let stored = StoredValue::new(item.clone());
    let level = move |language: Language, value: f64| {
        stored.with_value(|item| sentence(item, value, language))
    };
    view! {
        {item
            .agreed
            .map(|value| {
                view! {
                    <p class="agree-done">
                        <Icon glyph=Glyph::Check />
                        {say(move |l| words::agreed(l, level(l, value)))}
                    </p>
                }
            })}
        {item
            .proposed
            .map(|(value, by)| {
                let can_accept = side.is_some_and(|own| own != by);
                view! {
                    <div class="agree-proposal">
                        <p>
                            {say(move |l| match by {
                                AgreementSide::School => words::proposed_school(l, level(l, value)),
                                AgreementSide::Expert => words::proposed_expert(l, level(l, value)),
                            })}
                        </p>
                        {can_accept
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button primary"
                                        on:click=move |_| {
                                            talk.add(AgreementKind::Acceptance, Some(value), None);
                                        }
                                    >
                                        <Icon glyph=Glyph::Check />
                                        {say(words::accept)}
                                    </button>
                                }
                            })}
                    </div>
                }
            })}
    }
}

/// Words, and a level with them when one is chosen.
#[component]
fn Say(talk: Talk, item: ItemAgreement) -> impl IntoView {
    let writing = Writing::new();
    let text = writing.text;
    let level = RwSignal::new(None::<f64>);
    let id = format!("agree-{}", item.item);
    let (field, label, hint, described) = (
        id.clone(),
        id.clone(),
        format!("{id}-hint"),
        format!("{id}-hint"),
    );
    let group = format!("{id}-level");
    let send = move |_| {
        let (id, words) = writing.send();
        let body = words.trim().to_owned();
        let value = level.get_untracked();
        let kind = match value {
            Some(_) => AgreementKind::Proposal,
            None if !body.is_empty() => AgreementKind::Remark,
            None => return,
        };
        let new = NewAgreementEntry {
            id,
            item: talk.item.get_value(),
            kind,
            value,
            status: None,
            body,
        };
        talk.send(new, move || {
            writing.taken();
            // A level chosen since then is not sent yet.
            let _ = level.try_update(|level| *level = level.filter(|level| Some(*level) != value));
        });
    };
    view! {
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::propose)}
            </summary>
            <div class="disclosure-body stack tight">
                <fieldset class="agree-levels">
                    <legend>{say(words::propose_level)}</legend>
                    {item
                        .levels
                        .into_iter()
                        .map(|choice| {
                            let value = choice.value;
                            view! {
                                <label class="choice">
                                    <input
                                        type="radio"
                                        name=group.clone()
                                        prop:checked=move || level.get() == Some(value)
                                        on:change=move |_| level.set(Some(value))
                                    />
                                    <span class="sentence">{say_text(choice.sentence)}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <div class="field">
                    <label for=label>{say(words::words)}</label>
                    <p class="hint small muted" id=hint>
                        {say(words::words_hint)}
                    </p>
                    <textarea
                        class="input"
                        id=field
                        rows="2"
                        maxlength="2000"
                        aria-describedby=described
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                </div>
                <button
                    type="button"
                    class="button"
                    disabled=move || {
                        level.get().is_none() && text.with(|text| text.trim().is_empty())
                    }
                    on:click=send
                >
                    {say(words::say_it)}
                </button>
            </div>
        </details>
    }
}

/// Items on which both agree, folded away.
#[component]
fn Alike(items: Vec<ItemAgreement>) -> impl IntoView {
    let language = use_language();
    (!items.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::alike)}
                    " "
                    <span class="num">{items.len()}</span>
                </summary>
                <ul class="disclosure-body team-entries">
                    {items
                        .into_iter()
                        .map(|item| {
                            let number = number_of(&item.item);
                            let label = item.label.clone();
                            let value = item.expert;
                            view! {
                                <li>
                                    <p>
                                        <span class="num">{number}</span>
                                        ". "
                                        {say_text(label)}
                                    </p>
                                    <p class="small muted sentence">
                                        {move || match value {
                                            Some(value) => sentence(&item, value, language.get()),
                                            None => words::side_none(language.get()).to_owned(),
                                        }}
                                    </p>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </details>
        }
    })
}
