//! Kinds of pricing that a first price book can have: one row and one template each.

/// Kind of pricing, with the answers that a person who only presses Enter gives.
#[derive(Debug, PartialEq, Eq)]
pub struct BookKind {
    /// Word of the kind on the command line.
    pub word: &'static str,
    pub title: &'static str,
    /// Meaning of the kind, in a few words beside its title.
    pub about: &'static str,
    /// Amount that the price of the book is.
    pub price_of: &'static str,
    /// Whether prices are for a period that can be chosen: a year or a month.
    pub has_period: bool,
    pub product: &'static str,
    pub unit: &'static str,
    pub price: &'static str,
    /// Decimal places that the prices of the ranges have beyond those of the first.
    pub(super) finer: u32,
    /// Quantities of a small order, and of the first orders that get each step of a discount.
    pub(super) orders: [u32; 3],
    pub(super) template: &'static str,
}

/// Every kind, in the order of the menu.
pub static BOOK_KINDS: [BookKind; 6] = [
    BookKind {
        word: "seats",
        title: "Seats",
        about: "a price by the year or month that falls with the number of seats",
        price_of: "Price of a seat in the first range",
        has_period: true,
        product: "Seat",
        unit: "seat",
        price: "100.00",
        finer: 0,
        orders: [10, 100, 500],
        template: include_str!("seats.toml"),
    },
    BookKind {
        word: "use",
        title: "Use",
        about: "units that are used in a month, in graduated ranges, and commitments",
        price_of: "Price of a unit in the first range",
        has_period: false,
        product: "Events",
        unit: "event",
        price: "0.010",
        finer: 1,
        orders: [1_000, 20_000, 100_000],
        template: include_str!("use.toml"),
    },
    BookKind {
        word: "perpetual",
        title: "Perpetual licenses",
        about: "bought once, with yearly maintenance",
        price_of: "Price of a license",
        has_period: false,
        product: "License",
        unit: "license",
        price: "1000.00",
        finer: 0,
        orders: [5, 20, 100],
        template: include_str!("perpetual.toml"),
    },
    BookKind {
        word: "packages",
        title: "Packages",
        about: "a price for every hundred units, and a started hundred counts",
        price_of: "Price of 100 units",
        has_period: true,
        product: "Messages",
        unit: "message",
        price: "50.00",
        finer: 0,
        orders: [500, 5_000, 20_000],
        template: include_str!("packages.toml"),
    },
    BookKind {
        word: "base",
        title: "Base price",
        about: "a price that includes units, and a price for each unit beyond them",
        price_of: "Base price, which includes 25 units",
        has_period: true,
        product: "User",
        unit: "user",
        price: "5000.00",
        finer: 0,
        orders: [40, 100, 500],
        template: include_str!("base.toml"),
    },
    BookKind {
        word: "cores",
        title: "Cores of servers",
        about: "counted from hardware, with a least number for each CPU and server",
        price_of: "Price of two cores",
        has_period: true,
        product: "Core",
        unit: "core",
        price: "200.00",
        finer: 0,
        orders: [16, 128, 512],
        template: include_str!("cores.toml"),
    },
];
