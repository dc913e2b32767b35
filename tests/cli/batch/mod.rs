//! Files of deals through the real binary.

mod errors;
mod exits;
mod formats;
mod killed;
#[cfg(feature = "parquet")]
mod parquet;
mod places;

use crate::support::{Desk, Ran};

/// The columns that these tests use.
const HEADER: &str = "id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate\n";

/// One row for each level: none, none, vp, svp, refused.
const ROWS: [&str; 5] = [
    "D1,Northwind,socket,100,3,annual,,\n",
    "D2,Prairie,node,150,1,annual,,\n",
    "D3,Vega,core,2400,5,multi-year,,\n",
    "D4,Acme,socket,500,3,multi-year,lighthouse,10%\n",
    "D5,Acme,socket,800,3,multi-year,lighthouse,35%\n",
];

const PRICES: &str = "\
id,list_unit,net_unit,annual,tcv,discount,approval
D1,2500.00,1912.50,191250.00,573750.00,0.2350,none
D2,250.00,250.00,37500.00,37500.00,0.0000,none
D3,175.00,133.00,319200.00,1596000.00,0.2400,vp
D4,3000.00,1853.21,926605.00,2779815.00,0.3823,svp
D5,3000.00,1338.43,1070744.00,3212232.00,0.5539,refused
";

/// A file with these rows.
fn deals(rows: &[&str]) -> String {
    format!("{HEADER}{}", rows.concat())
}

/// A folder with all of them.
fn desk() -> Desk {
    Desk::new().file("deals.csv", &deals(&ROWS))
}

/// Prices `deals.csv` without a summary.
fn price(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["batch", "deals.csv", "--output", "prices.csv", "-q"], more].concat())
}

/// The names of all files in a folder.
fn left(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path("")).expect("the folder");
    let name = |it: std::io::Result<std::fs::DirEntry>| it.expect("a file").file_name();
    let mut names: Vec<_> = entries.map(|it| name(it).to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// So many rows, each by its number.
fn rows(count: u32, row: impl Fn(u32) -> String) -> String {
    (0..count).map(row).collect()
}
