//! Who was offered a part and has not answered: reminded all at once.

use api::access::permission::Permission;
use api::observation::staffing::{OpenRequest, RemindRequests};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Glyph, Icon, today, use_toasts};
use crate::device;
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::text::number;
use crate::text::observation::staffing;
use crate::text::procedures::events as words;

/// Offers without an answer, with the button that reminds; nothing where nobody is awaited.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let toasts = use_toasts();
    let language = use_language();
    let may_remind = Memo::new(move |_| session.may(Permission::StaffingUpdate));
    let open = RwSignal::new(Vec::<OpenRequest>::new());
    if session.may(Permission::StaffingRead) {
        leptos::task::spawn_local(async move {
            // Without the list the events are still there.
            if let Ok(list) = client
                .get::<Vec<OpenRequest>>(api::paths::OPEN_REQUESTS)
                .await
            {
                let _ = open.try_set(list);
            }
        });
    }
    let doing = Doing::new();
    let remind = move |_| {
        let requests = open.with_untracked(|open| open.iter().map(|one| one.id).collect());
        let body = RemindRequests { requests };
        doing.run(
            async move {
                client
                    .post::<Vec<OpenRequest>>(api::paths::REQUEST_REMINDERS, &body)
                    .await
            },
            move |list| {
                toasts.say(words::reminded(language.get_untracked()));
                open.set(list);
            },
        );
    };
    move || {
        let list = open.get();
        let count = list.len() as u64;
        (count > 0).then(|| {
            view! {
                <section class="card stack tight">
                    <div class="page-head">
                        <h2>{say(move |l| words::waiting(l, count))}</h2>
                        {may_remind
                            .get()
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button"
                                        disabled=move || doing.busy.get()
                                        on:click=remind
                                    >
                                        <Icon glyph=Glyph::Clock />
                                        {say(move |l| words::remind(l, count))}
                                    </button>
                                }
                            })}
                    </div>
                    <DoingFailure doing=doing />
                    <ul class="plain-list num">
                        {list.into_iter().map(|one| view! { <Line one=one /> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Line(one: OpenRequest) -> impl IntoView {
    let (date, start, role) = (one.date, one.start, one.role);
    let reminded = one.reminded_ms;
    view! {
        <li>
            {say(move |l| format!("{}, {start}", number::near_day(l, &date, &today())))}
            " · "
            <a href=api::work::event(one.event)>{one.organisation_name}</a>
            " · "
            {one.person_name}
            ", "
            {say(move |l| staffing::part(l, role))}
            {reminded
                .map(|at_ms| {
                    view! {
                        " · "
                        <span class="muted">
                            {say(move |l| words::reminded_at(l, device::date_time(l, at_ms)))}
                        </span>
                    }
                })}
        </li>
    }
}
