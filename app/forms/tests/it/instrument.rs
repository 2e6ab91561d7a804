use forms::form::{Form, Node, QuestionKind, Roll};
use forms::instrument::{compile, shipped};

fn instrument(id: &str) -> Form {
    let (_, yaml) = shipped().iter().find(|(other, _)| *other == id).unwrap();
    compile(yaml).unwrap()
}

#[test]
fn every_shipped_instrument_compiles_under_its_own_id() {
    for (id, yaml) in shipped() {
        assert_eq!(compile(yaml).unwrap().id, *id);
    }
}

#[test]
fn a_compiled_instrument_survives_json() {
    for (id, yaml) in shipped() {
        let form = compile(yaml).unwrap();
        let json = serde_json::to_string(&form).unwrap();
        assert_eq!(serde_json::from_str::<Form>(&json).unwrap(), form, "{id}");
    }
}

#[test]
fn names_are_unique_within_an_instrument() {
    for (id, yaml) in shipped() {
        let form = compile(yaml).unwrap();
        let mut names: Vec<String> = form
            .walk()
            .map(|walked| walked.node.name().to_owned())
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{id}");
    }
}

#[test]
fn the_vpr_checklist_holds_seven_phases_and_ten_critical_items() {
    let form = instrument("obs_vpr_day");
    let sections = form
        .nodes
        .iter()
        .filter(|node| matches!(node, Node::Group(group) if group.section.is_some()));
    assert_eq!(sections.count(), 7);
    let critical = form
        .walk()
        .filter(|walked| matches!(walked.node, Node::Question(question) if question.critical));
    assert_eq!(critical.count(), 10);
    assert_eq!(form.scoring.unwrap().section, Roll::FailedShare);
}

#[test]
fn a_phase_shows_when_its_stage_is_observed() {
    let form = instrument("obs_vpr_day");
    let during = form
        .nodes
        .iter()
        .find(|node| node.name() == "during")
        .unwrap();
    assert_eq!(during.relevant(), Some("selected(${ctx_stage}, 'during')"));
    assert_eq!(
        form.question("VPR-D12").unwrap().relevant.as_deref(),
        Some("${ctx_special} = 'yes'")
    );
}

#[test]
fn a_violation_needs_a_note() {
    let form = instrument("obs_vpr_day");
    let note = form.question("VPR-D8a_note").unwrap();
    assert_eq!(
        note.relevant.as_deref(),
        Some("${VPR-D8} = 'no' and ${VPR-D8a} = 'no'")
    );
    assert_eq!(note.required.as_deref(), Some("true()"));
    assert_eq!(note.companion.as_ref().unwrap().of, "VPR-D8a");
}

#[test]
fn a_self_assessment_item_has_four_described_levels_and_not_applicable() {
    let form = instrument("school_objectivity_self");
    let list = form.list("SO-1.1").unwrap();
    assert_eq!(list.choices.len(), 5);
    assert!(
        list.choices
            .iter()
            .take(4)
            .all(|choice| choice.score.is_some() && !choice.level.is_empty())
    );
    assert!(list.choices[4].not_applicable);
    assert_eq!(form.question("SO-1.4").unwrap().weight, Some(2.0));
}

#[test]
fn the_mechanisms_are_nine_sections_of_eight_steps_in_two_blocks() {
    let form = instrument("municipal_mechanisms");
    assert_eq!(form.nodes.len(), 2);
    let mechanisms: Vec<_> = form
        .nodes
        .iter()
        .flat_map(|block| block.children())
        .collect();
    assert_eq!(mechanisms.len(), 9);
    let steps = form.walk().filter(
        |walked| matches!(walked.node, Node::Question(question) if question.kind == QuestionKind::SelectOne),
    );
    assert_eq!(steps.count(), 72);
}

#[test]
fn a_formula_nobody_implements_is_refused() {
    let (_, yaml) = shipped()
        .iter()
        .find(|(id, _)| *id == "school_objectivity_self")
        .unwrap();
    let changed = yaml.replace("overall: mean of domains", "overall: best of domains");
    assert!(
        compile(&changed)
            .unwrap_err()
            .to_string()
            .contains("best of domains")
    );
}
