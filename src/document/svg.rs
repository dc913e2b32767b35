//! Charts as SVG, for wikis and slides: the same bytes everywhere, in light and in dark.

use crate::document::Chart;
use crate::text::clean;
use std::fmt::Write;

const WIDTH: u64 = 720;
const LEFT: u64 = 100;
const RIGHT: u64 = 20;
const TOP: u64 = 40;
const HEIGHT: u64 = 180;

/// A chart with its title, its axis and what is under it.
const EACH: u64 = TOP + HEIGHT + 60;

const STYLE: &str = "\
text{font:12px sans-serif;fill:#333}.title{font-weight:bold;font-size:14px}.end{text-anchor:end}\
.middle{text-anchor:middle}.axis{stroke:#888;fill:none}.line{stroke:#0b62c4;stroke-width:2;fill:none}\
.mark{fill:#d9822b;fill-opacity:.3}@media(prefers-color-scheme:dark){text{fill:#ddd}\
.line{stroke:#6cb2ff}.mark{fill:#f0a85c}}";

/// The charts, one under the other.
pub fn svg(charts: &[Chart]) -> String {
    let height = EACH * charts.len() as u64;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n"
    );
    let title: Vec<_> = charts.iter().map(|chart| escape(&chart.title)).collect();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "<title>{}</title>\n<style>{STYLE}</style>", title.join("; "));
    let mut above = 0;
    for chart in charts {
        draw(&mut text, chart, above);
        above += EACH;
    }
    text.push_str("</svg>\n");
    text
}

fn draw(text: &mut String, chart: &Chart, above: u64) {
    let (top, bottom) = (above + TOP, above + TOP + HEIGHT);
    let end = WIDTH - RIGHT;
    let mut put = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    let label = |class: &str, x: u64, y: u64, words: &str| {
        format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(words))
    };
    put(label("title", LEFT, above + 24, &chart.title));
    for (from, to) in &chart.marked {
        let (from, to) = (x(*from), x(*to));
        let width = (to - from).max(2);
        let mark = escape(&chart.mark);
        put(format!(
            "<rect class=\"mark\" x=\"{from}\" y=\"{top}\" width=\"{width}\" height=\"{HEIGHT}\">\
             <title>{mark}</title></rect>"
        ));
    }
    put(format!("<path class=\"axis\" d=\"M{LEFT} {top}V{bottom}H{end}\"/>"));
    let line = |points: &[(u64, u64)]| {
        let points = bends(points).map(|(at, height)| format!("{},{}", x(at), bottom - y(height)));
        points.collect::<Vec<_>>().join(" ")
    };
    if let Some(beside) = &chart.beside {
        let (points, name) = (line(&beside.points), escape(&beside.name));
        put(format!(
            "<polyline class=\"axis\" stroke-width=\"2\" stroke-dasharray=\"2 4\" points=\"{points}\">\
             <title>{name}</title></polyline>"
        ));
    }
    for piece in &chart.pieces {
        let points = line(piece);
        put(format!("<polyline class=\"line\" stroke-linecap=\"round\" points=\"{points}\"/>"));
    }
    put(label("end", LEFT - 8, top + 4, &chart.top));
    let lowest = chart.lowest().unwrap_or_default();
    put(label("end", LEFT - 8, bottom - y(lowest) + 4, &chart.bottom));
    let mut free = 0;
    for (at, words) in &chart.ticks {
        let (at, half) = (x(*at), 4 * words.chars().count() as u64);
        if at >= free + half {
            put(label("middle", at, bottom + 18, words));
            free = at + half + 8;
        }
    }
    let legend = if chart.marked.is_empty() {
        chart.along.clone()
    } else {
        format!("{}; shaded: {}", chart.along, chart.mark)
    };
    put(label("middle", LEFT.midpoint(end), bottom + 40, &legend));
}

/// The points of a line without those in the middle of a level.
fn bends(piece: &[(u64, u64)]) -> impl Iterator<Item = (u64, u64)> {
    let height = |at: Option<usize>| at.and_then(|at| piece.get(at)).map(|(_, height)| *height);
    let is_level = move |at: usize, own: u64| {
        height(at.checked_sub(1)) == Some(own) && height(Some(at + 1)) == Some(own)
    };
    piece
        .iter()
        .copied()
        .enumerate()
        .filter(move |(at, (_, own))| !is_level(*at, *own))
        .map(|it| it.1)
}

fn x(at: u64) -> u64 {
    LEFT + at * (WIDTH - LEFT - RIGHT) / Chart::SIDE
}

fn y(height: u64) -> u64 {
    height * HEIGHT / Chart::SIDE
}

/// Text that means only itself.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
