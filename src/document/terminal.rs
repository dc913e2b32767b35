//! Documents for a terminal of any width.

use super::canvas::{Canvas, line};
use super::chart::chart;
use crate::document::{Block, Document, ListItem, Table, Tone};
use crate::text::clean;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A rule under the header and nothing else: it survives being pasted into a mail.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// Blanks before a table, so that it begins where facts begin.
const INDENT: usize = 1;

/// Blanks behind a cell.
const PADDING: u16 = 1;

/// The blank between two cells, where other tables have a line.
const BORDER: usize = 1;

/// The widest cell of a table, in columns. The table library counts columns in 16 bits.
const WIDEST_CELL: usize = 60_000;

pub fn terminal(document: &Document, paper: Canvas) -> String {
    let mut text = String::new();
    blocks(&mut text, &document.blocks, paper);
    text
}

fn blocks(text: &mut String, blocks: &[Block], paper: Canvas) {
    let mut before: Option<&Block> = None;
    for block in blocks {
        match block {
            Block::Title(title) => bold(text, title, paper),
            Block::Heading(heading, tone) => {
                text.push('\n');
                for part in wrap(&clean(heading), paper.columns()) {
                    line(text, &paper.toned(*tone, &part));
                }
            }
            Block::Facts(facts) => self::facts(text, facts, paper),
            Block::Table(rows) => {
                // Under a list, its header would be one more thing in that.
                if matches!(before, Some(Block::Items(_))) {
                    text.push('\n');
                }
                table(text, rows, paper);
            }
            Block::Items(items) => {
                let badges = items.iter().map(|item| clean(&item.badge).width());
                let widest = badges.max().unwrap_or_default();
                for entry in items {
                    item(text, entry, widest, paper);
                }
            }
            Block::Chart(drawn) => {
                text.push('\n');
                chart(text, drawn, paper);
            }
            Block::Lines(lines) => {
                text.push('\n');
                for entry in lines {
                    hanging(text, "  ", &clean(entry), 4, paper);
                }
            }
            Block::Folded(heading, folded) => {
                // A heading of its own says the same again.
                if !matches!(folded.first(), Some(Block::Heading(..))) {
                    text.push('\n');
                    bold(text, heading, paper);
                }
                self::blocks(text, folded, paper);
            }
        }
        before = Some(block);
    }
}

fn bold(text: &mut String, words: &str, paper: Canvas) {
    for part in wrap(&clean(words), paper.columns()) {
        line(text, &paper.bold(&part));
    }
}

fn facts(text: &mut String, facts: &[(String, String)], paper: Canvas) {
    let widest = facts.iter().map(|(name, _)| clean(name).width()).max().unwrap_or_default();
    for (name, value) in facts {
        let (name, value) = (clean(name), value.lines().map(clean).collect::<Vec<_>>());
        // A long word, as the hash of a book is one, is not broken if it has room further left.
        let words = value.iter().flat_map(|part| part.split(' '));
        let room = paper.columns().saturating_sub(words.map(str::width).max().unwrap_or_default());
        let (least, most) = (name.width() + 4, widest + 4);
        let indent = if room < least { most } else { room.min(most) };
        // A line break in a note is a line break; any other control is shown, not obeyed.
        let mut lead = format!("  {name}{}", " ".repeat(indent - name.width() - 2));
        for part in value {
            hanging(text, &lead, &part, indent, paper);
            lead = " ".repeat(indent);
        }
    }
}

fn item(text: &mut String, item: &ListItem, widest: usize, paper: Canvas) {
    let badge = clean(&item.badge);
    let gap = " ".repeat(widest - badge.width() + 2);
    let source = item.source.as_ref().map(|source| format!("  [{}]", clean(source)));
    let body = format!("{}{}", clean(&item.text), source.unwrap_or_default());
    let mut drawn = String::new();
    hanging(&mut drawn, &format!("  {badge}{gap}"), &body, widest + 4, paper);
    if item.tone != Tone::Plain && !badge.is_empty() {
        drawn = drawn.replacen(badge.as_ref(), &paper.toned(item.tone, &badge), 1);
    }
    text.push_str(&drawn);
}

/// `lead` and then words, wrapped so that they stay in their column.
fn hanging(text: &mut String, lead: &str, words: &str, indent: usize, paper: Canvas) {
    let room = paper.columns().saturating_sub(indent.max(lead.width())).max(20);
    let indent = " ".repeat(indent);
    let leads = std::iter::once(lead).chain(std::iter::repeat(indent.as_str()));
    for (lead, part) in leads.zip(wrap(words, room)) {
        line(text, &format!("{lead}{part}"));
    }
}

/// Words in lines of at most `room` columns; a word that is longer than a line is broken.
pub(crate) fn wrap(words: &str, room: usize) -> Vec<String> {
    // No text is wider than it has bytes.
    if words.len() <= room {
        return vec![words.trim_start_matches(' ').to_owned()];
    }
    let (mut lines, mut taken) = (vec![String::new()], 0);
    for word in words.split(' ') {
        let (last, width) = (lines.len() - 1, word.width());
        let current = &mut lines[last];
        if current.is_empty() {
            current.push_str(word);
            taken = width;
        } else if taken + 1 + width <= room {
            current.extend([" ", word]);
            taken += 1 + width;
        } else {
            lines.push(word.to_owned());
            taken = width;
        }
    }
    let fitted = |line: String| if line.width() <= room { vec![line] } else { broken(&line, room) };
    lines.into_iter().flat_map(fitted).collect()
}

fn broken(line: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut taken = 0;
    for c in line.chars() {
        let width = c.width().unwrap_or_default();
        if taken + width > room && taken > 0 {
            pieces.push(String::new());
            taken = 0;
        }
        taken += width;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

fn table(text: &mut String, content: &Table, paper: Canvas) {
    let columns = 0..content.header.len();
    let room = |widths: &[usize]| {
        let columns = widths.iter().map(|width| width + usize::from(PADDING) + BORDER);
        INDENT + BORDER + columns.sum::<usize>()
    };
    let whole: Vec<_> = columns.clone().map(|at| widest(texts(content, at))).collect();
    let fits = room(&whole) <= paper.columns();
    // Neither a figure nor a word is ever broken.
    let narrowest = |at: usize| {
        let words = texts(content, at).flat_map(|text| text.split(' '));
        if content.is_figures(at) { whole[at] } else { widest(words) }
    };
    let narrowest: Vec<_> = columns.clone().filter(|_| !fits).map(narrowest).collect();
    let is_too_wide = whole.iter().any(|width| *width > WIDEST_CELL);
    if is_too_wide || room(&narrowest) > paper.columns() {
        stacked(text, content, paper);
        return;
    }
    let mut table = comfy_table::Table::new();
    table.load_style(STYLE);
    table.set_header(content.header.iter().map(|name| clean(name).into_owned()));
    for row in &content.rows {
        table.add_row(row.cells.iter().map(|cell| clean(&cell.shown).into_owned()));
    }
    if !fits {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(paper.columns() - INDENT).unwrap_or(u16::MAX));
    }
    for at in columns {
        let Some(column) = table.column_mut(at) else { continue };
        let is_number = content.is_figures(at);
        column.set_padding((0, PADDING));
        if is_number {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if let Some(least) = narrowest.get(at) {
            let least = u16::try_from(*least).unwrap_or(u16::MAX).saturating_add(PADDING);
            let constraint = if is_number {
                ColumnConstraint::Absolute
            } else {
                ColumnConstraint::LowerBoundary
            };
            column.set_constraint(constraint(Width::Fixed(least)));
        }
    }
    for row in table.lines() {
        line(text, &format!("{:INDENT$}{row}", ""));
    }
}

/// A table too wide for the terminal: one block of facts a row, led by its first cell.
fn stacked(text: &mut String, content: &Table, paper: Canvas) {
    for row in &content.rows {
        let mut pairs = content.header.iter().zip(&row.cells);
        let lead = pairs.next().map(|(_, cell)| cell.shown.as_str()).unwrap_or_default();
        hanging(text, "  ", &clean(lead), 2, paper);
        let rest = pairs.filter(|(_, cell)| !cell.shown.is_empty());
        let indented = rest.map(|(name, cell)| (format!("  {name}"), cell.shown.clone()));
        facts(text, &indented.collect::<Vec<_>>(), paper);
    }
}

/// Returns the width of the widest text.
fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| clean(text).width()).max().unwrap_or_default()
}

fn texts(content: &Table, at: usize) -> impl Iterator<Item = &str> {
    let cells = content.rows.iter().filter_map(move |row| row.cells.get(at));
    cells.map(|it| it.shown.as_str()).chain(content.header.get(at).map(String::as_str))
}
