//! Employees and partners beside customers.

use rapport_entities as stored;

choice! {
    /// Why it cannot be told how two indexes go together.
    Unlinked of stored::Unlinked {
        /// The earlier quarter is not published.
        NotPublished,
        /// Fewer than five units have both figures on a base large enough.
        TooFew,
        /// The units do not differ.
        NoDifference,
    }
}
