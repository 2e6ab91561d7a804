//! Own tasks on the home page: what waits for a person, what is late first.

use api::assessment::campaign::{Campaign, CampaignProgress, CampaignStepKind};
use api::assessment::expert::ExpertAssessment;
use api::forms::comment::Mention;
use api::id::ProgrammeId;
use api::management::case::{Case, CaseState};
use api::management::programme::ProgrammeTask;
use api::management::review::{Review, ReviewAct, ReviewStage};
use api::management::support::{Executor, Step, Support, SupportState};
use api::observation::staffing::OwnDeclarations;
use api::procedures::event::{Event, EventState, OwnAssignment};
use api::results::import::{Import, ImportState};
use api::text::{Language, Text};

use crate::model::campaign::{Tally, is_handed_over};
use crate::model::due::{Due, due};
use crate::text::assessment::campaign as campaigns;
use crate::text::home as words;
use crate::text::management::{
    programmes as programmes_text, reviews as review_words, supports as measures,
};
use crate::text::procedures::plan;

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
    /// The day it is for or wanted by, `YYYY-MM-DD`; empty without one.
    pub date: String,
    /// The time on that day, `HH:MM`; empty without one.
    pub time: String,
    /// What.
    pub title: Text,
    /// Where and how far.
    pub detail: Text,
    /// Where it is done.
    pub href: String,
}

/// A text in both languages.
pub fn both(text: impl Fn(Language) -> String) -> Text {
    Text::new(text(Language::Ru), text(Language::En))
}

fn class(language: Language, event: &Event) -> String {
    plan::class(language, event.grade, &event.class)
}

/// Own observations that are not handed in.
pub fn of_assignments(assignments: &[OwnAssignment]) -> Vec<Task> {
    assignments
        .iter()
        .filter(|own| own.event.state != EventState::Done && !own.event.cancelled)
        .map(|own| {
            let event = &own.event;
            Task {
                urgency: match event.state {
                    EventState::Running | EventState::Alert => Urgency::Now,
                    EventState::Planned | EventState::Done => Urgency::Dated,
                },
                date: event.date.clone(),
                time: event.start.clone(),
                title: both(|l| {
                    words::task_observe(l, event.subject_name.in_language(l), class(l, event))
                }),
                detail: both(|l| {
                    let place = words::task_observe_place(l, &event.organisation_name, &event.room);
                    match event.last_change {
                        // Two facts side by side, no sentence.
                        Some(_) => [words::moved(l), &place].join(" · "),
                        None => place,
                    }
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
        if is_school && campaign.opens.as_str() > today || is_taken_over(campaign, campaigns, today)
        {
            continue;
        }
        if is_school {
            for school in &campaign.schools {
                if school.progress == CampaignProgress::Submitted && reader == CampaignReader::Head
                {
                    tasks.push(Task {
                        urgency: Urgency::Now,
                        date: campaign.closes.clone(),
                        time: String::new(),
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
                    .any(|date| date.as_str() <= today)
                    || school
                        .last_step
                        .as_ref()
                        .is_some_and(|step| step.kind == CampaignStepKind::Reminded);
                let last = school.until.as_ref().unwrap_or(&campaign.closes);
                tasks.push(Task {
                    urgency: if is_reminded || school.progress == CampaignProgress::Returned {
                        Urgency::Now
                    } else {
                        Urgency::Dated
                    },
                    date: last.clone(),
                    time: String::new(),
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
            let tally = Tally::of(campaign.schools.iter().map(|school| school.progress));
            if tally.handed_over < tally.all {
                tasks.push(Task {
                    urgency: Urgency::Dated,
                    date: campaign.closes.clone(),
                    time: String::new(),
                    title: both(|l| {
                        let title = campaign.title.in_language(l);
                        match campaign.closes.as_str() < today {
                            true => words::task_campaign_over(l, title),
                            false => words::task_campaign(l, title),
                        }
                    }),
                    detail: both(|l| {
                        campaigns::tally(l, tally.handed_over, tally.all, tally.approved)
                    }),
                    href: api::work::campaign(campaign.id),
                });
            }
        }
    }
    tasks
}

/// Has another campaign by the same instrument begun since? Then nobody waits for this one any more.
fn is_taken_over(campaign: &Campaign, campaigns: &[Campaign], today: &str) -> bool {
    campaigns.iter().any(|other| {
        other.form[0] == campaign.form[0]
            && other.opens > campaign.closes
            && other.opens.as_str() <= today
    })
}

/// Open talks in which the person is asked.
pub fn of_mentions(mentions: &[Mention]) -> Vec<Task> {
    mentions
        .iter()
        .map(|mention| Task {
            urgency: Urgency::Now,
            date: String::new(),
            time: String::new(),
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
            let [answered, all] = one.answered;
            if one.progress != CampaignProgress::Submitted {
                return Some(Task {
                    urgency: Urgency::Dated,
                    date: one.closes.clone(),
                    time: String::new(),
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
                date: one.closes.clone(),
                time: String::new(),
                title: both(|l| words::task_agree(l, school)),
                detail: both(|l| words::task_agree_text(l, u64::from(open))),
                href: api::work::agreement(one.campaign, one.organisation),
            })
        })
        .collect()
}

/// Measures that wait for the reader: a school takes up and finishes its own, the municipality finishes the
/// others and looks at what was done.
pub fn of_supports(supports: &[Support], is_school: bool) -> Vec<Task> {
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
            Some(Task {
                // What is done waits for a look; the day of the doing is over and says nothing of it.
                urgency: match support.state {
                    SupportState::Done => Urgency::Waiting,
                    _ => Urgency::Dated,
                },
                date: match support.state {
                    SupportState::Done => String::new(),
                    _ => support.due.clone(),
                },
                time: String::new(),
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

/// Lines of roadmaps that wait for the reader: a few by themselves, many as one task that leads to all of them.
pub fn of_programmes(waiting: &[ProgrammeTask]) -> Vec<Task> {
    /// So many stand by themselves.
    const FEW: usize = 3;
    let mut programmes: Vec<ProgrammeId> = waiting.iter().map(|one| one.programme).collect();
    programmes.sort_unstable();
    programmes.dedup();
    let mut tasks = Vec::new();
    for programme in programmes {
        let own = || waiting.iter().filter(move |one| one.programme == programme);
        let late: Vec<_> = own().filter(|one| one.overdue).collect();
        let dated: Vec<_> = own()
            .filter(|one| one.due.is_some() && !one.overdue)
            .collect();
        let undated: Vec<_> = own().filter(|one| one.due.is_none()).collect();
        for (group, title, many, filter) in [
            (
                late,
                programmes_text::task_overdue as fn(Language) -> &'static str,
                programmes_text::tasks_overdue as fn(Language, u64) -> String,
                "overdue",
            ),
            (
                dated,
                programmes_text::task_due,
                programmes_text::tasks_due,
                "month",
            ),
            (
                undated,
                programmes_text::task_undated,
                programmes_text::tasks_undated,
                "undated",
            ),
        ] {
            if group.len() <= FEW {
                tasks.extend(group.into_iter().map(|one| of_line(one, title)));
            } else {
                let count = group.len() as u64;
                let first = group[0];
                tasks.push(Task {
                    urgency: Urgency::Dated,
                    date: first.due.clone().unwrap_or_default(),
                    time: String::new(),
                    title: both(|l| many(l, count)),
                    detail: both(|_| first.programme_title.clone()),
                    href: format!("{}?show={filter}", api::work::programme(programme)),
                });
            }
        }
    }
    tasks
}

fn of_line(one: &ProgrammeTask, title: fn(Language) -> &'static str) -> Task {
    Task {
        urgency: match one.due {
            Some(_) => Urgency::Dated,
            None => Urgency::Waiting,
        },
        date: one.due.clone().unwrap_or_default(),
        time: String::new(),
        title: both(|l| title(l).to_owned()),
        detail: both(|l| programmes_text::task_line(l, &one.number, &one.measure)),
        href: api::work::programme_line(one.programme, one.line),
    }
}

/// Steps of reviews that the reader may end, by their terms. While a school may still explain, the office waits.
pub fn of_reviews(reviews: &[Review]) -> Vec<Task> {
    reviews
        .iter()
        .filter_map(|review| {
            let act = *review.may.first()?;
            let title: fn(Language) -> &'static str = match review.stage {
                ReviewStage::Analysis => review_words::task_analysis,
                ReviewStage::Explanation if act == ReviewAct::Explain => {
                    review_words::task_explanation
                }
                ReviewStage::Explanation if review.overdue => review_words::task_go_on,
                ReviewStage::Explanation | ReviewStage::Closed => return None,
                ReviewStage::Recheck => review_words::task_recheck,
                ReviewStage::Conclusion => review_words::task_conclusion,
                ReviewStage::Measures => review_words::task_measures,
                ReviewStage::Effect => review_words::task_effect,
                ReviewStage::Exit => review_words::task_exit,
            };
            Some(Task {
                urgency: Urgency::Dated,
                date: review.due.clone().unwrap_or_default(),
                time: String::new(),
                title: both(|l| title(l).to_owned()),
                // Two facts side by side, no sentence.
                detail: both(|l| {
                    let work = review.work.as_ref();
                    let work = work.map_or("", |work| work.in_language(l));
                    [review.organisation_name.as_str(), work].join(" · ")
                }),
                href: api::work::review(review.id),
            })
        })
        .collect()
}

/// Imports that wait for their confirmation.
pub fn of_imports(imports: &[Import]) -> Vec<Task> {
    imports
        .iter()
        .filter(|import| import.state == ImportState::Checked)
        .map(|import| Task {
            urgency: Urgency::Waiting,
            date: String::new(),
            time: String::new(),
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
        .filter(|event| !event.cancelled)
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
                date: event.date.clone(),
                time: event.start.clone(),
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

/// Events whose day the reader's school has still to choose.
pub fn of_open_days(events: &[Event]) -> Vec<Task> {
    events
        .iter()
        .filter(|event| !event.cancelled)
        .filter_map(|event| {
            let [_, last] = event.open_days.clone()?;
            let subject = |l: Language| event.subject_name.in_language(l).to_owned();
            Some(Task {
                urgency: Urgency::Dated,
                date: last,
                time: String::new(),
                title: both(|l| words::task_choose_day(l).to_owned()),
                detail: both(|l| words::task_running_text(l, subject(l), class(l, event))),
                href: api::work::event(event.id),
            })
        })
        .collect()
}

/// Parts that were offered to a person who has not answered yet.
pub fn of_requests(own: &OwnDeclarations) -> Vec<Task> {
    own.requests
        .iter()
        .filter(|request| request.declared_ms.is_none())
        .map(|request| Task {
            urgency: match request.reminded_ms {
                Some(_) => Urgency::Now,
                None => Urgency::Dated,
            },
            date: request.date.clone(),
            time: String::new(),
            title: both(|l| match request.reminded_ms {
                Some(_) => words::task_offer_reminded(l, &request.organisation_name),
                None => words::task_offer(l, &request.organisation_name),
            }),
            detail: both(|l| {
                let class = plan::class(l, request.grade, &request.class);
                [
                    request.subject_name.in_language(l).to_owned(),
                    class,
                    request.start.clone(),
                ]
                .join(", ")
            }),
            href: api::work::DECLARATIONS.to_owned(),
        })
        .collect()
}

/// Cases that wait for the reader: a school explains, the coordinator decides.
pub fn of_cases(cases: &[Case], is_school: bool) -> Vec<Task> {
    cases
        .iter()
        .filter(|case| match case.state {
            CaseState::Reported => is_school,
            CaseState::Answered => !is_school,
            CaseState::Resolved => false,
        })
        .map(|case| Task {
            urgency: match is_school {
                true => Urgency::Dated,
                false => Urgency::Waiting,
            },
            date: match is_school {
                true => case.answer_due.clone(),
                false => String::new(),
            },
            time: String::new(),
            title: both(|l| match is_school {
                true => words::task_explain(l).to_owned(),
                false => words::task_decide(l, &case.organisation_name),
            }),
            // Two facts side by side, no sentence.
            detail: both(|l| [case.work.in_language(l), case.item.in_language(l)].join(" · ")),
            href: api::work::case(case.id),
        })
        .collect()
}

/// Where a task stands on the page, first to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Goes on this minute.
    Now,
    /// Its day is over.
    Late,
    /// Its day is today.
    Today,
    /// Its day is within the next seven.
    Week,
    /// Its day is later.
    Later,
    /// It merely waits.
    Undated,
}

/// The group of a task on a day.
pub fn group(task: &Task, today: &str) -> Group {
    if matches!(task.urgency, Urgency::Alert | Urgency::Now) && task.is_running() {
        return Group::Now;
    }
    match due(&task.date, today) {
        Some(Due::Late(_)) => Group::Late,
        Some(Due::Today) => Group::Today,
        Some(Due::Week(_)) => Group::Week,
        Some(Due::Later) => Group::Later,
        None => Group::Undated,
    }
}

impl Task {
    /// Does it go on at a time of its day, so that it is not late but under way?
    fn is_running(&self) -> bool {
        !self.time.is_empty()
    }
}

/// Groups in their order; inside, alerts first, then by date and time.
pub fn grouped(mut tasks: Vec<Task>, today: &str) -> Vec<(Group, Vec<Task>)> {
    tasks.sort_by(|left, right| {
        let key = |task: &Task| {
            let is_calm = task.urgency != Urgency::Alert;
            (
                group(task, today),
                is_calm,
                task.date.clone(),
                task.time.clone(),
            )
        };
        key(left)
            .cmp(&key(right))
            .then_with(|| left.title.ru.cmp(&right.title.ru))
    });
    let mut groups: Vec<(Group, Vec<Task>)> = Vec::new();
    for task in tasks {
        let of = group(&task, today);
        match groups.last_mut() {
            Some((last, tasks)) if *last == of => tasks.push(task),
            _ => groups.push((of, vec![task])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use api::id::OrganisationId;
    use uuid::Uuid;

    use super::*;

    fn task(urgency: Urgency, date: &str, time: &str) -> Task {
        Task {
            urgency,
            date: date.to_owned(),
            time: time.to_owned(),
            title: Text::new("", ""),
            detail: Text::new("", ""),
            href: String::new(),
        }
    }

    #[test]
    fn many_lines_of_a_roadmap_are_one_task() {
        let programme = ProgrammeId(Uuid::from_u128(7));
        let line = |number: u128, due: Option<&str>, overdue| ProgrammeTask {
            programme,
            programme_title: "Программа".to_owned(),
            line: api::id::LineId(Uuid::from_u128(number)),
            number: number.to_string(),
            measure: "Разобрать".to_owned(),
            school: None,
            due: due.map(str::to_owned),
            overdue,
        };
        let mut waiting: Vec<ProgrammeTask> = (0..5)
            .map(|number| line(number, Some("2026-12-31"), false))
            .collect();
        waiting.push(line(9, Some("2026-11-01"), true));
        let tasks = of_programmes(&waiting);
        assert_eq!(
            tasks.len(),
            2,
            "one late line, and five that are due as one"
        );
        assert!(tasks[0].href.contains("line="));
        assert!(tasks[1].href.ends_with("show=month"));
        assert_eq!(
            tasks[1].title.ru,
            "5 строк дорожной карты ждут отчёта в этом месяце"
        );
    }

    #[test]
    fn what_is_late_stands_before_what_is_ahead() {
        let tasks = vec![
            task(Urgency::Waiting, "", ""),
            task(Urgency::Dated, "2027-05-10", ""),
            task(Urgency::Dated, "2026-12-03", ""),
            task(Urgency::Now, "2026-11-28", ""),
            task(Urgency::Dated, "2025-12-18", ""),
            task(Urgency::Dated, "2026-12-01", ""),
            task(Urgency::Now, "2026-12-01", "09:00"),
            task(Urgency::Alert, "2026-12-01", "10:00"),
        ];
        let shown: Vec<(Group, Vec<String>)> = grouped(tasks, "2026-12-01")
            .into_iter()
            .map(|(group, tasks)| {
                let dates = tasks
                    .iter()
                    .map(|task| format!("{} {}", task.date, task.time));
                (group, dates.map(|text| text.trim().to_owned()).collect())
            })
            .collect();
        let expected = [
            (Group::Now, vec!["2026-12-01 10:00", "2026-12-01 09:00"]),
            (Group::Late, vec!["2025-12-18", "2026-11-28"]),
            (Group::Today, vec!["2026-12-01"]),
            (Group::Week, vec!["2026-12-03"]),
            (Group::Later, vec!["2027-05-10"]),
            (Group::Undated, vec![""]),
        ];
        let expected: Vec<(Group, Vec<String>)> = expected
            .into_iter()
            .map(|(group, dates)| (group, dates.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_campaign_that_a_later_one_took_over_is_no_task() {
        let (old, mut new) = (
            campaign("2025-11-01", "2025-12-18"),
            campaign("2026-11-01", "2026-12-18"),
        );
        new.schools[0].progress = CampaignProgress::Draft;
        let mut old = old;
        old.schools[0].progress = CampaignProgress::NotStarted;
        let both = [old, new];
        let tasks = of_campaigns(&both, CampaignReader::Municipality, "2026-12-01");
        let dates: Vec<_> = tasks.iter().map(|task| task.date.as_str()).collect();
        assert_eq!(dates, ["2026-12-18"]);
        let alone = of_campaigns(&both[..1], CampaignReader::Municipality, "2026-12-01");
        assert_eq!(group(&alone[0], "2026-12-01"), Group::Late);
        assert_eq!(alone[0].title.ru, "Срок кампании вышел: Кампания");
    }

    fn campaign(opens: &str, closes: &str) -> Campaign {
        use api::assessment::campaign::CampaignSchool;
        Campaign {
            id: "0193c400-0000-7000-8000-000000000001"
                .parse()
                .expect("a UUID"),
            title: Text::new("Кампания", "Campaign"),
            form: ["f".to_owned(), "1.0.0".to_owned()],
            opens: opens.to_owned(),
            closes: closes.to_owned(),
            plan: api::assessment::campaign::CampaignPlan::default(),
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
        }
    }

    #[test]
    fn a_submitted_school_has_no_task() {
        let campaign = campaign("2026-11-01", "2026-11-30");
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
        assert_eq!(tasks[0].date, "2026-11-30");
        assert_eq!(tasks[0].detail.ru, "Кампания · отвечено 17 из 30");
    }

    fn review(stage: ReviewStage, may: &[ReviewAct], overdue: bool) -> Review {
        Review {
            id: api::id::ReviewId(Uuid::nil()),
            number: 1,
            kind: api::management::review::ReviewKind::Signs,
            organisation: OrganisationId(Uuid::nil()),
            organisation_name: "Школа".into(),
            cell: None,
            work: Some(Text::new(
                "Математика, 5 класс, 2026",
                "Mathematics, grade 5, 2026",
            )),
            state: None,
            stage,
            awaits: None,
            due: Some("2026-12-04".into()),
            overdue,
            outcome: None,
            revision: 1,
            opened: "2026-11-01".into(),
            may: may.to_vec(),
            whole: None,
        }
    }

    #[test]
    fn a_step_of_a_review_is_a_task_of_whoever_may_end_it() {
        let titles = |review: Review| -> Vec<String> {
            let tasks = of_reviews(&[review]);
            tasks.into_iter().map(|task| task.title.ru).collect()
        };
        let asked = ReviewStage::Explanation;
        assert_eq!(
            titles(review(asked, &[ReviewAct::Explain], false)),
            ["Пояснить результаты"]
        );
        let office = [ReviewAct::GoOn];
        assert!(
            titles(review(asked, &office, false)).is_empty(),
            "the school's term runs"
        );
        assert_eq!(titles(review(asked, &office, true)).len(), 1);
        assert!(titles(review(ReviewStage::Recheck, &[], true)).is_empty());
        assert!(titles(review(ReviewStage::Closed, &[], false)).is_empty());
        let task = of_reviews(&[review(ReviewStage::Recheck, &[ReviewAct::MoveTerm], true)]);
        assert_eq!(task[0].date, "2026-12-04");
        assert_eq!(task[0].detail.ru, "Школа · Математика, 5 класс, 2026");
    }
}
