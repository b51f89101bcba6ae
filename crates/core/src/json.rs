//! JSON objects read member by member: in their order, each value only when it is asked for.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of a JSON object as they stand, those whose key stands again among them.
#[derive(Clone, Debug)]
pub struct Ordered<V>(pub Vec<(String, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Ordered<V> {
    /// The value of `key`: the last one, as `JSON.parse` has it. Rust and the page must read the same record alike.
    pub fn get(&self, key: &str) -> Option<&V> {
        let mut latest_first = self.0.iter().rev();
        latest_first.find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The members, each key once, at its first place and with its last value.
    ///
    /// The time grows with the square of the members: for what is known to be short.
    pub fn unique(&self) -> Vec<(&str, &V)> {
        let mut members: Vec<(&str, &V)> = Vec::new();
        for (key, value) in &self.0 {
            match members.iter_mut().find(|(k, _)| k == key) {
                Some(member) => member.1 = value,
                None => members.push((key, value)),
            }
        }
        members
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object(PhantomData))
    }
}

struct Object<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Object<V> {
    type Value = Ordered<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Ordered(members))
    }
}

/// A JSON object of which each value is read only when it is asked for: one that is wrong, or
/// nested without end, spoils no other.
pub type Members<'a> = Ordered<&'a RawValue>;

/// The value of `key`, if it is there and of the type asked for.
pub fn member<'a, T: Deserialize<'a>>(members: &Members<'a>, key: &str) -> Option<T> {
    read(members.get(key)?)
}

/// The value, if it is of the type asked for.
pub fn read<'a, T: Deserialize<'a>>(value: &'a RawValue) -> Option<T> {
    serde_json::from_str(value.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_again_keeps_its_first_place_and_its_last_value() {
        let json = r#"{"b":1,"a":2,"b":3,"c":4,"a":5,"b":6}"#;
        let members: Ordered<u8> = serde_json::from_str(json).unwrap();
        assert_eq!((members.get("a"), members.get("d")), (Some(&5), None));
        let members = members.unique();
        let members: Vec<_> = members.iter().map(|(key, n)| (*key, **n)).collect();
        assert_eq!(members, [("b", 6), ("a", 5), ("c", 4)]);
    }
}
