//! A page's copy of what a form finds, kept in step by the changes that the form tells: after each edit it is what the form has.

use std::collections::BTreeMap;

use portform::form::{Changes, Filter, Form, Shift};
use portform::{FieldState, Issue};

use super::hold;

/// Where an issue is, and what it is but for the index of another row, which moves along untold.
type Known = (String, String);

pub struct Copy {
    issues: Vec<Known>,
    states: BTreeMap<String, FieldState>,
}

fn known(issue: &Issue) -> Known {
    (issue.pointer(), format!("{} {} {}", issue.code(), issue.severity.as_str(), issue.rule))
}

fn found(form: &Form) -> Vec<Known> {
    form.issues(&Filter::default()).unwrap_or_default().iter().map(known).collect()
}

impl Copy {
    pub fn of(form: &Form) -> Self {
        let states = form.states().into_iter().map(|state| (state.pointer.clone(), state)).collect();
        Self { issues: found(form), states }
    }

    /// Takes over what an edit changed.
    pub fn follow(&mut self, changes: &Changes) -> Result<(), String> {
        for issue in &changes.removed {
            let gone = known(issue);
            let at = self.issues.iter().position(|other| *other == gone);
            let at = at.ok_or_else(|| format!("an issue goes that was not there: {} {}", gone.0, gone.1))?;
            self.issues.remove(at);
        }
        for shift in &changes.shifted {
            for (pointer, _) in &mut self.issues {
                *pointer = moved(pointer, shift).unwrap_or_default();
            }
            let states = std::mem::take(&mut self.states);
            self.states = states
                .into_iter()
                .filter_map(|(pointer, state)| Some((moved(&pointer, shift)?, state)))
                .map(|(pointer, state)| (pointer.clone(), FieldState { pointer, ..state }))
                .collect();
        }
        self.issues.extend(changes.added.iter().map(known));
        self.states.extend(changes.states().into_iter().map(|state| (state.pointer.clone(), state)));
        Ok(())
    }

    /// Whether it has what the form has.
    pub fn agrees(&self, form: &Form) -> Result<(), String> {
        let (mut here, mut there) = (self.issues.clone(), found(form));
        here.sort();
        there.sort();
        hold!(here == there, "by its changes the form has\n{here:?}\nin truth\n{there:?}");
        for state in form.states() {
            let copy = self.states.get(&state.pointer);
            hold!(copy == Some(&state), "by its changes {} is {copy:?}, in truth {state:?}", state.pointer);
        }
        Ok(())
    }
}

/// The pointer after the rows of a list moved; nothing where its row is gone.
fn moved(pointer: &str, shift: &Shift) -> Option<String> {
    let inside = pointer.strip_prefix(&shift.pointer).and_then(|rest| rest.strip_prefix('/'));
    let Some(inside) = inside else { return Some(pointer.to_owned()) };
    let (index, rest) = inside.split_at(inside.find('/').unwrap_or(inside.len()));
    let Ok(index) = index.parse::<usize>() else { return Some(pointer.to_owned()) };
    if index >= shift.from {
        return Some(format!("{}/{}{rest}", shift.pointer, index.saturating_add_signed(shift.by)));
    }
    let gone = shift.by < 0 && index >= shift.from.saturating_add_signed(shift.by);
    (!gone).then(|| pointer.to_owned())
}
