//! The way from using to kept or lost: which states lead to which, and which of them a customer passes. There is one way
//! for every customer.

use rapport_entities::{LossState, customer_quarter};

use super::at;
use crate::{
    Rules,
    close::{customers::Customer, handling::Handling},
};

use LossState::{
    Complained, Contact, Dissatisfied, HandledBadly, HandledWell, Kept, Lost, NoAnswer, NoContact, Open,
    QuietDissatisfied, QuietNoAnswer, QuietSatisfied, Satisfied, Unconfirmed, Unrecorded, Using,
};

/// The steps: their number from 1, and the states they lead from and to. Who gave no answer was not dissatisfied, and
/// without a contact there is no answer.
pub const EDGES: [(i32, LossState, LossState); 33] = [
    (1, Using, Contact),
    (1, Using, NoContact),
    (2, Contact, Satisfied),
    (2, Contact, Dissatisfied),
    (2, Contact, NoAnswer),
    (2, NoContact, NoAnswer),
    (3, Satisfied, Complained),
    (3, Satisfied, QuietSatisfied),
    (3, Dissatisfied, Complained),
    (3, Dissatisfied, QuietDissatisfied),
    (3, NoAnswer, Complained),
    (3, NoAnswer, QuietNoAnswer),
    (4, Complained, HandledWell),
    (4, Complained, HandledBadly),
    (4, Complained, Unconfirmed),
    (4, Complained, Open),
    (4, Complained, Unrecorded),
    (5, QuietSatisfied, Kept),
    (5, QuietSatisfied, Lost),
    (5, QuietDissatisfied, Kept),
    (5, QuietDissatisfied, Lost),
    (5, QuietNoAnswer, Kept),
    (5, QuietNoAnswer, Lost),
    (5, HandledWell, Kept),
    (5, HandledWell, Lost),
    (5, HandledBadly, Kept),
    (5, HandledBadly, Lost),
    (5, Unconfirmed, Kept),
    (5, Unconfirmed, Lost),
    (5, Open, Kept),
    (5, Open, Lost),
    (5, Unrecorded, Kept),
    (5, Unrecorded, Lost),
];

/// The place of an edge; none if a state does not lead to the other.
pub fn edge(from: LossState, to: LossState) -> Option<usize> {
    EDGES.iter().position(|(_, one, other)| (*one, *other) == (from, to))
}

/// Whether only records of complaints can tell.
pub fn is_of_complaints(from: LossState, to: LossState) -> bool {
    let told =
        |state| matches!(state, Complained | HandledWell | HandledBadly | Unconfirmed | Open | Unrecorded);
    told(from) || told(to)
}

/// The edges that a customer passes, by their places.
pub fn way(customer: &Customer, row: &customer_quarter::Model, rules: &Rules) -> impl Iterator<Item = usize> {
    let contact = if customer.answered || customer.handling.is_some() { Contact } else { NoContact };
    let (satisfaction, quiet) = match row.satisfaction {
        Some(points) if points < rules.satisfaction_cut => (Dissatisfied, QuietDissatisfied),
        Some(_) => (Satisfied, QuietSatisfied),
        None => (NoAnswer, QuietNoAnswer),
    };
    let handled = row.complained.then(|| customer.handling.map_or(Unrecorded, handling));
    let outcome = if row.staying == Some(true) { Kept } else { Lost };
    let (third, fourth) = match handled {
        Some(state) => (Complained, Some(at(Complained, state))),
        None => (quiet, None),
    };
    let first = [at(Using, contact), at(contact, satisfaction), at(satisfaction, third)];
    let last = at(handled.unwrap_or(quiet), outcome);
    first.into_iter().chain(fourth).chain([last])
}

fn handling(handling: Handling) -> LossState {
    match handling {
        Handling { resolved: false, .. } => Open,
        Handling { satisfied: Some(true), .. } => HandledWell,
        Handling { satisfied: Some(false), .. } => HandledBadly,
        Handling { satisfied: None, .. } => Unconfirmed,
    }
}
