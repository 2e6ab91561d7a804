//! From a form to the tree of its XForm.

use super::entity;
use super::lexer::is_dynamic;
use super::namespaces::is_declared;
use super::tree::{Element, Kind, Tree};
use crate::form::{ChoiceSource, Entity, Form, Group, Node, Question, QuestionKind, Repeat, Text};
use crate::xlsform::reference;
use std::borrow::Cow;
use std::collections::HashMap;

impl<'a> Tree<'a> {
    pub fn new(form: &'a Form) -> Self {
        let root = if form.root.contains(':') {
            form.root.replace(':', "_").into()
        } else {
            Cow::Borrowed(form.root.as_str())
        };
        let mut survey = Element::new(Kind::Survey, root);
        survey.label = Cow::Borrowed(&form.title);
        let mut tree = Self {
            form,
            elements: vec![survey],
            names: HashMap::new(),
            lists: form
                .lists
                .iter()
                .enumerate()
                .rev()
                .map(|(at, list)| (list.name.as_str(), at))
                .collect(),
            entity_errors: Vec::new(),
            entities_version: None,
        };
        let mut audits = Vec::new();
        tree.add_nodes(0, &form.nodes, &mut audits, &mut Builder::default());
        tree.add_meta(audits);
        for at in 1..tree.elements.len() {
            if !matches!(
                tree.elements[at].kind,
                Kind::External | Kind::Attribute | Kind::EntityLabel
            ) {
                let name = tree.elements[at].name.clone().into_owned();
                tree.names
                    .entry(name)
                    .and_modify(|number| *number = None)
                    .or_insert(Some(at));
            }
        }
        // A question may be called like the whole; then the name means the question.
        let root = tree.elements[0].name.clone().into_owned();
        tree.names.entry(root).or_insert(Some(0));
        tree
    }

    fn add(&mut self, parent: usize, mut element: Element<'a>) -> usize {
        let at = self.elements.len();
        element.parent = parent;
        // A prefix that is declared nowhere would make the document no XML.
        if element.name.contains(':') && !is_declared(self.form, &element.name) {
            element.name = element.name.replace(':', "_").into();
        }
        self.elements.push(element);
        self.elements[parent].children.push(at);
        at
    }

    fn add_nodes(
        &mut self,
        parent: usize,
        nodes: &'a [Node],
        audits: &mut Vec<&'a Question>,
        builder: &mut Builder<'a>,
    ) {
        for node in nodes {
            match node {
                Node::Group(group) => {
                    self.add_group(parent, group, None, audits, builder);
                }
                Node::Repeat(repeat) => {
                    self.add_group(parent, &repeat.group, Some(repeat), audits, builder);
                }
                Node::Question(question) if question.kind == QuestionKind::Audit => {
                    audits.push(question)
                }
                Node::Question(question) => self.add_question(parent, question, builder),
            }
        }
    }

    fn add_group(
        &mut self,
        parent: usize,
        group: &'a Group,
        repeat: Option<&'a Repeat>,
        audits: &mut Vec<&'a Question>,
        builder: &mut Builder<'a>,
    ) {
        let kind = if repeat.is_some() {
            Kind::Repeat
        } else {
            Kind::Group
        };
        let mut element = Element::new(kind, group.name.as_str());
        element.label = Cow::Borrowed(&group.label);
        element.hint = Cow::Borrowed(&group.hint);
        element.media = Cow::Borrowed(&group.media);
        element.instance = &group.instance;
        for (key, value) in [
            ("relevant", &group.relevant),
            ("readonly", &group.read_only),
        ] {
            if let Some(value) = value {
                element.set_bind(key, value.as_str());
            }
        }
        for (key, value) in &group.bind {
            element.set_bind(key.as_str(), value.as_str());
        }
        if let Some(appearance) = &group.appearance {
            element.set_control("appearance", appearance.as_str());
        }
        if let Some(intent) = &group.intent {
            element.set_control("intent", intent.as_str());
        }
        for (key, value) in &group.body {
            element.set_control(key.as_str(), value.as_str());
        }
        let of_group = group
            .body
            .iter()
            .find(|(key, _)| key == "jr:count")
            .map(|(_, value)| value.as_str());
        if let Some(count) = repeat.map_or(of_group, |repeat| repeat.repeat_count.as_deref()) {
            if reference::whole(count).is_some() {
                element.set_control("jr:count", count);
            } else {
                let name = format!("{}_count", group.name);
                element.set_control("jr:count", format!("${{{name}}}"));
                let mut helper = Element::new(Kind::Question, name);
                helper.bind = Some(vec![("type".into(), "string".into())]);
                helper.set_bind("readonly", "true()");
                helper.set_bind("calculate", count);
                self.add(parent, helper);
            }
        }
        if repeat.is_some_and(|repeat| repeat.no_add_remove) {
            element.set_control("jr:noAddRemove", "true()");
        }
        let words = group.appearance.as_deref().unwrap_or_default();
        let table_list = words.split_whitespace().any(|word| word == "table-list");
        let mut title = None;
        if table_list {
            let rest = words
                .split_whitespace()
                .filter(|word| *word != "table-list");
            let appearance = std::iter::once("field-list")
                .chain(rest)
                .collect::<Vec<_>>()
                .join(" ");
            element.set_control("appearance", appearance);
            if !group.label.is_empty() || !group.hint.is_empty() {
                let mut note = plain(
                    QuestionKind::Note,
                    builder.name("generated_table_list_label_"),
                );
                note.label = std::mem::replace(&mut element.label, Cow::Owned(Text::default()));
                note.hint = std::mem::replace(&mut element.hint, Cow::Owned(Text::default()));
                title = Some(note);
            }
        }
        let at = self.add(parent, element);
        if let Some(note) = title {
            self.add(at, note);
        }
        // As in the reference, the end of any group ends the table.
        builder.table = if table_list {
            Some(None)
        } else {
            builder.table.take()
        };
        self.add_nodes(at, &group.nodes, audits, builder);
        builder.table = None;
    }

    fn add_question(&mut self, parent: usize, question: &'a Question, builder: &mut Builder<'a>) {
        let mut element = Element::new(Kind::Question, question.name.as_str());
        if question.kind.is_attached_data() {
            element.kind = Kind::External;
            element.question = Some(question);
            self.add(parent, element);
            return;
        }
        describe(&mut element, question);
        if question.kind.is_select()
            && let Some(table) = &mut builder.table
            && let Some(ChoiceSource::List(list)) = &question.choices
        {
            if table.is_none() {
                *table = Some(list);
                let mut header = plain(
                    question.kind,
                    builder.name("reserved_name_for_field_list_labels_"),
                );
                header.set_control("appearance", "label");
                header.label = Cow::Owned(Text::plain(" "));
                header.itemset = Some(Cow::Borrowed(list));
                self.add(parent, header);
            }
            element.set_control("appearance", "list-nolabel");
        }
        self.add(parent, element);
    }

    fn add_meta(&mut self, audits: Vec<&'a Question>) {
        let settings = &self.form.settings;
        let mut meta = None;
        if !self.form.entities.is_empty() {
            self.add_entities(&mut meta);
        }
        let omit = settings
            .other("omit_instanceID")
            .is_some_and(|value| crate::xlsform::words::yes(value) == Some(true));
        if audits.is_empty() && omit && settings.instance_name.is_none() {
            return;
        }
        let meta = meta.unwrap_or_else(|| self.add(0, Element::new(Kind::Meta, "meta")));
        for audit in audits {
            let mut element = Element::new(Kind::Question, "audit");
            describe(&mut element, audit);
            element.name = "audit".into();
            self.add(meta, element);
        }
        if !omit {
            let mut id = Element::new(Kind::Question, "instanceID");
            id.bind = Some(vec![
                ("type".into(), "string".into()),
                ("readonly".into(), "true()".into()),
            ]);
            id.set_bind("jr:preload", settings.other("instance_id").unwrap_or("uid"));
            self.add(meta, id);
        }
        if let Some(name) = &settings.instance_name {
            let mut element = Element::new(Kind::Question, "instanceName");
            element.bind = Some(vec![("type".into(), "string".into())]);
            element.set_bind("calculate", crate::xlsform::words::condition(name.clone()));
            self.add(meta, element);
        }
    }

    /// Puts each entity declaration into the container where its questions are.
    fn add_entities(&mut self, survey_meta: &mut Option<usize>) {
        let (allocations, errors) = entity::allocate(self);
        self.entity_errors = errors;
        let in_repeat = allocations
            .iter()
            .any(|(container, _)| self.repeats_around(*container) > 0);
        self.entities_version = Some(if self.form.entities.len() > 1 || in_repeat {
            "2025.1.0"
        } else {
            "2024.1.0"
        });
        for (container, number) in allocations {
            let meta = self.add(container, Element::new(Kind::Meta, "meta"));
            if container == 0 {
                *survey_meta = Some(meta);
            }
            self.add_entity(meta, &self.form.entities[number]);
        }
    }

    fn add_entity(&mut self, meta: usize, entity: &'a Entity) {
        let at = self.add(meta, Element::new(Kind::Entity, "entity"));
        let read_only = |calculate: Option<Cow<'a, str>>| {
            let mut bind: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::new();
            bind.extend(calculate.map(|calculate| ("calculate".into(), calculate)));
            bind.extend([
                ("readonly".into(), "true()".into()),
                ("type".into(), "string".into()),
            ]);
            bind
        };
        let attribute = |tree: &mut Self,
                         name: &'static str,
                         value: &'a str,
                         bind: Option<Vec<_>>,
                         uuid: bool| {
            let mut element = Element::new(Kind::Attribute, name);
            element.value = Some(value.into());
            element.bind = bind;
            element.sets_uuid = uuid;
            tree.add(at, element);
        };
        attribute(self, "dataset", &entity.list_name, None, false);
        let condition = |condition: &'a Option<String>| {
            condition
                .as_deref()
                .map(|condition| read_only(Some(Cow::Borrowed(condition))))
        };
        if entity.entity_id.is_none() || entity.create_if.is_some() {
            attribute(self, "create", "1", condition(&entity.create_if), false);
        }
        if let Some(id) = &entity.entity_id {
            attribute(self, "update", "1", condition(&entity.update_if), false);
            for (name, column) in [
                ("baseVersion", "__version"),
                ("trunkVersion", "__trunkVersion"),
                ("branchId", "__branchId"),
            ] {
                let value = format!(
                    "instance('{}')/root/item[name={id}]/{column}",
                    entity.list_name
                );
                attribute(
                    self,
                    name,
                    "",
                    Some(read_only(Some(Cow::Owned(value)))),
                    false,
                );
            }
        }
        let id = entity.entity_id.as_deref().map(Cow::Borrowed);
        let uuid = id.is_none();
        attribute(self, "id", "", Some(read_only(id)), uuid);
        if let Some(label) = &entity.label {
            let mut element = Element::new(Kind::EntityLabel, "label");
            element.bind = Some(read_only(Some(Cow::Borrowed(label))));
            self.add(at, element);
        }
    }
}

/// What the walk remembers: the list of the table it is in, and a counter for generated names.
#[derive(Default)]
struct Builder<'a> {
    table: Option<Option<&'a String>>,
    generated: u32,
}

impl Builder<'_> {
    fn name(&mut self, stem: &str) -> String {
        self.generated += 1;
        format!("{stem}{}", self.generated)
    }
}

/// A generated element of a kind.
fn plain<'a>(kind: QuestionKind, name: String) -> Element<'a> {
    let mut element = Element::new(Kind::Question, name);
    element.tag = tag(kind);
    element.bind = Some(Vec::new());
    for (key, value) in bind(kind) {
        element.set_bind(*key, *value);
    }
    // Marks the element as one with a control.
    static SELECT_ONE: std::sync::LazyLock<[Question; 2]> = std::sync::LazyLock::new(|| {
        [
            Question {
                kind: QuestionKind::SelectOne,
                ..Question::default()
            },
            Question {
                kind: QuestionKind::Note,
                ..Question::default()
            },
        ]
    });
    element.question = Some(if kind == QuestionKind::Note {
        &SELECT_ONE[1]
    } else {
        &SELECT_ONE[0]
    });
    element
}

fn describe<'a>(element: &mut Element<'a>, question: &'a Question) {
    element.question = Some(question);
    element.label = Cow::Borrowed(&question.label);
    element.hint = Cow::Borrowed(&question.hint);
    element.guidance_hint = Cow::Borrowed(&question.guidance_hint);
    element.media = Cow::Borrowed(&question.media);
    element.instance = &question.instance;
    element.tag = tag(question.kind);
    element.bind = Some(Vec::new());
    for (key, value) in bind(question.kind) {
        element.set_bind(*key, *value);
    }
    for (key, value) in [
        ("relevant", &question.relevant),
        ("constraint", &question.constraint),
        ("calculate", &question.calculation),
        ("required", &question.required),
        ("readonly", &question.read_only),
    ] {
        if let Some(value) = value {
            element.set_bind(key, value.as_str());
        }
    }
    if let Some(save_to) = &question.save_to {
        element.set_bind(
            "entities:saveto",
            save_to.rsplit('#').next().unwrap_or_default(),
        );
    }
    for (key, value) in attributes(question.kind) {
        element.set_control(*key, *value);
    }
    if let Some(appearance) = &question.appearance {
        element.set_control("appearance", appearance.as_str());
    }
    if let Some(intent) = &question.intent {
        element.set_control("intent", intent.as_str());
    }
    // The head of a grid of choices is often wordless.
    if question.appearance.as_deref() == Some("label") && question.label.is_empty() {
        element.label = Cow::Owned(Text::plain(" "));
    }
    apply_parameters(element, question);
    for (key, value) in &question.bind {
        element.set_bind(key.as_str(), value.as_str());
    }
    for (key, value) in &question.body {
        element.set_control(key.as_str(), value.as_str());
    }
    if let Some(source) = question
        .choices
        .as_ref()
        .filter(|_| question.kind != QuestionKind::Osm)
    {
        element.itemset = Some(match source {
            ChoiceSource::List(name) | ChoiceSource::File(name) | ChoiceSource::External(name) => {
                Cow::Borrowed(name)
            }
            ChoiceSource::Repeat(name) => Cow::Owned(format!("${{{name}}}")),
        });
    }
    if let Some(default) = question.default.as_deref() {
        let prefixed = question.kind == QuestionKind::Image && !default.contains("jr://images/");
        let value: Cow<'a, str> = if prefixed {
            format!("jr://images/{default}").into()
        } else {
            Cow::Borrowed(default)
        };
        element.dynamic = is_dynamic(default, question.kind) || is_dynamic(&value, question.kind);
        element.value = Some(value);
    }
}

fn apply_parameters<'a>(element: &mut Element<'a>, question: &'a Question) {
    let parameter = |name: &str| question.parameter(name);
    match question.kind {
        QuestionKind::Text => {
            if let Some(rows) = parameter("rows") {
                element.set_control("rows", rows);
            }
        }
        QuestionKind::Image => {
            if let Some(pixels) = parameter("max-pixels") {
                element.set_bind("orx:max-pixels", pixels);
            }
            if let Some(app) = parameter("app")
                && matches!(question.appearance.as_deref(), None | Some("annotate"))
            {
                element.set_control("intent", app);
            }
        }
        QuestionKind::Audio => {
            if let Some(quality) = parameter("quality") {
                element.set_bind("odk:quality", quality);
            }
        }
        QuestionKind::Geopoint | QuestionKind::Geotrace | QuestionKind::Geoshape => {
            for (name, attribute) in [
                ("capture-accuracy", "accuracyThreshold"),
                ("warning-accuracy", "unacceptableAccuracyThreshold"),
            ] {
                if let Some(value) = parameter(name) {
                    element.set_control(attribute, value);
                }
            }
            if parameter("incremental").is_some() {
                element.set_control("incremental", "true");
            }
            if let Some(allow) = parameter("allow-mock-accuracy") {
                element.set_bind("odk:allow-mock-accuracy", allow);
            }
            element.itemset = parameter("reference-geometry").map(Cow::Borrowed);
        }
        QuestionKind::Audit => {
            for (name, value) in &question.parameters {
                element.set_bind(format!("odk:{name}"), value.as_str());
            }
        }
        QuestionKind::Range => {
            for (name, attribute, default) in [
                ("start", "start", Some("1")),
                ("end", "end", Some("10")),
                ("step", "step", Some("1")),
                ("tick_interval", "odk:tick-interval", None),
                ("placeholder", "odk:placeholder", None),
            ] {
                if let Some(value) = parameter(name).or(default) {
                    element.set_control(attribute, value);
                    if value
                        .parse::<f64>()
                        .is_ok_and(|number| number.fract() != 0.0)
                    {
                        element.set_bind("type", "decimal");
                    }
                }
            }
            element.itemset = parameter("tick_labelset").map(Cow::Borrowed);
        }
        _ => {}
    }
}

/// Name of the body element of a kind.
fn tag(kind: QuestionKind) -> &'static str {
    use QuestionKind as K;
    match kind {
        K::Text
        | K::Integer
        | K::Decimal
        | K::Note
        | K::Date
        | K::Time
        | K::DateTime
        | K::Geopoint
        | K::Geotrace
        | K::Geoshape
        | K::Barcode
        | K::SelectOneExternal => "input",
        K::SelectOne => "select1",
        K::SelectMultiple => "select",
        K::Rank => "odk:rank",
        K::Range => "range",
        K::Image | K::Audio | K::Video | K::File | K::Osm => "upload",
        K::Acknowledge | K::BackgroundGeopoint => "trigger",
        _ => "",
    }
}

fn attributes(kind: QuestionKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        QuestionKind::Image => &[("mediatype", "image/*")],
        QuestionKind::Audio => &[("mediatype", "audio/*")],
        QuestionKind::Video => &[("mediatype", "video/*")],
        QuestionKind::File => &[("mediatype", "application/*")],
        QuestionKind::Osm => &[("mediatype", "osm/*")],
        _ => &[],
    }
}

/// Bind attributes that a kind brings.
///
/// # Source
/// ODK XForms specification, sections "Bindings" and "Preloaders".
fn bind(kind: QuestionKind) -> &'static [(&'static str, &'static str)] {
    use QuestionKind as K;
    match kind {
        K::Integer | K::Range => &[("type", "int")],
        K::Decimal => &[("type", "decimal")],
        K::Note => &[("readonly", "true()"), ("type", "string")],
        K::Date => &[("type", "date")],
        K::Time => &[("type", "time")],
        K::DateTime => &[("type", "dateTime")],
        K::Geopoint | K::StartGeopoint | K::BackgroundGeopoint => &[("type", "geopoint")],
        K::Geotrace => &[("type", "geotrace")],
        K::Geoshape => &[("type", "geoshape")],
        K::Image | K::Audio | K::Video | K::File | K::Osm | K::Audit | K::BackgroundAudio => {
            &[("type", "binary")]
        }
        K::Barcode => &[("type", "barcode")],
        K::Rank => &[("type", "odk:rank")],
        K::Start => &[
            ("jr:preload", "timestamp"),
            ("type", "dateTime"),
            ("jr:preloadParams", "start"),
        ],
        K::End => &[
            ("jr:preload", "timestamp"),
            ("type", "dateTime"),
            ("jr:preloadParams", "end"),
        ],
        K::Today => &[
            ("jr:preload", "date"),
            ("type", "date"),
            ("jr:preloadParams", "today"),
        ],
        K::DeviceId => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "deviceid"),
        ],
        K::SubscriberId => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "subscriberid"),
        ],
        K::SimSerial => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "simserial"),
        ],
        K::PhoneNumber => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "phonenumber"),
        ],
        K::Username => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "username"),
        ],
        K::Email => &[
            ("jr:preload", "property"),
            ("type", "string"),
            ("jr:preloadParams", "email"),
        ],
        _ => &[("type", "string")],
    }
}
