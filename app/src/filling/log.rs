//! Fields of a form in a log of operations.

use serde_json::Value;

use api::forms::submission::Operation;

/// The log of a form: what changes is the JSON of an edit.
pub type Log = sync::Log<Value>;

/// Operations on one field in folding order: the history of an answer, the last one holds.
pub fn history<'a>(log: &'a Log, path: &Value) -> Vec<&'a Operation> {
    log.ordered()
        .into_iter()
        .filter(|operation| operation.change.get("path") == Some(path))
        .collect()
}

/// Has anybody answered this field?
pub fn holds(log: &Log, path: &Value) -> bool {
    log.iter()
        .any(|operation| operation.change.get("path") == Some(path))
}

/// Field of the newest own operation.
pub fn last_path(log: &Log) -> Option<String> {
    let path = log.newest()?.change.get("path")?;
    path.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sync::{DeviceId, OperationId, Stamp, SubmissionId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn history_holds_the_answers_of_one_field() {
        let submission = SubmissionId(Uuid::from_u128(1));
        let mut log = Log::new(submission, DeviceId(Uuid::from_u128(2)), "1.0.0");
        for (number, path) in [(1, "a"), (2, "b"), (3, "a")] {
            let stamp = Stamp {
                id: OperationId(Uuid::from_u128(number)),
                at_ms: number as i64,
                zone_minutes: 180,
            };
            log.record(json!({"path": path, "edit": number as u64}), stamp);
        }
        let edits: Vec<_> = history(&log, &json!("a"))
            .iter()
            .map(|operation| operation.change["edit"].clone())
            .collect();
        assert_eq!(edits, [json!(1), json!(3)]);
        assert_eq!(last_path(&log), Some("a".to_owned()));
        assert!(!holds(&log, &json!("c")));
    }
}
