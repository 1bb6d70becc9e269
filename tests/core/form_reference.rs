//! The live form and the whole check agree where a check reads into a list's items and looks them up in a reference list.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use portform::form::{Filter, Form};
use portform::{Issue, Options, check_json, payload};
use serde_json::{Value, json};

fn shown(issues: &[Issue]) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {} {}", issue.pointer(), issue.code.as_str(), issue.rule)).collect()
}

#[test]
fn form_and_check_agree_about_flat_partitions() {
    let mut options = Options::default();
    options.context.set_programmes(json!({"programmes":[{"id":"p1","speciality":"A","umk":[{"id":"k1","actual":true,"partitions":[{"id":"x1"},{"id":"x2"}]},{"id":"k2","actual":false,"partitions":[{"id":"y1"}]}]}]})).unwrap();
    let payload = payload("programme.create").unwrap();
    let mut value = json!({ "specialities": [{ "name": "A", "main": true, "programmes": [{ "id": "p1", "partitions": [{ "id": "x1" }] }] }] });
    let mut form = Form::new(payload, options.clone(), Some(&value));
    let agree = |form: &Form, value: &Value, step: &str| {
        let text = value.to_string();
        let report = check_json(payload, text.as_bytes(), &options);
        let whole = shown(&report.issues());
        let own = shown(&form.issues(&Filter::default()).unwrap());
        assert_eq!(own, whole, "{step}");
    };
    agree(&form, &value, "start");
    let base = "/specialities/0/programmes/0";
    for (at, to) in [
        ("partitions/0/id", json!("zz")),
        ("partitions/0/id", json!("y1")),
        ("id", json!("p2")),
        ("id", json!("p1")),
        ("partitions/0/id", json!("x2")),
    ] {
        form.set(&format!("{base}/{at}"), &to).unwrap();
        *value.pointer_mut(&format!("{base}/{at}")).unwrap() = to;
        agree(&form, &value, at);
    }
    form.insert(&format!("{base}/partitions"), 1, Some(json!({"id":"nope"}))).unwrap();
    value.pointer_mut(&format!("{base}/partitions")).unwrap().as_array_mut().unwrap().push(json!({"id":"nope"}));
    agree(&form, &value, "insert");
    form.remove(&format!("{base}/partitions"), 1).unwrap();
    value.pointer_mut(&format!("{base}/partitions")).unwrap().as_array_mut().unwrap().pop();
    agree(&form, &value, "remove");
    form.set(&format!("{base}/umk"), json!([{"id":"k1","partitions":[{"id":"y1"}]}])).unwrap();
    value.pointer_mut(base).unwrap()["umk"] = json!([{"id":"k1","partitions":[{"id":"y1"}]}]);
    agree(&form, &value, "umk");
    form.set(&format!("{base}/umk/0/id"), json!("k2")).unwrap();
    value.pointer_mut(base).unwrap()["umk"][0]["id"] = json!("k2");
    agree(&form, &value, "kit");
    form.remove(&format!("{base}/umk"), 0).unwrap();
    value.pointer_mut(base).unwrap()["umk"] = json!([]);
    agree(&form, &value, "no kit");
    form.set("/specialities/0/name", json!("B")).unwrap();
    value["specialities"][0]["name"] = json!("B");
    agree(&form, &value, "name");
    form.set("/specialities/0/all_partitions", json!(true)).unwrap();
    value["specialities"][0]["all_partitions"] = json!(true);
    agree(&form, &value, "all");
    form.remove("/specialities/0/programmes", 0).unwrap();
    value["specialities"][0]["programmes"] = json!([]);
    agree(&form, &value, "none");
}
