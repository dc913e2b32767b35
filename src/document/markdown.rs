//! Documents for pull requests, wikis and mail.

use super::canvas::Canvas;
use super::chart::chart;
use crate::document::{Block, Chart, Document, ListItem, Table};
use crate::text::clean;
use std::fmt::Write;

/// The document as Markdown with tables, as GitHub and GitLab show it.
pub fn markdown(document: &Document) -> String {
    drawn(&document.blocks, 1)
}

/// Blocks whose title is a heading of that depth.
fn drawn(blocks: &[Block], depth: usize) -> String {
    let (title, heading) = ("#".repeat(depth), "#".repeat(depth + 1));
    let mut text = String::new();
    for block in blocks {
        let part = match block {
            Block::Title(words) => format!("{title} {}\n", begin(words)),
            Block::Heading(words, _) => format!("{heading} {}\n", begin(words)),
            Block::Facts(facts) => facts.iter().map(|(name, value)| fact(name, value)).collect(),
            Block::Table(rows) => table(rows),
            Block::Items(items) => items.iter().map(item).collect(),
            Block::Chart(drawn) => fenced(drawn),
            Block::Lines(lines) => {
                let lines: Vec<_> = lines.iter().map(|line| begin(line)).collect();
                format!("- {}\n", lines.join("\n- "))
            }
            // The blank lines make the inside Markdown again.
            Block::Folded(summary, folded) => format!(
                "<details>\n<summary>{}</summary>\n\n{}\n</details>\n",
                html(summary),
                drawn(folded, depth + 2)
            ),
        };
        let gap = if text.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail.
        let _ = write!(text, "{gap}{part}");
    }
    text
}

fn fenced(drawn: &Chart) -> String {
    let mut text = String::new();
    chart(&mut text, drawn, Canvas { width: 80, colored: false });
    // A line of a chart never begins with a fence: a figure or a blank stands there.
    format!("```text\n{text}```\n")
}

fn fact(name: &str, value: &str) -> String {
    // Notes may have several lines. None of them is the first of a line here, where it could be
    // a heading, a list or a command.
    let lines: Vec<_> = value.lines().map(escape).collect();
    format!("- **{}:** {}\n", escape(name), lines.join("<br>"))
}

fn item(item: &ListItem) -> String {
    let source = item.source.as_ref().map(|source| format!(" ({})", escape(source)));
    let text = match item.badge.as_str() {
        "" => begin(&item.text),
        badge => format!("**{}**: {}", escape(badge), escape(&item.text)),
    };
    format!("- {text}{}\n", source.unwrap_or_default())
}

fn table(table: &Table) -> String {
    let is_right = |column| !table.rows.is_empty() && table.is_figures(column);
    let header: Vec<_> = table.header.iter().map(|name| escape(name)).collect();
    let rule: Vec<_> =
        (0..header.len()).map(|column| if is_right(column) { "---:" } else { "---" }).collect();
    let mut text = format!("| {} |\n| {} |\n", header.join(" | "), rule.join(" | "));
    for row in &table.rows {
        let cells: Vec<_> = row.cells.iter().map(|cell| escape(&cell.shown)).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// Text that begins a block and means only itself: no list, heading, quotation or rule either.
fn begin(text: &str) -> String {
    let safe = escape(text);
    let digits = safe.len() - safe.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if safe.starts_with(['-', '+', '=', '#']) {
        format!("\\{safe}")
    } else if digits > 0 && safe[digits..].starts_with([')', '.']) {
        format!("{}\\{}", &safe[..digits], &safe[digits..])
    } else {
        safe
    }
}

/// Text that means only itself: no emphasis, link, image, HTML, table cell or mention.
fn escape(text: &str) -> String {
    let rest = clean(text);
    let mut safe = String::with_capacity(rest.len() + 8);
    for (at, c) in rest.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => {
                safe.extend(['\\', c]);
            }
            ':' if rest[at..].starts_with("://") => safe.push_str("\\:"),
            '.' if is_www(&rest[..at]) => safe.push_str("\\."),
            // Keeps a mention from reaching the person, and an address from becoming a link.
            '@' => safe.push_str("@<!-- -->"),
            // Keeps a number from becoming a link to an issue, which would show up there.
            '#' | '!' if rest[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => {
                safe.push(c);
                safe.push_str("<!-- -->");
            }
            c => safe.push(c),
        }
    }
    safe
}

/// Escapes text for the HTML inside Markdown, where Markdown means nothing.
fn html(text: &str) -> String {
    let text = clean(text);
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Neither a mention, an issue, an address nor an image is made of what stands there.
            '@' | '#' | '!' | ':' | '.' | '/' => {
                safe.push(c);
                safe.push_str("<!-- -->");
            }
            c => safe.push(c),
        }
    }
    safe
}

fn is_www(before: &str) -> bool {
    let last = before.len().checked_sub(3).and_then(|start| before.get(start..));
    last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
}
