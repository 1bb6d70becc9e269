//! The hot paths of the crate by themselves: whole checks of JSON text, and single edits of a live form at two sizes. It times the
//! crate against its own past; `cargo xtask bench` times it against its peers.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "the data is written here")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use portform::form::Form;
use portform::{Options, Payload, check_json, payload};
use serde_json::{Value, json};

fn bulk_update() -> &'static Payload {
    payload("results.bulk_update").expect("its table is in the crate")
}

/// One row in `bad` has a mark out of its bounds; 0 for none.
fn results(rows: usize, bad: usize) -> String {
    let row = |index: usize| {
        let mark = if bad != 0 && index.is_multiple_of(bad) { 7 } else { 5 };
        json!({
            "request_number": format!("2026-{index:07}"), "attended": true, "result_status": "SUCCEED", "attendance": 96,
            "practical_skills": 5, "interview": 4, "case_solving": 5, "test_percentage": 92, "test_mark": mark,
            "certificate": format!("ПК 77 № {index:08}"), "certificate_applied": false,
        })
    };
    json!({ "cycle_id": "3f0c2a51", "results": (0..rows).map(row).collect::<Vec<_>>() }).to_string()
}

fn whole(criterion: &mut Criterion) {
    let options = Options::default();
    let mut group = criterion.benchmark_group("check_json");
    for (name, rows, bad) in [("1,000 rows", 1_000, 0), ("10,000 rows", 10_000, 0), ("10,000 bad rows", 10_000, 1)] {
        let text = results(rows, bad);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(check_json(bulk_update(), text.as_bytes(), &options)).len());
        });
    }
    group.finish();
}

fn edits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("form");
    for rows in [100, 100_000] {
        let mut form = Form::from_json(bulk_update(), Options::default(), results(rows, 0).as_bytes()).unwrap();
        let mut marks = [7, 5].map(Value::from).into_iter().cycle();
        let mark = format!("/results/{}/test_mark", rows / 2);
        group.bench_function(format!("set a mark, {rows} rows"), |bencher| {
            bencher.iter(|| form.set(&mark, marks.next().unwrap()).unwrap());
        });
        let mut numbers = ["2026-X", "2026-Y"].map(Value::from).into_iter().cycle();
        let number = format!("/results/{}/request_number", rows / 2);
        group.bench_function(format!("set a number that must be unique, {rows} rows"), |bencher| {
            bencher.iter(|| form.set(&number, numbers.next().unwrap()).unwrap());
        });
        group.bench_function(format!("insert and remove a row in front, {rows} rows"), |bencher| {
            bencher.iter_batched(
                || json!({ "request_number": "2026-Z", "result_status": "NOT_TRAINED" }),
                |row| {
                    form.insert("/results", 0, Some(row)).unwrap();
                    form.remove("/results", 0).unwrap()
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(hot_paths, whole, edits);
criterion_main!(hot_paths);
