//! The register of schools, and one school.

mod changes;
mod context;
mod dynamics;
mod overview;
pub mod overview_changes;
pub mod overview_context;
mod profile;
mod school;

use api::access::permission::Permission;
use api::registry::organisation::Organisation;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Loaded, PageHead, TableFrame};
use crate::language::{label, say, use_language};
use crate::model::collate;
use crate::pages::registry::table_import::in_language;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::registry::{organisation, table_import};
use crate::text::schools::school as words;
use crate::text::{common, number};

pub use changes::SchoolChangesPage;
pub use context::{SchoolContextPage, share_text};
pub use profile::SchoolProfilePage;
pub use school::{OwnSchoolPage, SchoolPage};

/// The register.
#[component]
pub fn SchoolsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let language = use_language();
    let schools = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
                .await
        }
    });
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <div class="actions">
                    <a
                        class="button"
                        href=move || in_language(api::paths::ORGANISATIONS_FILE, language.get())
                        rel="external"
                        download
                    >
                        {say(table_import::export)}
                    </a>
                    <Show when=move || session.may_everywhere(Permission::OrganisationUpdate)>
                        <a class="button" href=api::work::SCHOOL_IMPORTS>
                            {say(table_import::from_table)}
                        </a>
                        <a class="button primary" href=api::work::NEW_SCHOOL>
                            {say(organisation::add)}
                        </a>
                    </Show>
                </div>
            </PageHead>
            <Loaded resource=schools view=|schools| view! { <Register schools=schools /> } />
        </main>
    }
}

#[component]
fn Register(schools: Vec<Organisation>) -> impl IntoView {
    let language = use_language();
    let wanted = RwSignal::new(String::new());
    let mut schools = schools;
    schools.sort_by(|left, right| {
        left.cluster
            .cmp(&right.cluster)
            .then_with(|| collate::compare(&left.short_name, &right.short_name))
    });
    let schools = StoredValue::new(schools);
    let found = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        schools.with_value(|schools| {
            schools
                .iter()
                .filter(|school| {
                    [&school.short_name, &school.settlement, &school.code]
                        .iter()
                        .any(|text| text.to_lowercase().contains(&wanted))
                })
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let label = label(words::title);
    view! {
        <div class="field search-field">
            <label for="school-search">{say(words::search)}</label>
            <div class="search">
                <input
                    class="input"
                    id="school-search"
                    type="search"
                    on:input:target=move |event| wanted.set(event.target().value())
                />
            </div>
        </div>
        <p class="small muted num" role="status">
            {move || {
                let (language, count) = (language.get(), found.with(Vec::len));
                if count == 0 {
                    words::none_found(language).to_owned()
                } else {
                    common::schools(language, count as u64)
                }
            }}
        </p>
        <Show when=move || found.with(|found| !found.is_empty())>
            <TableFrame label=label>
                <table class="table rows-link">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::name)}</th>
                            <th scope="col">{say(words::kind)}</th>
                            <th scope="col">{say(words::settlement)}</th>
                            <th scope="col" class="end">
                                {say(words::pupils)}
                            </th>
                            <th scope="col">{say(words::grades)}</th>
                            <th scope="col">{say(words::code)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows(found.get())}</tbody>
                </table>
            </TableFrame>
        </Show>
    }
}

fn rows(schools: Vec<Organisation>) -> impl IntoView {
    let mut cluster = None;
    schools
        .into_iter()
        .map(|school| {
            let heading = (cluster != Some(school.cluster)).then(|| {
                let shown = school.cluster;
                view! {
                    <tr class="group">
                        <th colspan="6" scope="rowgroup">
                            {say(move |language| common::cluster(language, shown))}
                        </th>
                    </tr>
                }
            });
            cluster = Some(school.cluster);
            let (kind, pupils) = (school.kind, u64::from(school.pupils));
            view! {
                {heading}
                <tr>
                    <th scope="row">
                        <a href=api::work::school(school.id)>{school.short_name}</a>
                    </th>
                    <td>{say(move |language| common::organisation_kind(language, kind))}</td>
                    <td>{school.settlement}</td>
                    <td class="end num">
                        {say(move |language| number::count(language, pupils))}
                    </td>
                    <td class="num nowrap">{grades(&school.grades)}</td>
                    <td class="num faint">{school.code}</td>
                </tr>
            }
        })
        .collect_view()
}

/// Grade levels as ranges: «1–9», «1–4, 10–11».
fn grades(grades: &[u8]) -> String {
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for grade in grades {
        match ranges.last_mut() {
            Some((_, last)) if grade.checked_sub(1) == Some(*last) => *last = *grade,
            _ => ranges.push((*grade, *grade)),
        }
    }
    ranges
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}
