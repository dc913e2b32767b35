use crate::report::{Block, Cell, Document, Item, Table};
use crate::text::clean;
use std::fmt::Write;

/// The document as Markdown with tables, as GitHub and GitLab show it.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        let part = match block {
            Block::Title(title) => format!("# {}\n", escape(title)),
            Block::Heading(heading, _) => format!("## {}\n", escape(heading)),
            Block::Facts(facts) => facts.iter().map(|(name, value)| fact(name, value)).collect(),
            Block::Table(rows) => table(rows),
            Block::Items(items) => items.iter().map(item).collect(),
            Block::Lines(lines) => {
                let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
                format!("- {}\n", lines.join("\n- "))
            }
        };
        let gap = if text.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail.
        let _ = write!(text, "{gap}{part}");
    }
    text
}

fn fact(name: &str, value: &str) -> String {
    // Notes may have several lines. None of them is the first of a line here, where it could be
    // a heading, a list or a command.
    let lines: Vec<_> = value.lines().map(escape).collect();
    format!("- **{}:** {}\n", escape(name), lines.join("<br>"))
}

fn item(item: &Item) -> String {
    let source = item.source.as_ref().map(|source| format!(" ({})", escape(source)));
    let badge = if item.badge.is_empty() {
        String::new()
    } else {
        format!("**{}**: ", escape(&item.badge))
    };
    format!("- {badge}{}{}\n", escape(&item.text), source.unwrap_or_default())
}

fn table(table: &Table) -> String {
    let is_number = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.clone().count() > 0 && cells.into_iter().all(|cell| matches!(cell, Cell::Number(_)))
    };
    let header: Vec<_> = table.header.iter().map(|name| escape(name)).collect();
    let rule: Vec<_> =
        (0..header.len()).map(|column| if is_number(column) { "---:" } else { "---" }).collect();
    let mut text = format!("| {} |\n| {} |\n", header.join(" | "), rule.join(" | "));
    for row in &table.rows {
        let cells: Vec<_> = row.cells.iter().map(|cell| escape(cell.content())).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// Text that means only itself: no emphasis, link, image, HTML, table cell, mention or heading.
fn escape(text: &str) -> String {
    let text = clean(text);
    let mut safe = String::with_capacity(text.len() + 8);
    let mut rest = text.as_ref();
    // What would start a list, a heading or a rule if it stood first.
    if rest.starts_with(['-', '+', '=', '#']) {
        safe.push('\\');
    } else {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0
            && rest[digits..].starts_with([')', '.'])
            && rest[digits + 1..].starts_with(' ')
        {
            safe.push_str(&rest[..digits]);
            safe.push('\\');
            rest = &rest[digits..];
        }
    }
    for (at, c) in rest.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => {
                safe.push('\\');
                safe.push(c);
            }
            ':' if rest[at..].starts_with("://") => safe.push_str("\\:"),
            '.' if rest[..at].to_ascii_lowercase().ends_with("www") => safe.push_str("\\."),
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
