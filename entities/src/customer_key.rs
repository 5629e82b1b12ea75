//! The key of a customer is derived from the company's own code, so that facts find their customer without a look-up,
//! on one database or on many.

use sha2::{Digest, Sha256};

/// The key of the customer with this code: the first 63 bits of its SHA-256.
///
/// Among ten million customers two codes share a key with a probability of 5·10⁻⁶; import refuses the second.
pub fn customer_id(code: &str) -> i64 {
    let digest = Sha256::digest(code.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(bytes) & i64::MAX
}
