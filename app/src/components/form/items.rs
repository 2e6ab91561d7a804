//! What a section holds, drawn in order: cards of questions, groups, repeats.

use std::sync::Arc;

use forms::form::CompanionRole;
use leptos::prelude::*;

use super::card::Card;
use super::port::{Port, Question, use_port};
use super::window::{Row, Windowed};
use crate::components::{Glyph, Icon};
use crate::filling::overview::{GroupView, Item, RepeatView};
use crate::filling::view::QuestionView;
use crate::language::say;
use crate::text::forms::form as words;

/// A question shown under another, and what for.
pub type Companion = (CompanionRole, Arc<QuestionView>);

/// A place in a section: what decides whether a widget is kept or drawn anew.
#[derive(Clone, PartialEq)]
enum Place {
    /// Path and words of a question.
    Card(String, String),
    /// Path and number of questions of a group.
    Group(String, usize),
    /// Path and number of questions of a repeat.
    Repeat(String, usize),
}

impl Row for Place {
    fn key(&self) -> String {
        match self {
            Place::Card(path, label) => format!("{path}:{label}"),
            Place::Group(path, _) => format!("{path}/"),
            Place::Repeat(path, _) => format!("{path}//"),
        }
    }

    fn weight(&self) -> usize {
        match self {
            Place::Card(..) => 1,
            Place::Group(_, weight) | Place::Repeat(_, weight) => *weight + 1,
        }
    }

    fn holds(&self, sought: &str) -> bool {
        match self {
            // A companion stands in the card of its question, whose name it does not carry.
            Place::Card(path, _) => path == sought,
            Place::Group(path, _) | Place::Repeat(path, _) => sought
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.starts_with(['/', '['])),
        }
    }
}

/// Everything a section holds now.
#[component]
pub fn SectionItems(
    /// Path of the section.
    path: String,
) -> impl IntoView {
    let port = use_port();
    let items = Memo::new(move |_| {
        port.layout.track();
        port.overview.with_untracked(|overview| {
            overview
                .section(&path)
                .map(|section| section.items.clone())
                .unwrap_or_default()
        })
    });
    view! { <Items items=items /> }
}

#[component]
fn Items(items: Memo<Vec<Item>>) -> impl IntoView {
    let places = Memo::new(move |_| items.with(|items| places(items)));
    view! { <Windowed rows=places draw=move |place: Place| draw(place, items) /> }
}

/// Companions are drawn inside the card of their question.
fn places(items: &[Item]) -> Vec<Place> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Question(view) if view.kind.is_hidden() => None,
            Item::Question(view) if view.rules.companion.is_some() => None,
            Item::Question(view) => Some(Place::Card(view.path.clone(), view.label.clone())),
            Item::Group(group) => Some(Place::Group(group.path.clone(), item.questions())),
            Item::Repeat(repeat) => Some(Place::Repeat(repeat.path.clone(), item.questions())),
        })
        .collect()
}

fn draw(place: Place, items: Memo<Vec<Item>>) -> AnyView {
    match place {
        Place::Card(path, _) => {
            let port = use_port();
            let Some(view) = port.view.run(path) else {
                return ().into_any();
            };
            let question = Question::new(port, view);
            let companions = companions_of(question, items);
            view! { <Card question=question companions=companions /> }.into_any()
        }
        Place::Group(path, _) => {
            let group = Memo::new(move |_| {
                items.with(|items| {
                    items.iter().find_map(|item| match item {
                        Item::Group(group) if group.path == path => Some(group.clone()),
                        _ => None,
                    })
                })
            });
            view! { <GroupItems group=group /> }.into_any()
        }
        Place::Repeat(path, _) => {
            let repeat = Memo::new(move |_| {
                items.with(|items| {
                    items.iter().find_map(|item| match item {
                        Item::Repeat(repeat) if repeat.path == path => Some(repeat.clone()),
                        _ => None,
                    })
                })
            });
            view! { <RepeatItems repeat=repeat /> }.into_any()
        }
    }
}

/// Companions by path alone: their answers are followed where they are drawn.
fn companions_of(question: Question, items: Memo<Vec<Item>>) -> Memo<Vec<Companion>> {
    let name = question.first.with_value(|view| view.name.clone());
    Memo::new_with_compare(
        move |_| {
            items.with(|items| {
                items
                    .iter()
                    .filter_map(|item| {
                        let Item::Question(view) = item else {
                            return None;
                        };
                        let (of, role) = view.rules.companion.as_ref()?;
                        (*of == name).then(|| (*role, view.clone()))
                    })
                    .collect::<Vec<Companion>>()
            })
        },
        |before, now| {
            let paths = |all: Option<&Vec<Companion>>| {
                all.map(|all| {
                    all.iter()
                        .map(|(role, view)| (role.word(), view.path.clone()))
                        .collect::<Vec<_>>()
                })
            };
            paths(before) != paths(now)
        },
    )
}

/// A group under its heading; one without words only holds its questions together.
#[component]
fn GroupItems(group: Memo<Option<GroupView>>) -> AnyView {
    let first = group.get_untracked().unwrap_or_default();
    let items = Memo::new(move |_| group.get().map(|group| group.items).unwrap_or_default());
    if first.label.is_empty() {
        return view! { <Items items=items /> }.into_any();
    }
    let label = move || group.with(|group| group.as_ref().map(|group| group.label.clone()));
    let hint = move || group.with(|group| group.as_ref().map(|group| group.hint.clone()));
    view! {
        <fieldset class="form-group">
            <legend>{label}</legend>
            <p class="muted">{hint}</p>
            <Items items=items />
        </fieldset>
    }
    .into_any()
}

/// An instance of a repeat as a place.
#[derive(Clone, PartialEq)]
struct InstancePlace {
    path: String,
    weight: usize,
}

impl Row for InstancePlace {
    fn key(&self) -> String {
        self.path.clone()
    }

    fn weight(&self) -> usize {
        self.weight
    }

    fn holds(&self, sought: &str) -> bool {
        sought
            .strip_prefix(self.path.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
    }
}

/// A repeat: its instances, and the way to one more.
#[component]
fn RepeatItems(repeat: Memo<Option<RepeatView>>) -> impl IntoView {
    let port = use_port();
    let path = move || repeat.with(|repeat| repeat.as_ref().map(|r| r.path.clone()));
    let label = Memo::new(move |_| {
        repeat.with(|repeat| repeat.as_ref().map(|r| r.label.clone()).unwrap_or_default())
    });
    let is_open =
        Memo::new(move |_| repeat.with(|repeat| repeat.as_ref().is_some_and(|r| r.is_open)));
    let instances = Memo::new(move |_| {
        repeat.with(|repeat| {
            repeat
                .iter()
                .flat_map(|repeat| &repeat.instances)
                .map(|instance| InstancePlace {
                    path: instance.path.clone(),
                    weight: instance.items.iter().map(Item::questions).sum::<usize>() + 1,
                })
                .collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        if let Some(path) = path() {
            port.add.run(path);
        }
    };
    view! {
        <section class="form-repeat" aria-label=move || label.get()>
            <h2>{move || label.get()}</h2>
            <Windowed
                rows=instances
                draw=move |instance: InstancePlace| {
                    view! {
                        <RepeatInstance port=port repeat=repeat path=instance.path label=label />
                    }
                        .into_any()
                }
            />
            {move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="button large" on:click=add>
                                {say(words::repeat_add)}
                            </button>
                        }
                    })
            }}
        </section>
    }
}

#[component]
fn RepeatInstance(
    port: Port,
    repeat: Memo<Option<RepeatView>>,
    path: String,
    label: Memo<String>,
) -> impl IntoView {
    let stored = StoredValue::new(path);
    let place = Memo::new(move |_| {
        repeat.with(|repeat| {
            repeat
                .as_ref()
                .and_then(|repeat| {
                    stored.with_value(|path| {
                        repeat.instances.iter().position(|one| one.path == *path)
                    })
                })
                .unwrap_or_default()
                + 1
        })
    });
    let instance = Memo::new(move |_| {
        repeat.with(|repeat| {
            let instances = &repeat.as_ref()?.instances;
            stored.with_value(|path| instances.iter().find(|one| one.path == *path).cloned())
        })
    });
    let items = Memo::new(move |_| instance.get().map(|one| one.items).unwrap_or_default());
    let can_remove = Memo::new(move |_| {
        instance.with(|instance| instance.as_ref().is_some_and(|one| one.can_remove))
    });
    let title = say(move |language| words::repeat_title(language, label.get(), place.get()));
    view! {
        <fieldset class="form-instance">
            <legend>{title}</legend>
            <Items items=items />
            {move || {
                can_remove
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet"
                                on:click=move |_| port.remove.run(stored.get_value())
                            >
                                <Icon glyph=Glyph::Cross />
                                {say(move |l| words::repeat_remove(l, place.get()))}
                            </button>
                        }
                    })
            }}
        </fieldset>
    }
}
