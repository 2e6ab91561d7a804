//! INTERIM
use super::overview::*;
use super::view::*;
use api::submission::Operation;
use api::text::Language;
use forms::form::{ChoiceSource, Form, Node, Question, QuestionKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct Sheet {
    form: Arc<Form>,
    answers: BTreeMap<String, String>,
    language: Language,
    pub prefill: BTreeMap<String, String>,
}
impl Sheet {
    pub fn open(
        form: Arc<Form>,
        prefill: BTreeMap<String, String>,
        language: Language,
        _now_ms: i64,
    ) -> Sheet {
        let mut s = Sheet {
            form,
            answers: BTreeMap::new(),
            language,
            prefill,
        };
        s.reset();
        s
    }
    fn reset(&mut self) {
        self.answers.clear();
        let f = self.form.clone();
        for w in f.walk() {
            if let Node::Question(q) = w.node {
                if let Some(p) = &q.prefill {
                    let v = if p == "now" {
                        Some("09:30".to_owned())
                    } else {
                        self.prefill.get(p).cloned()
                    };
                    if let Some(v) = v {
                        self.answers.insert(w.path.clone(), v);
                    }
                }
            }
        }
    }
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
    }
    pub fn replay(&mut self, operations: &[&Operation]) {
        self.reset();
        for o in operations {
            self.fold(&o.change);
        }
    }
    fn fold(&mut self, c: &Value) {
        let p = c["path"].as_str().unwrap_or_default().to_owned();
        match c["edit"]["set"].as_str() {
            Some(v) => {
                self.answers.insert(p, v.to_owned());
            }
            None => {
                self.answers.remove(&p);
            }
        }
    }
    pub fn set(&mut self, path: &str, value: Option<&str>) -> Option<Value> {
        let c = json!({"path":path,"edit":{"set":value}});
        self.fold(&c);
        Some(c)
    }
    pub fn add_repeat(&mut self, _path: &str, _id: &str) -> Option<Value> {
        None
    }
    pub fn remove_repeat(&mut self, _path: &str) -> Option<Value> {
        None
    }
    pub fn form(&self) -> Arc<Form> {
        self.form.clone()
    }
    fn get(&self, name: &str) -> String {
        self.answers
            .iter()
            .find(|(k, _)| k.rsplit('/').next() == Some(name))
            .map(|(_, v)| v.clone())
            .unwrap_or_default()
    }
    fn holds(&self, e: Option<&str>) -> bool {
        let Some(e) = e else { return true };
        e.split(" and ").all(|t| {
            let t = t.trim();
            if let Some(r) = t.strip_prefix("selected(${") {
                let (n, r) = r.split_once("}, '").unwrap();
                let v = r.trim_end_matches("')");
                return self.get(n).split(' ').any(|x| x == v);
            }
            let (n, r) = t.strip_prefix("${").unwrap().split_once("} ").unwrap();
            let (op, v) = r.split_once(' ').unwrap();
            let v = v.trim_matches('\'');
            (self.get(n) == v) == (op == "=")
        })
    }
    pub fn overview(&self) -> Overview {
        let mut o = Overview::default();
        for n in &self.form.nodes {
            if let Node::Group(g) = n {
                if !self.holds(g.relevant.as_deref()) {
                    continue;
                }
                o.sections.push(SectionOverview {
                    path: g.name.clone(),
                    title: self.t(&g.label),
                    hint: self.t(&g.hint),
                    items: g
                        .nodes
                        .iter()
                        .filter(|n| self.holds(n.relevant()))
                        .filter_map(|n| {
                            if let Node::Question(q) = n {
                                Some(Item::Question(Box::new(self.q(&g.name, q))))
                            } else {
                                None
                            }
                        })
                        .collect(),
                });
            }
        }
        o
    }
    fn t(&self, t: &forms::form::Text) -> String {
        self.form
            .text(
                t,
                match self.language {
                    Language::Ru => "ru",
                    Language::En => "en",
                },
            )
            .to_owned()
    }
    fn q(&self, g: &str, q: &Question) -> QuestionView {
        let path = format!("{g}/{}", q.name);
        let value = self.answers.get(&path).cloned();
        let required = q.required.is_some();
        let violation = if required && value.is_none() {
            Some("Нужен ответ".to_owned())
        } else if q.kind == QuestionKind::Integer
            && value.as_deref().is_some_and(|v| v.starts_with('-'))
        {
            Some(self.t(&q.constraint_message))
        } else {
            None
        };
        QuestionView {
            name: q.name.clone(),
            kind: q.kind,
            label: self.t(&q.label),
            hint: self.t(&q.hint),
            guidance: String::new(),
            value,
            choices: match &q.choices {
                Some(ChoiceSource::List(l)) => self
                    .form
                    .list(l)
                    .map(|l| {
                        l.choices
                            .iter()
                            .map(|c| ChoiceView {
                                name: c.name.clone(),
                                label: self.t(&c.label),
                                level: self.t(&c.level),
                                score: c.score,
                                not_applicable: c.not_applicable,
                            })
                            .collect()
                    })
                    .unwrap_or_default(),
                _ => vec![],
            },
            required,
            read_only: false,
            violation,
            appearance: q
                .appearance
                .as_deref()
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            parameters: q.parameters.clone(),
            unit: q.unit.clone(),
            rules: Rules::of(q),
            path,
        }
    }
    pub fn score(&self) -> Option<api::submission::ScoreSheet> {
        None
    }
}
