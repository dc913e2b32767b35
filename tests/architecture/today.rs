//! The page until `src/lib.rs` lists every arrow: then this file goes, and with it `TODAY`.

pub const TODAY: &str = "\
source
text
diagnostic <- source, text
value
cashflow <- value
reading <- diagnostic, source, value
book <- diagnostic, reading, source, value
listing <- book, diagnostic, reading, source, value
deal <- book, diagnostic, reading, source, text, value
price <- book, deal, value
curve <- book, deal, price, value
channel <- book, deal, price, value
billing <- book, channel, deal, price, value
approve <- book, deal, price, value
compare <- approve, book, deal, price, value
candidates <- approve, book, compare, curve, deal, price, value
advise <- approve, billing, book, channel, compare, deal, price, value
quote <- advise, approve, billing, channel, compare, deal, price, value
negotiate <- approve, billing, book, cashflow, deal, diagnostic, price, source, value
findings <- approve, book, curve, deal, price, source, value
batch <- approve, book, deal, diagnostic, price, reading, source, text, value
reprice <- approve, batch, book, deal, diagnostic, price, source, text, value
tco <- advise, billing, book, cashflow, deal, price, quote, value
check <- advise, approve, batch, book, deal, price, quote, text, value
desk <- batch, book, check, value
diff <- advise, approve, book, deal, price, quote, value
usage <- advise, approve, book, compare, deal, diagnostic, price, quote, reading, source,
  value
report <- advise, approve, batch, billing, book, candidates, channel, check, compare, curve,
  deal, desk, diff, findings, listing, negotiate, price, quote, reprice, tco, usage, value
wire <- advise, approve, batch, billing, book, candidates, channel, check, compare, curve,
  deal, desk, diff, findings, listing, negotiate, price, quote, reprice, source, tco, text,
  usage, value
render <- report, text
cli <- batch, book, candidates, check, curve, deal, desk, diagnostic, diff, findings,
  listing, negotiate, quote, reading, render, report, reprice, source, tco, text, usage,
  value, wire
";
