//! The header: sections a role works in, who is signed in, language and appearance.

use api::access::session::Role;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use super::sections::{Group, Section, sections};
use crate::client::use_client;
use crate::components::icon::Mark;
use crate::components::{Glyph, Icon};
use crate::device::{self, Theme};
use crate::filling::desk::use_desk;
use crate::language::{ChosenLanguage, say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::whole_path;
use crate::text::access::{people, permissions};
use crate::text::{Language, common, shell};

/// The header of every page.
#[component]
pub fn Header() -> impl IntoView {
    let session = use_session();
    let is_signed_in = Memo::new(move |_| session.person().is_some());
    let is_demo = Memo::new(move |_| session.is_demo());
    let location = use_location();
    let shown = Memo::new(move |_| sections(session));
    // The longest address wins where one page lies below another.
    let current = Memo::new(move |_| {
        let here = location.pathname.get();
        shown
            .get()
            .into_iter()
            .filter(|section| section.holds(&here))
            .max_by_key(|section| section.path.len())
    });
    view! {
        {move || is_demo.get().then(|| view! {
                <aside class="demo-line" aria-label=say(shell::demo_label)>
                    {say(shell::demo)}
                </aside>
            })}
        <header class="header">
            <a class="brand" href=api::work::HOME>
                <Mark />
                {say(common::product)}
            </a>
            {move || {
                is_signed_in.get().then(|| view! { <Navigation shown=shown current=current /> })
            }}
            <div class="header-end">
                <Account />
            </div>
        </header>
        {move || is_signed_in.get().then(|| view! { <GroupPages shown=shown current=current /> })}
    }
}

/// The groups; each leads to its first page.
#[component]
fn Navigation(shown: Memo<Vec<Section>>, current: Memo<Option<Section>>) -> impl IntoView {
    view! {
        <nav class="nav" aria-label=say(shell::navigation)>
            {move || {
                let shown = shown.get();
                Group::ALL
                    .into_iter()
                    .filter_map(|group| {
                        let first = *shown.iter().find(|section| section.group == group)?;
                        let is_here = move || {
                            current.get().is_some_and(|section| section.group == group)
                        };
                        Some(
                            view! {
                                <a
                                    href=first.path
                                    class:here=is_here
                                    aria-current=move || {
                                        (current.get() == Some(first)).then_some("page")
                                    }
                                >
                                    {say(group.name(first))}
                                </a>
                            },
                        )
                    })
                    .collect_view()
            }}
        </nav>
    }
}

/// The pages of the current group, when there are several; over a sheet that is filled in, the room is the sheet's.
#[component]
fn GroupPages(shown: Memo<Vec<Section>>, current: Memo<Option<Section>>) -> impl IntoView {
    let location = use_location();
    let pages = Memo::new(move |_| {
        let section = current.get()?;
        let here = location.pathname.get();
        if section.path == api::work::ASSIGNMENTS && here.starts_with(&format!("{}/", section.path))
        {
            return None;
        }
        let group = section.group;
        let pages: Vec<Section> = shown
            .get()
            .into_iter()
            .filter(|section| section.group == group)
            .collect();
        (pages.len() > 1).then_some((group, pages))
    });
    move || {
        pages.get().map(|(group, pages)| {
            let name = group.name(pages[0]);
            view! {
                <nav class="subnav" aria-label=say(name)>
                    {pages
                        .into_iter()
                        .map(|section| {
                            view! {
                                <a
                                    href=section.path
                                    aria-current=move || {
                                        (current.get() == Some(section)).then_some("page")
                                    }
                                >
                                    {say(section.name)}
                                </a>
                            }
                        })
                        .collect_view()}
                </nav>
            }
        })
    }
}

/// Who is signed in, language, appearance, sign-out.
#[component]
fn Account() -> impl IntoView {
    let session = use_session();
    let person = Memo::new(move |_| session.person());
    let language = use_language();
    let location = use_location();
    let menu = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    // A page change closes the menu.
    Effect::new(move |_| {
        location.pathname.track();
        close();
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <details class="account" node_ref=menu on:keydown=on_key>
            <summary>
                <Icon glyph=Glyph::User />
                <span class="account-name">
                    {move || match person.get() {
                        Some(person) => person.name,
                        None => shell::settings(language.get()).to_owned(),
                    }}
                    <span class="hidden-visually">{say(shell::account)}</span>
                </span>
                <Icon glyph=Glyph::ChevronDown />
            </summary>
            <div class="account-menu">
                {move || person.get().map(|person| view! { <PersonCard person=person /> })}
                <LanguageChoice />
                <ThemeChoice />
                {move || {
                    person
                        .get()
                        .map(|_| {
                            view! {
                                <p class="small">
                                    <a href=api::work::PROFILE>{say(people::profile_title)}</a>
                                </p>
                                <p class="small">
                                    <a href=api::work::PERMISSIONS>{say(permissions::title)}</a>
                                </p>
                            }
                        })
                }}
                <p class="small">
                    <a href="/" rel="external">
                        {say(shell::help)}
                    </a>
                </p>
                {move || person.get().map(|_| view! { <SignOut /> })}
            </div>
        </details>
    }
}

#[component]
fn PersonCard(person: api::access::session::SessionPerson) -> impl IntoView {
    let mut roles: Vec<Role> = person.grants.iter().map(|grant| grant.role).collect();
    roles.sort_unstable();
    roles.dedup();
    let places = person
        .organisations
        .iter()
        .map(|organisation| organisation.name.clone())
        .collect::<Vec<_>>()
        .join(", ");
    let municipality = person.municipality_name;
    view! {
        <div>
            <p class="label">{person.name}</p>
            <p class="small muted">
                {say(move |language| {
                    roles
                        .iter()
                        .map(|role| common::role(language, *role))
                        .collect::<Vec<_>>()
                        .join(", ")
                })}
            </p>
            <p class="small muted">
                {say(move |language| {
                    if places.is_empty() {
                        municipality.in_language(language).to_owned()
                    } else {
                        places.clone()
                    }
                })}
            </p>
        </div>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let ChosenLanguage(language) = expect_context::<ChosenLanguage>();
    let choice = move |value: Language, name: &'static str| {
        view! {
            <label class="chip" lang=device::language_tag(value)>
                <input
                    type="radio"
                    name="language"
                    prop:checked=move || language.get() == value
                    on:change=move |_| {
                        device::remember_language(value);
                        language.set(value);
                    }
                />
                {name}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{say(shell::language)}</legend>
            <div class="chips">
                {choice(Language::Ru, "Русский")} {choice(Language::En, "English")}
            </div>
        </fieldset>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(device::theme());
    let name = |theme: Theme| match theme {
        Theme::System => shell::theme_system,
        Theme::Light => shell::theme_light,
        Theme::Dark => shell::theme_dark,
        Theme::Contrast => shell::theme_contrast,
    };
    view! {
        <fieldset>
            <legend>{say(shell::theme)}</legend>
            <div class="chips">
                {Theme::ALL
                    .into_iter()
                    .map(|theme| {
                        view! {
                            <label class="chip">
                                <input
                                    type="radio"
                                    name="theme"
                                    prop:checked=move || chosen.get() == theme
                                    on:change=move |_| {
                                        device::apply_theme(theme);
                                        chosen.set(theme);
                                    }
                                />
                                {say(name(theme))}
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let live = use_live();
    let desk = use_desk();
    let navigate = use_navigate();
    let sign_out = move |_| {
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            desk.clear().await;
            live.close();
            session.sign_out();
            leptos::task::spawn_local(session.fetch(client));
            navigate(api::work::SIGN_IN, whole_path());
        });
    };
    view! {
        <button type="button" class="button" on:click=sign_out>
            <Icon glyph=Glyph::SignOut />
            {say(shell::sign_out)}
        </button>
    }
}
