//! The choices a visitor can make in the first shop.

use std::collections::BTreeMap;

/// The purposes of `shop.json`, in its order.
pub const PURPOSES: [&str; 4] = ["auth", "ads", "traffic", "affiliate"];

/// Per purpose, whether it is allowed: the shape of `doui.state.choices` and of the record's `choices`.
pub type Choices = BTreeMap<String, bool>;

/// Every choice there is, from all refused to all allowed.
pub fn combinations() -> impl Iterator<Item = Choices> {
    (0..1u8 << PURPOSES.len()).map(|bits| {
        PURPOSES
            .iter()
            .enumerate()
            .map(|(i, id)| ((*id).to_owned(), bits >> i & 1 == 1))
            .collect()
    })
}
