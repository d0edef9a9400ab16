//! Reading and writing JSON objects so that what this program does not know survives, and in its place.

/// Defines a struct for a JSON object with keys in a fixed order.
///
/// Reading takes the keys in any order, leaves absent ones at their default, and keeps unknown ones in `unknown`;
/// writing puts the known ones in their order and the unknown ones back where they stood. Keys behind the semicolon are
/// written only where they say something.
macro_rules! wire {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty = $key:literal),* $(,)?
        $(; $($(#[$extra_meta:meta])* $extra:ident: $extra_type:ty = $extra_key:literal),* $(,)?)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            $($($(#[$extra_meta])* pub $extra: Option<$extra_type>,)*)?
            /// Keys that this program does not know.
            pub unknown: $crate::annot::document::Unknown,
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut object = $name::default();
                        let mut known = 0;
                        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                            match &*key {
                                $($key => object.$field = map.next_value()?,)*
                                $($($extra_key => object.$extra = map.next_value()?,)*)?
                                _ => {
                                    object.unknown.push((known, key.into_owned(), map.next_value()?));
                                    continue;
                                }
                            }
                            known += 1;
                        }
                        Ok(object)
                    }
                }
                deserializer.deserialize_map(Visitor)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                let mut unknown = self.unknown.iter().peekable();
                let mut known = 0;
                $(
                    while let Some((_, key, value)) = unknown.next_if(|(before, ..)| *before <= known) {
                        map.serialize_entry(key, value)?;
                    }
                    map.serialize_entry($key, &self.$field)?;
                    known += 1;
                )*
                $($(
                    while let Some((_, key, value)) = unknown.next_if(|(before, ..)| *before <= known) {
                        map.serialize_entry(key, value)?;
                    }
                    if let Some(extra) = &self.$extra {
                        map.serialize_entry($extra_key, extra)?;
                        known += 1;
                    }
                )*)?
                debug_assert!(known > 0);
                for (_, key, value) in unknown {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    };
}
pub(crate) use wire;
