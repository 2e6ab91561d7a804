//! Own tasks on the home page: what waits for a person, soonest first.

use api::campaign::{Campaign, CampaignProgress};
use api::comment::Mention;
use api::event::{Event, EventState, OwnAssignment};
use api::expert::ExpertAssessment;
use api::import::{Import, ImportState};
use api::support::{Executor, Step, Support, SupportState};
use api::text::{Language, Text};

use crate::text::{home as words, number, supports as measures};

/// How loud a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody may have to act this minute.
    Alert,
    /// Going on now.
    Now,
    /// Has a date.
    Dated,
    /// Waits without a date.
    Waiting,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// How loud.
    pub urgency: Urgency,
    /// Date by which tasks of one urgency stand, `YYYY-MM-DD` and perhaps a time.
    pub order: String,
    /// When, for people.
    pub when: Text,
    /// What.
    pub title: Text,
    /// Where and how far.
    pub detail: Text,
    /// Where it is done.
    pub href: String,
}

fn both(text: impl Fn(Language) -> String) -> Text {
    Text::new(text(Language::Ru), text(Language::En))
}

fn class(language: Language, event: &Event) -> String {
    words::class(language, event.grade, &event.class)
}

/// Own observations that are not handed in.
pub fn of_assignments(assignments: &[OwnAssignment]) -> Vec<Task> {
    assignments
        .iter()
        .filter(|own| own.event.state != EventState::Done)
        .map(|own| {
            let event = &own.event;
            Task {
                urgency: match event.state {
                    EventState::Running | EventState::Alert => Urgency::Now,
                    EventState::Planned | EventState::Done => Urgency::Dated,
                },
                order: format!("{} {}", event.date, event.start),
                when: both(|l| words::at(l, number::day(l, &event.date), &event.start)),
                title: both(|l| {
                    words::task_observe(l, event.subject_name.in_language(l), class(l, event))
                }),
                detail: both(|l| {
                    words::task_observe_place(l, &event.organisation_name, &event.room)
                }),
                href: api::work::assignment(own.assignment.id),
            }
        })
        .collect()
}

/// Whose tasks campaigns make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignReader {
    /// A team that fills in.
    Team,
    /// A head who also approves.
    Head,
    /// The municipality.
    Municipality,
}

/// Open campaigns: a school's own form, the head's signature, or for the municipality how many handed in.
/// `today` decides whether a campaign has begun and whether it is a day of a reminder.
pub fn of_campaigns(campaigns: &[Campaign], reader: CampaignReader, today: &str) -> Vec<Task> {
    let is_school = reader != CampaignReader::Municipality;
    let mut tasks = Vec::new();
    for campaign in campaigns {
        if is_school && campaign.opens.as_str() > today {
            continue;
        }
        let when = both(|l| words::until(l, number::day(l, &campaign.closes)));
        if is_school {
            for school in &campaign.schools {
                if school.progress == CampaignProgress::Submitted && reader == CampaignReader::Head
                {
                    tasks.push(Task {
                        urgency: Urgency::Now,
                        order: campaign.closes.clone(),
                        when: when.clone(),
                        title: both(|l| words::task_approve(l).to_owned()),
                        detail: both(|l| {
                            [campaign.title.in_language(l), words::task_approve_text(l)].join(" · ")
                        }),
                        href: api::work::self_assessment(campaign.id, school.organisation),
                    });
                }
                if is_handed_over(school.progress) {
                    continue;
                }
                let [answered, all] = school.answered;
                // A reminder stays until the school hands over or the next one comes.
                let is_reminded = campaign
                    .plan
                    .reminders
                    .iter()
                    .any(|date| date.as_str() <= today);
                let last = school.until.as_ref().unwrap_or(&campaign.closes);
                tasks.push(Task {
                    urgency: if is_reminded || school.progress == CampaignProgress::Returned {
                        Urgency::Now
                    } else {
                        Urgency::Dated
                    },
                    order: last.clone(),
                    when: both(|l| words::until(l, number::day(l, last))),
                    title: both(|l| match (school.progress, is_reminded) {
                        (CampaignProgress::Returned, _) => words::task_returned(l).to_owned(),
                        (_, true) => words::task_remind(l).to_owned(),
                        (_, false) => words::task_assess(l).to_owned(),
                    }),
                    detail: both(|l| {
                        let progress = words::task_assess_progress(l, answered, all);
                        // Two facts side by side, no sentence.
                        [campaign.title.in_language(l), &progress].join(" · ")
                    }),
                    href: api::work::self_assessment(campaign.id, school.organisation),
                });
            }
        } else {
            let submitted = campaign
                .schools
                .iter()
                .filter(|school| is_handed_over(school.progress))
                .count();
            if submitted < campaign.schools.len() {
                tasks.push(Task {
                    urgency: Urgency::Dated,
                    order: campaign.closes.clone(),
                    when,
                    title: both(|l| words::task_campaign(l, campaign.title.in_language(l))),
                    detail: both(|l| {
                        words::task_campaign_progress(l, submitted, campaign.schools.len())
                    }),
                    href: api::work::campaign(campaign.id),
                });
            }
        }
    }
    tasks
}

/// Open talks in which the person is asked.
pub fn of_mentions(mentions: &[Mention]) -> Vec<Task> {
    mentions
        .iter()
        .map(|mention| Task {
            urgency: Urgency::Now,
            order: String::new(),
            when: both(|l| words::no_date(l).to_owned()),
            title: both(|l| words::task_mention(l, &mention.name)),
            detail: both(|l| [mention.title.in_language(l), &mention.body].join(" · ")),
            href: format!(
                "{}#{}",
                api::work::self_assessment(mention.campaign, mention.organisation),
                mention.question
            ),
        })
        .collect()
}

/// An expert's schools that are not assessed, or not agreed.
pub fn of_expert(own: &[ExpertAssessment]) -> Vec<Task> {
    own.iter()
        .filter_map(|one| {
            let school = &one.organisation_name;
            let when = both(|l| words::until(l, number::day(l, &one.closes)));
            let [answered, all] = one.answered;
            if one.progress != CampaignProgress::Submitted {
                return Some(Task {
                    urgency: Urgency::Dated,
                    order: one.closes.clone(),
                    when,
                    title: both(|l| words::task_expert(l, school)),
                    detail: both(|l| {
                        let progress = words::task_assess_progress(l, answered, all);
                        [one.title.in_language(l), &progress].join(" · ")
                    }),
                    href: api::work::self_assessment(one.expert_campaign, one.organisation),
                });
            }
            let open = one.open_items.filter(|open| *open > 0)?;
            Some(Task {
                urgency: Urgency::Dated,
                order: one.closes.clone(),
                when,
                title: both(|l| words::task_agree(l, school)),
                detail: both(|l| words::task_agree_text(l, u64::from(open))),
                href: api::work::agreement(one.campaign, one.organisation),
            })
        })
        .collect()
}

/// Measures that wait for the reader: a school takes up and finishes its own, the municipality finishes the
/// others and looks at what was done.
pub fn of_supports(supports: &[Support], is_school: bool, today: &str) -> Vec<Task> {
    supports
        .iter()
        .filter_map(|support| {
            let is_own = is_school == (support.executor == Executor::School);
            let title: fn(Language) -> &'static str = match support.state {
                SupportState::Done if support.may.contains(&Step::Check) => measures::task_check,
                SupportState::Planned if is_own && support.may.contains(&Step::Begin) => {
                    measures::task_accept
                }
                SupportState::Running if is_own && support.may.contains(&Step::Finish) => {
                    measures::task_finish
                }
                _ => return None,
            };
            let is_late = support.state != SupportState::Done && support.due.as_str() < today;
            Some(Task {
                urgency: if is_late {
                    Urgency::Now
                } else {
                    Urgency::Dated
                },
                order: support.due.clone(),
                when: both(|l| words::until(l, number::day(l, &support.due))),
                title: both(|l| title(l).to_owned()),
                detail: both(|l| {
                    let measure = support.measure.title.in_language(l);
                    // Two facts side by side, no sentence.
                    if is_school {
                        measure.to_owned()
                    } else {
                        [support.organisation_name.as_str(), measure].join(" · ")
                    }
                }),
                href: api::work::support(support.id),
            })
        })
        .collect()
}

/// Has the team handed over?
fn is_handed_over(progress: CampaignProgress) -> bool {
    matches!(
        progress,
        CampaignProgress::Submitted | CampaignProgress::Approved
    )
}

/// Imports that wait for their confirmation.
pub fn of_imports(imports: &[Import]) -> Vec<Task> {
    imports
        .iter()
        .filter(|import| import.state == ImportState::Checked)
        .map(|import| Task {
            urgency: Urgency::Waiting,
            order: import.file_name.clone(),
            when: both(|l| words::no_date(l).to_owned()),
            title: both(|l| words::task_import(l).to_owned()),
            detail: both(|l| match import.error_count {
                0 => words::task_import_ready(l, &import.file_name),
                errors => words::task_import_blocked(l, u64::from(errors), &import.file_name),
            }),
            href: api::work::import(import.id),
        })
        .collect()
}

/// What goes on in schools, for those who coordinate it.
pub fn of_events(events: &[Event]) -> Vec<Task> {
    events
        .iter()
        .filter_map(|event| {
            let urgency = match event.state {
                EventState::Alert => Urgency::Alert,
                EventState::Running => Urgency::Now,
                EventState::Planned | EventState::Done => return None,
            };
            let school = &event.organisation_name;
            let subject = |l: Language| event.subject_name.in_language(l).to_owned();
            Some(Task {
                urgency,
                order: format!("{} {}", event.date, event.start),
                when: both(|l| words::at(l, number::day(l, &event.date), &event.start)),
                title: both(|l| match urgency {
                    Urgency::Alert => words::task_alert(l, school),
                    _ => words::task_running(l, school),
                }),
                detail: both(|l| match urgency {
                    Urgency::Alert => words::task_alert_text(l, subject(l), class(l, event)),
                    _ => words::task_running_text(l, subject(l), class(l, event)),
                }),
                href: api::work::MAP.to_owned(),
            })
        })
        .collect()
}

/// Alerts, then what goes on, then by date, then what merely waits.
pub fn sort(tasks: &mut [Task]) {
    tasks.sort_by(|left, right| {
        (left.urgency, &left.order, &left.title).cmp(&(right.urgency, &right.order, &right.title))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(urgency: Urgency, order: &str) -> Task {
        Task {
            urgency,
            order: order.to_owned(),
            when: Text::new("", ""),
            title: Text::new("", ""),
            detail: Text::new("", ""),
            href: String::new(),
        }
    }

    #[test]
    fn alerts_stand_first_and_dates_ascend() {
        let mut tasks = vec![
            task(Urgency::Waiting, "a"),
            task(Urgency::Dated, "2026-04-24"),
            task(Urgency::Dated, "2026-04-22"),
            task(Urgency::Alert, "2026-05-01"),
        ];
        sort(&mut tasks);
        let order: Vec<&str> = tasks.iter().map(|task| task.order.as_str()).collect();
        assert_eq!(order, ["2026-05-01", "2026-04-22", "2026-04-24", "a"]);
    }

    #[test]
    fn a_submitted_school_has_no_task() {
        use api::campaign::CampaignSchool;
        let id = |text: &str| text.parse().expect("a UUID");
        let campaign = Campaign {
            id: id("0193c400-0000-7000-8000-000000000001"),
            title: Text::new("Кампания", "Campaign"),
            form: ["f".to_owned(), "1.0.0".to_owned()],
            opens: "2026-11-01".to_owned(),
            closes: "2026-11-30".to_owned(),
            plan: api::campaign::CampaignPlan::default(),
            schools: vec![CampaignSchool {
                organisation: "0193aa00-0000-7000-8000-000000000001"
                    .parse()
                    .expect("a UUID"),
                name: "Заречная СОШ".to_owned(),
                progress: CampaignProgress::Submitted,
                answered: [30, 30],
                submission: None,
                changed_ms: None,
                until: None,
                last_step: None,
                expert: None,
            }],
        };
        let team = |campaign: &Campaign| {
            let today = "2026-11-10";
            of_campaigns(std::slice::from_ref(campaign), CampaignReader::Team, today)
        };
        assert!(team(&campaign).is_empty());
        let head = of_campaigns(
            std::slice::from_ref(&campaign),
            CampaignReader::Head,
            "2026-11-10",
        );
        assert_eq!(head[0].title.ru, "Утвердить самооценку");
        let mut open = campaign;
        open.schools[0].progress = CampaignProgress::Draft;
        open.schools[0].answered = [17, 30];
        open.plan.reminders = vec!["2026-11-20".to_owned()];
        let tasks = team(&open);
        assert_eq!(tasks[0].urgency, Urgency::Dated);
        open.plan.reminders = vec!["2026-11-10".to_owned()];
        assert_eq!(team(&open)[0].urgency, Urgency::Now, "a reminder is due");
        open.opens = "2026-11-11".to_owned();
        assert!(team(&open).is_empty(), "what has not begun is no task");
        assert_eq!(tasks[0].when.ru, "до 30\u{a0}ноября");
        assert_eq!(tasks[0].detail.ru, "Кампания · отвечено 17 из 30");
    }
}
