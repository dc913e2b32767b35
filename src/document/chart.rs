//! Charts for a terminal of any width: a column for each stretch of the axis, in eighths of a row.

use super::canvas::{Canvas, line};
use crate::document::{Chart, Tone};
use crate::text::clean;
use unicode_width::UnicodeWidthStr;

const ROWS: u64 = 10;

/// Most columns of a chart: a wider one says no more.
const WIDEST: usize = 100;

/// A cell that is filled from below by so many eighths.
const FILLED: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A cell that only the line goes through that bars are held against.
const BESIDE: char = '·';

pub(super) fn chart(text: &mut String, chart: &Chart, paper: Canvas) {
    let (top, bottom) = (clean(&chart.top), clean(&chart.bottom));
    let margin = top.width().max(bottom.width()) + 2;
    let columns = paper.columns().saturating_sub(margin + 2).clamp(20, WIDEST);
    let heights = |column| {
        let beside = chart.beside.as_ref().map(|it| height(it.points.iter(), column, columns));
        (height(chart.pieces.iter().flatten(), column, columns), beside)
    };
    let heights: Vec<_> = (0..columns).map(heights).collect();
    let lowest = chart.lowest().unwrap_or_default();
    let lowest = (lowest * ROWS * 8 / Chart::SIDE).saturating_sub(1) / 8;
    line(text, &paper.bold(&clean(&chart.title)));
    for row in (0..ROWS).rev() {
        let label = match row {
            _ if row == ROWS - 1 => top.as_ref(),
            _ if row == lowest => bottom.as_ref(),
            _ => "",
        };
        let cells = heights.iter().map(|(height, beside)| cell(*height, *beside, row));
        let cells: String = cells.collect();
        line(text, &format!("{}{label} │{cells}", " ".repeat(margin - 1 - label.width())));
    }
    line(text, &format!("{}└{}", " ".repeat(margin), "─".repeat(columns)));
    let left = " ".repeat(margin + 1);
    let mut legend = clean(&chart.along).into_owned();
    if !chart.marked.is_empty() {
        let marks: String = (0..columns).map(|column| mark(chart, column, columns)).collect();
        line(text, &paper.toned(Tone::Warning, &format!("{left}{}", marks.trim_end())));
        legend = format!("{legend}  ^ {}", clean(&chart.mark));
    }
    line(text, &format!("{left}{}", axis(chart, columns)));
    line(text, &format!("{left}{legend}"));
}

/// The height of a line at the end of a column, in eighths of a row.
fn height<'a>(points: impl Iterator<Item = &'a (u64, u64)>, column: usize, columns: usize) -> u64 {
    let end = place(column + 1, columns);
    let (_, height) = points.take_while(|(at, _)| *at <= end).last().copied().unwrap_or_default();
    height * ROWS * 8 / Chart::SIDE
}

/// A part of a bar; above it, the line that it is held against.
fn cell(height: u64, beside: Option<u64>, row: u64) -> char {
    let eighths = usize::try_from(height.saturating_sub(row * 8).min(8)).unwrap_or_default();
    let is_line = beside.is_some_and(|it| it.saturating_sub(1) / 8 == row);
    if eighths == 0 && is_line { BESIDE } else { FILLED[eighths] }
}

fn mark(chart: &Chart, column: usize, columns: usize) -> char {
    let (from, to) = (place(column, columns), place(column + 1, columns));
    let is_marked = chart.marked.iter().any(|(first, last)| *first < to && from <= *last);
    if is_marked { '^' } else { ' ' }
}

/// Returns the place of the axis at which a column begins.
fn place(column: usize, columns: usize) -> u64 {
    let (column, columns) = (column as u64, columns as u64);
    column * Chart::SIDE / columns
}

fn axis(chart: &Chart, columns: usize) -> String {
    let mut text = String::new();
    for (at, label) in &chart.ticks {
        let column = at * (columns as u64) / Chart::SIDE;
        let column = usize::try_from(column).unwrap_or_default().min(columns - 1);
        let label = clean(label);
        let is_free = text.is_empty() || text.width() < column;
        if is_free && column + label.width() <= columns + 2 {
            text.push_str(&" ".repeat(column - text.width()));
            text.push_str(&label);
        }
    }
    text
}
