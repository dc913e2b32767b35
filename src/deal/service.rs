//! The services that a deal asks for.

use super::draft::Draft;
use crate::book::{PriceBook, Service};
use crate::number::Money;
use crate::table::{Key, Kind, Section, Shape, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// The keys of a service in a deal file.
pub(super) static SHAPE: Shape = Shape {
    what: "a service",
    about: "A service that comes with the contract.",
    keys: &[
        Key::required("name", Kind::Text, "One of the book's services."),
        Key::required("value", Kind::Money, "What it would cost by itself, all of it."),
    ],
};

/// A service as it was written.
#[derive(Debug, Clone)]
pub struct DraftService {
    /// One of the book's services.
    pub name: Written<String>,
    /// What it would cost by itself.
    pub value: Written<Money>,
}

/// A service of the book that a deal asks for.
#[derive(Debug, Clone, Copy)]
pub struct DealService<'b> {
    pub(crate) service: &'b Service,
    pub(crate) value: Money,
}

impl<'b> DealService<'b> {
    /// The service of the book.
    pub const fn service(&self) -> &'b Service {
        self.service
    }

    /// What it would cost by itself.
    pub const fn value(&self) -> Money {
        self.value
    }
}

pub(super) fn read(top: Section<'_>) -> Vec<DraftService> {
    let services = top.tables("service").into_iter().filter_map(|table| {
        let value = table.money("value");
        Some(DraftService { name: table.text("name")?, value: value? })
    });
    services.collect()
}

pub(super) fn resolve<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealService<'b>> {
    let mut asked = Vec::new();
    for (index, DraftService { name, value }) in draft.services.iter().enumerate() {
        let Some(service) = book.service(&name.value) else {
            let names = book.services().iter().map(Service::name);
            faults.push(unknown(Code::UnknownService, "service", name, names));
            continue;
        };
        let same = |other: &&DraftService| other.name.value == name.value;
        if let Some(first) = draft.services[..index].iter().find(same) {
            let what = format!("the service \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("it is included once: write one with the whole value"),
            );
        }
        let minor = book.currency.minor;
        if value.value.decimals() > minor {
            let code = &book.currency.code;
            let message = format!("an amount in {code} has at most {minor} decimal places");
            faults.push(
                Diagnostic::new(Code::BadNumber, value.place.clone(), message)
                    .hint("what is paid is not rounded: write what it is"),
            );
        }
        asked.push(DealService { service, value: value.value });
    }
    asked
}
