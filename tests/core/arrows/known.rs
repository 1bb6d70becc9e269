//! Imports that close a circle of files and are known: whoever unties one takes its line out. Nothing may be added.

/// From a file, to a file.
type Known = &'static [(&'static str, &'static str)];

pub(super) const CORE: Known = &[
    ("check/mod.rs", "contents.rs"),
    ("check/needs.rs", "check/mod.rs"),
    ("check/place.rs", "check/mod.rs"),
    ("check/rows.rs", "check/mod.rs"),
    ("check/value.rs", "check/mod.rs"),
    ("client/fetch.rs", "client/mod.rs"),
    ("client/references.rs", "client/mod.rs"),
    ("client/submit.rs", "client/journal.rs"),
    ("draft/cell.rs", "draft/mod.rs"),
    ("draft/texts.rs", "draft/mod.rs"),
    ("explain/ehealth.rs", "explain.rs"),
    ("explain/portal.rs", "explain.rs"),
    ("export/json_schema/condition.rs", "export/json_schema/mod.rs"),
    ("export/json_schema/unsaid.rs", "export/json_schema/mod.rs"),
    ("form/batch.rs", "form/mod.rs"),
    ("form/history.rs", "form/mod.rs"),
    ("form/index.rs", "form/mod.rs"),
    ("form/parts.rs", "form/mod.rs"),
    ("form/reach.rs", "form/mod.rs"),
    ("form/remarks.rs", "form/mod.rs"),
    ("form/remarks.rs", "form/session.rs"),
    ("form/search.rs", "form/mod.rs"),
    ("form/session.rs", "form/mod.rs"),
    ("form/tally.rs", "form/mod.rs"),
    ("input/idle.rs", "input/json.rs"),
    ("input/json.rs", "input/mod.rs"),
    ("input/packed.rs", "input/mod.rs"),
    ("kinds/identifiers.rs", "reading.rs"),
    ("messages/en.rs", "messages/mod.rs"),
    ("messages/ru.rs", "messages/mod.rs"),
    ("messages/uk.rs", "messages/mod.rs"),
    ("payloads/mod.rs", "contents.rs"),
    ("table/check.rs", "view.rs"),
    ("table/field.rs", "table/record.rs"),
    ("table/kind.rs", "table/record.rs"),
    ("view.rs", "check/fields.rs"),
];

pub(super) const PROXY: Known = &[
    ("database/keys.rs", "database/mod.rs"),
    ("database/migrations.rs", "database/mod.rs"),
    ("errors.rs", "journal/entry.rs"),
    ("inbox/webhook.rs", "inbox/mod.rs"),
    ("journal/entry.rs", "journal/by_person.rs"),
    ("journal/entry.rs", "upstream.rs"),
    ("journal/routes.rs", "forward.rs"),
    ("journal/upkeep.rs", "journal/mod.rs"),
    ("listen/io.rs", "listen/mod.rs"),
    ("sandbox/callbacks.rs", "config.rs"),
    ("sandbox/control.rs", "sandbox/mod.rs"),
    ("sandbox/cycles.rs", "sandbox/mod.rs"),
    ("sandbox/ehealth.rs", "sandbox/mod.rs"),
    ("sandbox/mod.rs", "config.rs"),
    ("sandbox/programmes.rs", "sandbox/mod.rs"),
    ("sandbox/requests.rs", "sandbox/mod.rs"),
    ("sandbox/results.rs", "sandbox/mod.rs"),
    ("sandbox/serve.rs", "sandbox/mod.rs"),
    ("sandbox/token.rs", "sandbox/mod.rs"),
    ("token.rs", "config.rs"),
    ("token.rs", "upstream.rs"),
    ("upstream.rs", "config.rs"),
    ("web.rs", "forward.rs"),
];

pub(super) const COMMANDS: Known = &[
    ("commands/build.rs", "commands/mod.rs"),
    ("commands/demo.rs", "commands/mod.rs"),
    ("commands/fmt_check.rs", "commands/mod.rs"),
    ("commands/generate.rs", "commands/mod.rs"),
    ("commands/help.rs", "commands/mod.rs"),
    ("commands/lint.rs", "commands/mod.rs"),
    ("commands/size.rs", "commands/mod.rs"),
    ("workspace.rs", "process.rs"),
];

pub(super) const PACKAGE: Known =
    &[("element/block.ts", "element/screen.ts"), ("element/list.ts", "element/group.ts"), ("types.ts", "form-data.ts")];

pub(super) const DEMO: Known = &[("cells.ts", "editor.ts"), ("views/list.ts", "views/group.ts")];
