//! Answers as pages for a browser: one file without scripts or anything to load.
//!
//! The page is the internal copy of an answer. It reads without its styles, in light and in dark,
//! on a phone and on paper.

use super::cell::CellValue;
use super::svg::{escape, inline};
use crate::document::{Block, Cell, Document, ListItem, Table, Tone};
use crate::number::Currency;
use crate::text::clean;
use std::fmt::Write;

const STYLE: &str = include_str!("html.css");

/// Allows the page its own styles and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const INTERNAL: &str = "Internal, not for customers";

/// The shapes of tones, which say the same as their colors to readers who see no color.
const SHAPES: &str = "\
<svg class=\"hide\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>\
<symbol id=\"ok\" viewBox=\"0 0 10 10\"><circle cx=\"5\" cy=\"5\" r=\"4.2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"/>\
<path d=\"M2.8 5.1l1.6 1.6 2.9-3.2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"/></symbol>\
<symbol id=\"wait\" viewBox=\"0 0 10 10\"><path d=\"M5 .8L9.6 9.2H.4z\" fill=\"currentColor\"/></symbol>\
<symbol id=\"stop\" viewBox=\"0 0 10 10\"><path d=\"M3 0h4l3 3v4l-3 3H3L0 7V3z\" fill=\"currentColor\"/></symbol>\
</defs></svg>";

/// The most rows of a table that paper never cuts.
const WHOLE: usize = 8;

/// The longest value of a fact, in characters, that stands beside others.
const SHORT: usize = 40;

/// The most columns of a table that a phone shows side by side.
const NARROW: usize = 3;

pub fn html(document: &Document) -> String {
    let title = document.blocks.iter().find_map(|block| match block {
        Block::Title(words) | Block::Heading(words, _) => Some(words.as_str()),
        _ => None,
    });
    let title = escape(title.unwrap_or_default());
    let mut page = Page { text: String::new(), headings: 0, has_title: false };
    page.blocks(&document.blocks, 1);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>Internal: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{SHAPES}\n\
         <div class=\"sheet\">\n<p class=\"internal\">{INTERNAL}</p>\n<main>\n{}</main>\n</div>\n\
         </body>\n</html>\n",
        page.text
    )
}

struct Page {
    text: String,
    /// The number of headings so far, which names the next one.
    headings: usize,
    /// Whether the one heading of the first level is there.
    has_title: bool,
}

impl Page {
    fn line(&mut self, html: &str) {
        self.text.push_str(html);
        self.text.push('\n');
    }

    /// Writes blocks whose headings are below a level. Each heading opens a section.
    fn blocks(&mut self, blocks: &[Block], level: usize) {
        // The end of the section that is open.
        let mut end = "";
        let mut heading = "";
        for block in blocks {
            match block {
                Block::Title(words) => self.heading(words, Tone::Plain, level),
                // A document without a title begins with what it says.
                Block::Heading(words, tone) if !self.has_title => self.heading(words, *tone, level),
                Block::Heading(words, tone) => {
                    let id = self.headings + 1;
                    self.line(&format!("{end}<section aria-labelledby=\"h{id}\">"));
                    self.heading(words, *tone, level + 1);
                    (end, heading) = ("</section>\n", words);
                }
                Block::Facts(facts) => self.facts(facts),
                Block::Table(table) => self.table(table, heading),
                Block::Items(items) => self.items(items),
                Block::Lines(lines) => {
                    for line in lines {
                        self.line(&format!("<p class=\"line\">{}</p>", escape(line)));
                    }
                }
                Block::Chart(chart) => {
                    let svg = inline(chart);
                    self.line(&format!("<figure class=\"chart\">{svg}</figure>"));
                }
                Block::Folded(summary, folded) => {
                    let summary = escape(summary);
                    self.line(&format!("{end}<details>\n<summary>{summary}</summary>"));
                    end = "";
                    self.blocks(folded, level + 1);
                    self.line("</details>");
                }
            }
        }
        self.text.push_str(end);
    }

    fn heading(&mut self, words: &str, tone: Tone, level: usize) {
        self.headings += 1;
        self.has_title = true;
        let (id, words) = (self.headings, status(tone, &escape(words)));
        self.line(&format!("<h{level} id=\"h{id}\">{words}</h{level}>"));
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        self.line("<dl class=\"facts\">");
        for (name, value) in facts {
            let class = if value.chars().count() > SHORT { " class=\"wide\"" } else { "" };
            let lines: Vec<_> = value.lines().map(|line| with_whole_dates(&escape(line))).collect();
            let (name, value) = (escape(name), lines.join("<br>"));
            self.line(&format!("<div{class}><dt>{name}</dt><dd>{value}</dd></div>"));
        }
        self.line("</dl>");
    }

    /// Writes a table. ARIA roles keep it one for screen readers where a phone stacks its rows.
    fn table(&mut self, table: &Table, heading: &str) {
        let stacked = if table.header.len() > NARROW { "stack " } else { "" };
        let whole = if table.rows.len() <= WHOLE { "whole" } else { "" };
        let class = format!("{stacked}{whole}");
        self.line(&format!("<table class=\"{}\" role=\"table\">", class.trim_end()));
        let currency = currency(table);
        let amounts = currency.map(|it| format!("Amounts in {}", escape(&it.code)));
        let mut caption = String::new();
        if !heading.is_empty() {
            // The heading above names the table to people who see it.
            let stop = if amounts.is_some() { ". " } else { "" };
            caption = format!("<span class=\"hide\">{}{stop}</span>", escape(heading));
        }
        caption.push_str(&amounts.unwrap_or_default());
        if !caption.is_empty() {
            self.line(&format!("<caption>{caption}</caption>"));
        }
        let is_right: Vec<_> = (0..table.header.len())
            .map(|column| !table.rows.is_empty() && table.is_figures(column))
            .collect();
        let side = |column: usize| if is_right[column] { " class=\"n\"" } else { "" };
        let heads = table.header.iter().enumerate().map(|(column, name)| {
            let (side, name) = (side(column), escape(name));
            format!("<th scope=\"col\" role=\"columnheader\"{side}>{name}</th>")
        });
        let heads: String = heads.collect();
        self.line(&format!(
            "<thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\n<tbody role=\"rowgroup\">"
        ));
        let totals = table.rows.iter().rev().take_while(|row| row.is_total).count();
        let first_total = table.rows.len() - totals;
        for (at, row) in table.rows.iter().enumerate() {
            if at == first_total {
                self.line("</tbody>\n<tfoot role=\"rowgroup\">");
            }
            self.text.push_str("<tr role=\"row\">");
            for (column, cell) in row.cells.iter().enumerate() {
                let words = words(cell, currency);
                let side = side(column);
                let label = escape(table.header.get(column).map_or("", String::as_str));
                // Writing to a String cannot fail.
                let _ = match column {
                    _ if words.is_empty() => write!(self.text, "<td role=\"cell\"{side}></td>"),
                    0 => {
                        write!(self.text, "<th scope=\"row\" role=\"rowheader\"{side}>{words}</th>")
                    }
                    _ => write!(
                        self.text,
                        "<td role=\"cell\"{side} data-l=\"{label}\"><span>{words}</span></td>"
                    ),
                };
            }
            self.line("</tr>");
        }
        self.line(if totals > 0 { "</tfoot>\n</table>" } else { "</tbody>\n</table>" });
    }

    fn items(&mut self, items: &[ListItem]) {
        self.line("<ul class=\"items\">");
        for item in items {
            let mut badge = escape(&item.badge);
            if !badge.is_empty() {
                badge = match item.tone {
                    Tone::Plain => format!("<span class=\"st\">{badge}</span>"),
                    tone => status(tone, &badge),
                };
                // Without styles, a badge and its text are told apart by the colon.
                badge = format!("<span>{badge}<span class=\"hide\">: </span></span>");
            }
            let source = item.source.as_ref().map(|it| format!(" <code>{}</code>", escape(it)));
            let (text, source) =
                (with_whole_dates(&escape(&item.text)), source.unwrap_or_default());
            self.line(&format!("<li>{badge}<span>{text}{source}</span></li>"));
        }
        self.line("</ul>");
    }
}

/// Returns escaped text in which a browser breaks no line inside a date: 2026-12-31.
fn with_whole_dates(text: &str) -> String {
    let is_date = |word: &str| {
        let mut parts = word.split('-').map(str::len);
        let is_digit = |it: char| it == '-' || it.is_ascii_digit();
        word.chars().all(is_digit) && [4, 2, 2].map(Some) == [(); 3].map(|()| parts.next())
    };
    let words = text.split_inclusive([' ', ',', ';', ')']).map(|word| {
        let date = word.trim_end_matches([' ', ',', ';', ')']);
        let rest = &word[date.len()..];
        if is_date(date) {
            format!("<span class=\"nb\">{date}</span>{rest}")
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().concat()
}

fn status(tone: Tone, words: &str) -> String {
    let shape = match tone {
        Tone::Plain => return words.to_owned(),
        Tone::Good => "ok",
        Tone::Warning => "wait",
        Tone::Bad => "stop",
    };
    format!(
        "<span class=\"st {shape}\"><svg aria-hidden=\"true\"><use href=\"#{shape}\"/></svg>{words}</span>"
    )
}

/// Returns the currency of all amounts of a table, which its caption names once. A table whose other
/// figures show the symbol keeps it everywhere.
fn currency(table: &Table) -> Option<&Currency> {
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let mut currencies = cells().filter_map(|cell| match &cell.value {
        CellValue::Amount(_, currency) => Some(currency),
        _ => None,
    });
    let first = currencies.next()?;
    let is_shown =
        |cell: &Cell| matches!(cell.value, CellValue::Figure) && cell.shown.contains(&first.symbol);
    let is_one = currencies.all(|other| other == first) && !cells().any(is_shown);
    is_one.then_some(first)
}

/// Returns the words of a cell: an amount without the symbol that the caption stands for, and a
/// figure with the minus sign of print.
fn words(cell: &Cell, currency: Option<&Currency>) -> String {
    let shown = &cell.shown;
    let is_amount = matches!(cell.value, CellValue::Amount(..));
    let shown = match currency.filter(|_| is_amount) {
        Some(currency) => clean(&shown.replacen(&currency.symbol, "", 1)).into_owned(),
        None => clean(shown).into_owned(),
    };
    if let CellValue::Source = &cell.value {
        return format!("<code>{}</code>", escape(&shown));
    }
    let is_number = !cell.is_words();
    escape(&match shown.strip_prefix('-').filter(|_| is_number) {
        Some(digits) => format!("\u{2212}{digits}"),
        None => shown,
    })
}
