//! The audit log, for administrators.

use api::access::audit::AuditEntry;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{EmptyState, Loaded, TableFrame};
use crate::device;
use crate::language::{label, say};
use crate::shell::set_title;
use crate::text::access::audit as words;

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let entries = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Vec<AuditEntry>>(api::paths::AUDIT).await }
    });
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            <Loaded resource=entries view=|entries| view! { <Entries entries=entries /> } />
        </main>
    }
}

#[component]
fn Entries(entries: Vec<AuditEntry>) -> impl IntoView {
    if entries.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            />
        }
        .into_any();
    }
    let label = label(words::title);
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="end">
                            {say(words::number)}
                        </th>
                        <th scope="col">{say(words::at)}</th>
                        <th scope="col">{say(words::who)}</th>
                        <th scope="col">{say(words::action)}</th>
                        <th scope="col">{say(words::object)}</th>
                        <th scope="col">{say(words::details)}</th>
                        <th scope="col">{say(words::hash)}</th>
                    </tr>
                </thead>
                <tbody>
                    {entries
                        .into_iter()
                        .map(|entry| view! { <EntryRow entry=entry /> })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn EntryRow(entry: AuditEntry) -> impl IntoView {
    let at_ms = entry.at_ms;
    let person = entry.person_name;
    let short_hash: String = entry.hash.chars().take(12).collect();
    let details = match &entry.details {
        serde_json::Value::Null => String::new(),
        serde_json::Value::Object(fields) if fields.is_empty() => String::new(),
        details => details.to_string(),
    };
    view! {
        <tr>
            <td class="end num">{entry.sequence}</td>
            <td class="num nowrap">
                {say(move |language| device::date_time(language, at_ms))}
            </td>
            <td>
                {say(move |language| match &person {
                    Some(name) => name.clone(),
                    None => words::system(language).to_owned(),
                })}
            </td>
            <td class="nowrap">{entry.action}</td>
            <td class="hash">{entry.object}</td>
            <td class="hash">{details}</td>
            <td class="hash" title=entry.hash>
                {short_hash}
            </td>
        </tr>
    }
}
