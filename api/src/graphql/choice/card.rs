//! The schemes of the playbooks.

use rapport_entities as stored;

choice! {
    /// A scheme whose classes have cards of what to do.
    CardScheme of stored::CardScheme {
        /// By loyalty type.
        Loyalty,
        /// Apostles and terrorists, within loyal and defecting.
        LoyaltySubtype,
        /// By turnover × profitability.
        ValueClass,
        /// Most valuable, most growable, below zero.
        Growth,
        /// Small to VIP.
        Size,
        /// Phase of the relationship.
        Lifecycle,
        /// Stage on the way to loyalty.
        Stage,
        /// Of those who have not bought yet, by how likely they are to; results have none.
        Prospect,
    }
}
