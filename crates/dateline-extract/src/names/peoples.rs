//! Peoples of states: how the entity of one is made of its state's, and known again.

/// How the identifier of a people begins; its state's stands behind (`people-of-sudan`).
const PREFIX: &str = "people-of-";

/// The entity of a state's people.
pub(super) fn of_state(slug: &str) -> String {
    format!("{PREFIX}{slug}")
}

/// The entity is the people of a state ("Palestinians"), not a people that has a name of its own.
pub(crate) fn is_of_state(entity: &str) -> bool {
    entity.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_known_again() {
        assert!(is_of_state(&of_state("kenya")));
        assert!(!is_of_state("kenya") && !is_of_state("people-power-party"));
    }
}
