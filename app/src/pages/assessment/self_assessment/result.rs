//! After handing over: profile, growth, and where to begin.

use api::access::permission::Permission;
use leptos::prelude::*;

use super::super::team::approval::{Approval, ApprovalPanel};
use super::profile::Profile;
use crate::components::evidence::{EvidencePort, with_evidence};
use crate::components::{Glyph, Icon};
use crate::device;
use crate::filling::Filling;
use crate::filling::advice::{Advice, advice};
use crate::filling::profile::{bands, movement, rows, unconfirmed};
use crate::language::{say, use_language};
use crate::pages::forms::sheet::go::show_heading;
use crate::session::use_session;
use crate::text::assessment::{self_assessment as words, team};
use crate::text::forms::form;
use crate::text::observation::checklist;

/// The page after handing over.
#[component]
pub fn ResultPage(filling: Filling, approval: Approval) -> impl IntoView {
    let session = use_session();
    let is_team = session.may(Permission::CommentRead);
    let language = use_language();
    show_heading();
    let about = filling.about;
    let port = use_context::<EvidencePort>();
    let bands = StoredValue::new(bands(&filling.form()));
    let when = move || {
        let at_ms = about.with(|about| about.submitted_ms)?;
        let time = device::date_time(language.get(), at_ms);
        Some(words::handed_over(language.get(), time))
    };
    let score = Memo::new(move |_| {
        about
            .with(|about| about.score.clone())
            .or_else(|| filling.score())
    });
    let shown = Memo::new(move |_| {
        let score = score.get()?;
        let previous = about.with(|about| about.previous.clone());
        let rows = bands.with_value(|bands| rows(&score, previous.as_ref(), bands));
        Some(
            filling
                .overview
                .with(|overview| with_evidence(rows, overview, port)),
        )
    });
    let open_levels = Memo::new(move |_| shown.with(|rows| rows.as_deref().map_or(0, unconfirmed)));
    let level = move || {
        let level = score.get()?.level?;
        let name = level.in_language(language.get()).to_owned();
        Some(words::overall(language.get(), name))
    };
    let doubt = move || {
        let count = u64::from(open_levels.get());
        (count > 0).then(|| words::overall_unconfirmed(language.get(), count))
    };
    let growth = move || {
        let rows = shown.get()?;
        let language = language.get();
        if rows.iter().all(|row| row.before.is_none()) {
            return Some(words::growth_none(language).to_owned());
        }
        let (grown, fallen) = movement(&rows);
        Some(words::growth(language, grown, fallen, rows.len()))
    };
    let found = Memo::new(move |_| filling.overview.with(advice));
    let link = move || api::work::submission(about.with(|about| about.id));
    let report = move || {
        let tag = device::language_tag(language.get());
        let path = about.with(|about| api::paths::report(about.id));
        format!("{path}?language={tag}")
    };
    let agreement = move || {
        about.with(|about| match about.subject {
            api::forms::submission::SubmissionSubject::Campaign {
                campaign,
                organisation,
            } => Some(api::work::agreement(campaign, organisation)),
            api::forms::submission::SubmissionSubject::Assignment { .. } => None,
        })
    };
    let campaign = move || {
        if !is_team {
            return api::work::EXPERT_ASSESSMENTS.to_owned();
        }
        about.with(|about| match about.subject {
            api::forms::submission::SubmissionSubject::Campaign { campaign, .. } => {
                api::work::campaign(campaign)
            }
            api::forms::submission::SubmissionSubject::Assignment { .. } => {
                api::work::CAMPAIGNS.to_owned()
            }
        })
    };
    view! {
        <main class="page narrow" id="main">
            <div>
                <p class="small muted num">
                    {move || about.with(|about| about.heading.organisation_name.clone())} " · " {when}
                </p>
                <h1 tabindex="-1">{say(words::result_title)}</h1>
                <p class="result-level">{level}</p>
                <p class="num">{doubt}</p>
                <p class="muted num">{growth}</p>
            </div>
            {is_team.then(|| view! { <ApprovalPanel approval=approval filling=filling unconfirmed=open_levels /> })}
            <section class="card stack">
                {move || {
                    shown.get().map(|rows| view! { <Profile rows=rows bands=bands.get_value() /> })
                }}
                <details class="disclosure">
                    <summary>
                        <Icon glyph=Glyph::ChevronRight />
                        {say(checklist::how_title)}
                    </summary>
                    <div class="disclosure-body">
                        <p>{say(words::how_text)}</p>
                        <Notes filling=filling />
                    </div>
                </details>
            </section>
            <section class="stack">
                <div>
                    <h2>{say(words::advice_title)}</h2>
                    <p class="muted">{say(words::advice_text)}</p>
                </div>
                {move || {
                    let found = found.get();
                    if found.is_empty() {
                        view! { <p>{say(words::advice_none)}</p> }.into_any()
                    } else {
                        view! {
                            <ol class="advice">
                                {found
                                    .into_iter()
                                    .map(|one| view! { <AdviceItem advice=one /> })
                                    .collect_view()}
                            </ol>
                        }
                            .into_any()
                    }
                }}
            </section>
            <p class="muted small">{say(words::not_rating_text)}</p>
            <div class="actions">
                <a class="button primary large" href=campaign>
                    {say(words::to_campaign)}
                </a>
                <a class="button large" href=link>
                    {say(words::look)}
                </a>
                <a class="button large" href=report download="" rel="external">
                    <Icon glyph=Glyph::Download />
                    {say(team::report)}
                </a>
                {move || {
                    agreement()
                        .filter(|_| is_team)
                        .map(|href| {
                            view! {
                                <a class="button large" href=href>
                                    {say(team::to_agreement)}
                                </a>
                            }
                        })
                }}
            </div>
        </main>
    }
}

/// Rules of the scale in the instrument's own words.
#[component]
fn Notes(filling: Filling) -> impl IntoView {
    let language = use_language();
    let form = filling.form();
    move || {
        let code = device::language_tag(language.get());
        form.scoring
            .iter()
            .flat_map(|scoring| &scoring.notes)
            .map(|note| view! { <p class="sentence">{form.text(note, code).to_owned()} "."</p> })
            .collect_view()
    }
}

#[component]
fn AdviceItem(advice: Advice) -> impl IntoView {
    view! {
        <li class="card advice-item">
            <p class="small muted advice-where">
                <span>{advice.section}</span>
                {advice.key_item.then(|| view! { <span class="key-tag">{say(form::key_item)}</span> })}
            </p>
            <h3>{advice.item}</h3>
            <dl>
                <dt>{say(words::advice_today)}</dt>
                <dd class="sentence">{advice.today}</dd>
                <dt>{say(words::advice_next)}</dt>
                <dd class="sentence advice-next">{advice.next}</dd>
            </dl>
        </li>
    }
}
