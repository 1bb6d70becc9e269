//! What a payload is called, which way it goes, and where it is sent. The rows stand in its root record.

use super::{Record, Words};

/// Which way a payload goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the information system to the upstream: irrelevant fields are left out of the body.
    Outbound,
    /// From the upstream to the information system: every field is kept in the canonical reading.
    Inbound,
}

/// Which of the two interfaces a payload belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// The НМФО Portal.
    Portal,
    /// Ukrainian eHealth.
    Ehealth,
}

/// What the payload does to its object; some fields are expected on update only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The object is new.
    Create,
    /// The object exists already.
    Update,
    /// Neither.
    Other,
}

/// Method and path of the upstream's endpoint, relative to a configurable base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The HTTP method.
    pub method: &'static str,
    /// The path without a leading slash; `{name}` stands for a parameter.
    pub path: &'static str,
}

/// One payload of the source documents.
#[derive(Debug)]
pub struct Payload {
    pub(crate) name: &'static str,
    pub(crate) export: &'static str,
    pub(crate) title: Words,
    pub(crate) system: System,
    pub(crate) direction: Direction,
    pub(crate) operation: Operation,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) source: &'static str,
    pub(crate) root: &'static Record,
}

impl Payload {
    /// The payload `name`, of which `export` is the JavaScript name, described in the section `source` of its document.
    pub const fn new(
        name: &'static str,
        export: &'static str,
        title: Words,
        source: &'static str,
        root: &'static Record,
    ) -> Self {
        Self {
            name,
            export,
            title,
            system: System::Portal,
            direction: Direction::Outbound,
            operation: Operation::Other,
            endpoint: None,
            source,
            root,
        }
    }

    /// Sent by POST with a JSON body to `path`.
    pub const fn post(mut self, path: &'static str) -> Self {
        self.endpoint = Some(Endpoint { method: "POST", path });
        self
    }

    /// Received as the answer to a GET of `path`.
    pub const fn get(mut self, path: &'static str) -> Self {
        self.endpoint = Some(Endpoint { method: "GET", path });
        self
    }

    /// Received, not sent.
    pub const fn inbound(mut self) -> Self {
        self.direction = Direction::Inbound;
        self
    }

    /// Belongs to eHealth.
    pub const fn ehealth(mut self) -> Self {
        self.system = System::Ehealth;
        self
    }

    /// Creates its object.
    pub const fn create(mut self) -> Self {
        self.operation = Operation::Create;
        self
    }

    /// Updates its object.
    pub const fn update(mut self) -> Self {
        self.operation = Operation::Update;
        self
    }

    /// The payload's name, such as `cycle.create`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The payload's JavaScript name, such as `cycleCreate`.
    pub const fn export(&self) -> &'static str {
        self.export
    }

    /// What the payload is, for people, in the three languages.
    pub const fn title(&self) -> &Words {
        &self.title
    }

    /// Which of the two interfaces the payload belongs to.
    pub const fn system(&self) -> System {
        self.system
    }

    /// Whether the information system sends it.
    pub const fn outbound(&self) -> bool {
        matches!(self.direction, Direction::Outbound)
    }

    /// Method and path of the upstream's endpoint, where the payload has one.
    pub const fn endpoint(&self) -> Option<Endpoint> {
        self.endpoint
    }

    /// The section of the source document that describes the payload.
    pub const fn source(&self) -> &'static str {
        self.source
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
