//! Charts as SVG, for wikis and slides: the same bytes everywhere, in light and in dark.

use crate::document::Chart;
use crate::text::clean;
use std::fmt::Write;

const WIDTH: u64 = 720;
const LEFT: u64 = 100;
const RIGHT: u64 = 20;
const TOP: u64 = 40;
const HEIGHT: u64 = 180;

/// Pixels of the axis on a phone.
const PHONE: u64 = 220;

/// A chart with its title, its axis and what is under it.
const EACH: u64 = TOP + HEIGHT + 60;

const STYLE: &str = "\
text{font:12px sans-serif;fill:#333}.title{font-weight:bold;font-size:14px}.end{text-anchor:end}\
.middle{text-anchor:middle}.axis{stroke:#888;fill:none}.line{stroke:#0b62c4;stroke-width:2;fill:none}\
.mark{fill:#d9822b;fill-opacity:.3}@media(prefers-color-scheme:dark){text{fill:#ddd}\
.line{stroke:#6cb2ff}.mark{fill:#f0a85c}}";

pub fn svg(charts: &[Chart]) -> String {
    let height = EACH * charts.len() as u64;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n"
    );
    let title: Vec<_> = charts.iter().map(|chart| escape(&chart.title)).collect();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "<title>{}</title>\n<style>{STYLE}</style>", title.join("; "));
    for (number, chart) in (0..).zip(charts) {
        draw(&mut text, chart, number * EACH);
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
    let line = |points| places(points, |(at, height)| (x(at), bottom - y(height)));
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
    for (at, words) in ticks(chart, end - LEFT) {
        put(label("middle", x(at), bottom + 18, words));
    }
    put(label("middle", LEFT.midpoint(end), bottom + 40, &legend(chart)));
}

/// Draws a chart for the middle of a page, which has the styles. Places are in percent and the line
/// is stretched, so that text keeps its size at every width of the page.
pub(super) fn inline(chart: &Chart) -> String {
    let percent =
        |at: u64| format!("{}.{:02}%", at * 100 / Chart::SIDE, at * 100 % Chart::SIDE / 100);
    let line = |points| places(points, |(at, height)| (at, Chart::SIDE - height));
    let (title, legend) = (escape(&chart.title), escape(&legend(chart)));
    let (top, bottom, side) = (escape(&chart.top), escape(&chart.bottom), Chart::SIDE);
    let mut text = format!(
        "<figcaption>{title}</figcaption>\n<svg role=\"img\"><title>{title}</title>\
         <desc>From {bottom} to {top}; {legend}</desc>\n\
         <svg y=\"10\" width=\"100%\" height=\"{HEIGHT}\" viewBox=\"0 0 {side} {side}\" \
         preserveAspectRatio=\"none\">"
    );
    let mut put = |part: String| text.push_str(&part);
    for (from, to) in &chart.marked {
        let width = (to - from).max(Chart::SIDE / 300);
        put(format!("<rect class=\"mark\" x=\"{from}\" width=\"{width}\" height=\"{side}\"/>"));
    }
    put(format!("<path class=\"axis\" d=\"M0 0V{side}H{side}\"/>"));
    if let Some(beside) = &chart.beside {
        let (points, name) = (line(&beside.points), escape(&beside.name));
        put(format!(
            "<polyline class=\"beside\" points=\"{points}\"><title>{name}</title></polyline>"
        ));
    }
    for piece in &chart.pieces {
        let points = line(piece);
        put(format!("<polyline class=\"cost\" stroke-linecap=\"round\" points=\"{points}\"/>"));
    }
    put("</svg>\n".to_owned());
    let lowest = 10 + HEIGHT - y(chart.lowest().unwrap_or_default());
    for (height, words) in [(10, &top), (lowest, &bottom)] {
        put(format!("<text class=\"end\" x=\"-8\" y=\"{}\">{words}</text>", height + 4));
    }
    let near: Vec<u64> = ticks(chart, PHONE).into_iter().map(|(at, _)| at).collect();
    for (at, words) in ticks(chart, WIDTH - LEFT - RIGHT) {
        let far = if near.contains(&at) { "" } else { " far" };
        let (at, below, words) = (percent(at), HEIGHT + 28, escape(words));
        put(format!("<text class=\"middle{far}\" x=\"{at}\" y=\"{below}\">{words}</text>"));
    }
    put(format!("\n</svg>\n<p class=\"small\">{legend}</p>"));
    text
}

/// Returns the ticks that have room on an axis of that many pixels.
fn ticks(chart: &Chart, width: u64) -> Vec<(u64, &str)> {
    let mut free = 0;
    let mut fitting = Vec::new();
    for (at, words) in &chart.ticks {
        let half = 4 * words.chars().count() as u64;
        let pixel = LEFT + at * width / Chart::SIDE;
        if pixel >= free + half {
            fitting.push((*at, words.as_str()));
            free = pixel + half + 8;
        }
    }
    fitting
}

fn legend(chart: &Chart) -> String {
    if chart.marked.is_empty() {
        chart.along.clone()
    } else {
        format!("{}; shaded: {}", chart.along, chart.mark)
    }
}

/// Returns the points of a line where they are drawn, without those in the middle of a level.
fn places(line: &[(u64, u64)], place: impl Fn((u64, u64)) -> (u64, u64)) -> String {
    let height = |at: Option<usize>| at.and_then(|at| line.get(at)).map(|(_, height)| *height);
    let is_bend = |(at, (_, own)): &(usize, &(u64, u64))| {
        [at.checked_sub(1), Some(at + 1)].map(height) != [Some(*own); 2]
    };
    let bends = line.iter().enumerate().filter(is_bend).map(|(_, point)| place(*point));
    bends.map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

fn x(at: u64) -> u64 {
    LEFT + at * (WIDTH - LEFT - RIGHT) / Chart::SIDE
}

fn y(height: u64) -> u64 {
    height * HEIGHT / Chart::SIDE
}

/// Returns text that means only itself in SVG and HTML, in attributes too.
pub(super) fn escape(text: &str) -> String {
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
