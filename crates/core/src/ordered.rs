//! JSON objects whose order matters.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The members of a JSON object as they stand.
///
/// Of a key that stands twice the first place and the last value count, as `JSON.parse` has it:
/// Rust and the page must read the same record alike.
pub(crate) struct Ordered<V>(pub(crate) Vec<(String, V)>);

impl<V> Ordered<V> {
    /// The value of `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
    type Value = Ordered<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry::<String, V>()? {
            members.push(member);
        }
        Ok(Ordered(unique(members)))
    }
}

/// The members, each key once. What is stored may be forged, so the time does not grow with the square of them.
fn unique<V>(mut members: Vec<(String, V)>) -> Vec<(String, V)> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_unstable_by(|one, other| {
        let key = |at: &usize| &members[*at].0;
        key(one).cmp(key(other)).then(one.cmp(other))
    });
    let mut is_kept = vec![true; members.len()];
    // From the end, so that the last value of a key comes to its first place.
    for pair in order.windows(2).rev() {
        let (earlier, later) = (pair[0], pair[1]);
        if members[earlier].0 == members[later].0 {
            let (before, after) = members.split_at_mut(later);
            std::mem::swap(&mut before[earlier].1, &mut after[0].1);
            is_kept[later] = false;
        }
    }
    let mut is_kept = is_kept.into_iter();
    members.retain(|_| is_kept.next().unwrap_or(true));
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_again_keeps_its_first_place_and_its_last_value() {
        let json = r#"{"b":1,"a":2,"b":3,"c":4,"a":5,"b":6}"#;
        let members: Ordered<u8> = serde_json::from_str(json).unwrap();
        let members: Vec<_> = members.0.iter().map(|(key, n)| (&key[..], *n)).collect();
        assert_eq!(members, [("b", 6), ("a", 5), ("c", 4)]);
    }
}
