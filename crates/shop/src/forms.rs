//! The forms of single values in the JSON Schema of `shop.json`: what a schema cannot take from a type, as a pattern or as
//! the type of another crate.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::shop::Corner;

/// A text or number that is written by a grammar of its own.
pub(crate) enum Language {}
pub(crate) enum Line {}
pub(crate) enum Link {}
pub(crate) enum Email {}
pub(crate) enum Path {}
pub(crate) enum OwnAddress {}
pub(crate) enum Button {}
pub(crate) enum Host {}
pub(crate) enum CookieName {}
pub(crate) enum Region {}
pub(crate) enum CookieLife {}
pub(crate) enum Day {}
pub(crate) enum Id {}

/// A list that is not empty.
pub(crate) struct AtLeastOne<T>(PhantomData<T>);

/// The JSON Schema of a type that no derive can see through.
macro_rules! form {
    ($type:ty, $name:literal, $generator:pat => $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

form!(Line, "Line", _ => json_schema!({ "type": "string", "pattern": r"\S" }));
form!(Link, "Link", _ => json_schema!({ "type": "string", "format": "uri", "pattern": "^https://." }));
form!(Email, "Email", _ => json_schema!({ "type": "string", "format": "email", "pattern": r"^\S+@\S+\.\S+$" }));
form!(Path, "Path", _ => json_schema!({ "type": "string", "pattern": r"^/([A-Za-z0-9._~-]+/)*$" }));
form!(OwnAddress, "OwnAddress", _ => json_schema!({
    "type": "string",
    "pattern": "^(/[A-Za-z0-9._~-]+)+/?$",
}));
form!(Button, "Button", generator => json_schema!({
    "anyOf": [{ "const": false }, generator.subschema_for::<Corner>()],
}));
form!(Host, "Host", _ => json_schema!({
    "type": "string",
    "pattern": r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$",
}));
form!(CookieName, "CookieName", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z][a-z0-9_-]{0,31}$",
}));
form!(Region, "Region", _ => json_schema!({
    "type": "string",
    "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
}));
form!(Language, "Language", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
}));
form!(CookieLife, "CookieLife", _ => json_schema!({ "type": "integer", "minimum": 0, "maximum": 9999 }));
form!(Day, "Date", _ => json_schema!({
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}));
form!(Id, "Id", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z][a-z0-9-]{0,23}$",
}));

pub(crate) use form;

impl<T: JsonSchema> JsonSchema for AtLeastOne<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtLeastOne_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": generator.subschema_for::<T>(),
            "minItems": 1,
        })
    }
}

/// How the cookie is set.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "the schema alone is wanted of it")]
pub(crate) struct Cookie {
    /// Its name, and the key of the record in local storage: `[a-z][a-z0-9_-]{0,31}`. Two shops on one host need two.
    #[schemars(with = "Option<CookieName>")]
    name: (),
    /// The `Domain` attribute, to share the decision between hosts. Without it, the page's host.
    domain: Option<String>,
    /// Whether the shop's server renews its life, by sending it back with `Set-Cookie`. A browser that cuts the life of
    /// what scripts write counts from the last writing, so then the page writes it only where it is not there.
    renewed_by_server: Option<bool>,
}

/// What holds before the first answer.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(dead_code, reason = "the schema alone is wanted of it")]
pub(crate) enum Before {
    /// Nothing is allowed.
    Denied,
    /// The purpose is allowed until the visitor answers: an opt-out model.
    Granted,
}

/// A consent type of Google's.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[allow(dead_code, reason = "the schema alone is wanted of it")]
pub(crate) enum ConsentType {
    /// Storage for advertising.
    AdStorage,
    /// Sending data on the visitor for advertising.
    AdUserData,
    /// Personalised advertising.
    AdPersonalization,
    /// Storage for analytics.
    AnalyticsStorage,
    /// Storage for what the site does, such as its language.
    FunctionalityStorage,
    /// Storage for personalisation, such as recommendations.
    PersonalizationStorage,
}
