//! «Кто что может»: the table of roles and permissions, as the server holds it.

use api::access::permission::{Permission, PermissionHolders};
use api::access::session::Role;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Glyph, Icon, Loaded, TableFrame};
use crate::language::{label, say};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::access::permissions as words;
use crate::text::common;

/// Which role may do what, and what of it the reader may.
#[component]
pub fn PermissionsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let holders = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<PermissionHolders>>(api::paths::PERMISSIONS)
    });
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Loaded resource=holders view=|holders| view! { <Matrix holders=holders /> } />
        </main>
    }
}

#[component]
fn Matrix(holders: Vec<PermissionHolders>) -> impl IntoView {
    let session = use_session();
    let own_only = RwSignal::new(false);
    let mut roles: Vec<Role> = holders.iter().flat_map(|one| one.roles.clone()).collect();
    roles.sort_unstable();
    roles.dedup();
    let width = (roles.len() + 2).to_string();
    let heads = roles
        .iter()
        .map(|role| {
            let role = *role;
            view! {
                <th scope="col" class="first-capital">
                    {say(move |language| common::role(language, role))}
                </th>
            }
        })
        .collect_view();
    let rows = Signal::derive(move || {
        let is_shown = |permission: &Permission| !own_only.get() || session.may(*permission);
        words::GROUPS
            .into_iter()
            .map(|(name, all)| {
                (
                    name,
                    all.iter().copied().filter(is_shown).collect::<Vec<_>>(),
                )
            })
            .filter(|(_, shown)| !shown.is_empty())
            .collect::<Vec<_>>()
    });
    let label = label(words::title);
    view! {
        <label class="chip">
            <input type="checkbox" on:change:target=move |event| own_only.set(event.target().checked()) />
            {say(words::own_only)}
        </label>
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::what)}</th>
                        <th scope="col">{say(words::own)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        rows.get()
                            .into_iter()
                            .map(|(name, shown)| {
                                let lines: Vec<_> = shown
                                    .into_iter()
                                    .map(|permission| line(permission, &roles, &holders))
                                    .collect();
                                view! {
                                    <tr class="group">
                                        <th colspan=width.clone() scope="rowgroup">{say(name)}</th>
                                    </tr>
                                    {lines}
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </TableFrame>
    }
}

/// One permission: what it allows, whether the reader has it, and who does.
fn line(
    permission: Permission,
    roles: &[Role],
    holders: &[PermissionHolders],
) -> impl IntoView + use<> {
    let session = use_session();
    let own = match (session.may_everywhere(permission), session.may(permission)) {
        (true, _) => Some(words::own_everywhere as fn(_) -> _),
        (false, true) => Some(words::own_somewhere as fn(_) -> _),
        (false, false) => None,
    };
    let held = holders
        .iter()
        .find(|one| one.permission == permission.as_str());
    let cells: Vec<_> = roles
        .iter()
        .map(|role| {
            let has = held.is_some_and(|held| held.roles.contains(role));
            view! {
                <td>
                    {if has {
                        view! {
                            <Icon glyph=Glyph::Check />
                            <span class="hidden-visually">{say(words::yes)}</span>
                        }
                            .into_any()
                    } else {
                        view! { <span class="hidden-visually">{say(words::no)}</span> }.into_any()
                    }}
                </td>
            }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">{say(words::permission(permission))}</th>
            <td class="small">{own.map(say)}</td>
            {cells}
        </tr>
    }
}
