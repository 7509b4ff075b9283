//! Where a sealed value or a wrapped key lives. The address is authenticated with it, so it opens nowhere
//! else.

use uuid::Uuid;

use crate::encode::Fields;

/// The place of one sealed value. Opening needs the very same address: a value that a database
/// administrator moved to another row, or put back at an older version, does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The organisation.
    pub tenant: Uuid,
    /// Name of the table.
    pub table: &'a str,
    /// Id of the row.
    pub row: Uuid,
    /// Name of the field (column, or file of a row).
    pub field: &'a str,
    /// Version of the plaintext's format.
    pub schema: u16,
    /// Name of the compartment, such as `core` or `therapy`.
    pub compartment: &'a str,
    /// Version of the row; counts up with each change.
    pub version: i64,
}

impl Address<'_> {
    /// The associated data: every field, length-prefixed, after the domain and the value's own header.
    pub(crate) fn associated(&self, domain: &str, header: &[u8]) -> Vec<u8> {
        Fields::new(domain)
            .add(header)
            .add(self.tenant.as_bytes())
            .add(self.table.as_bytes())
            .add(self.row.as_bytes())
            .add(self.field.as_bytes())
            .add(&self.schema.to_be_bytes())
            .add(self.compartment.as_bytes())
            .add(&self.version.to_be_bytes())
            .bytes()
    }
}

/// The place of one wrapped compartment key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotAddress<'a> {
    /// The organisation.
    pub tenant: Uuid,
    /// The person or case whose compartment it is.
    pub subject: Uuid,
    /// Name of the compartment.
    pub compartment: &'a str,
    /// Generation of the compartment key.
    pub generation: u32,
    /// Id of the one who can unwrap it: the office, a person, a partner, the quorum.
    pub recipient: Uuid,
}

impl SlotAddress<'_> {
    /// The associated data: every field, length-prefixed, after the domain and the slot's own header.
    pub(crate) fn associated(&self, header: &[u8]) -> Vec<u8> {
        Fields::new("ceiba slot v1")
            .add(header)
            .add(self.tenant.as_bytes())
            .add(self.subject.as_bytes())
            .add(self.compartment.as_bytes())
            .add(&self.generation.to_be_bytes())
            .add(self.recipient.as_bytes())
            .bytes()
    }
}
