//! Questions that are answered by pointing.

use super::desk::{Below, Desk, fit};
use super::text::Answer;
use crate::cli::failure::Failure;
use crate::report::Tone;
use crate::text::clean;
use console::Key;
use unicode_width::UnicodeWidthStr;

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Item {
    pub title: String,
    /// What to know about it before choosing.
    pub note: String,
}

impl Item {
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self { title: title.into(), note: note.into() }
    }
}

impl Desk {
    /// One of several, and says for each what choosing it would mean.
    pub fn choose(
        &mut self,
        label: &str,
        items: &[Item],
        start: usize,
        means: impl Fn(usize) -> Answer<()>,
    ) -> Result<usize, Failure> {
        let mut at = start;
        loop {
            let meaning = means(at);
            let holds = meaning.is_ok();
            let below =
                meaning.map_or_else(|lines| Below::new(Tone::Bad, lines), |((), below)| below);
            self.draw_list(label, items, at, None, &below)?;
            match self.key()? {
                Key::Enter if !holds => {}
                Key::Enter => {
                    let title = items.get(at).map_or("", |item| item.title.as_str());
                    self.answered(label, title, &below)?;
                    return Ok(at);
                }
                key => at = moved(at, items.len(), &key),
            }
        }
    }

    /// Any of several.
    pub fn mark(&mut self, label: &str, items: &[Item]) -> Result<Vec<bool>, Failure> {
        let mut at = 0;
        let mut marks = vec![false; items.len()];
        let titles = |marks: &[bool]| {
            let marked = items.iter().zip(marks).filter(|(_, marked)| **marked);
            marked.map(|(item, _)| item.title.as_str()).collect::<Vec<_>>().join(", ")
        };
        loop {
            self.draw_list(label, items, at, Some(&marks), &Below::NOTHING)?;
            match self.key()? {
                Key::Enter => {
                    self.answered(label, &titles(&marks), &Below::NOTHING)?;
                    return Ok(marks);
                }
                Key::Char(' ') => marks.iter_mut().skip(at).take(1).for_each(|mark| *mark = !*mark),
                key => at = moved(at, items.len(), &key),
            }
        }
    }

    /// Yes or no, by one key.
    pub fn confirm(&mut self, label: &str, default: bool) -> Result<bool, Failure> {
        let keys = if default { "[Y/n]" } else { "[y/N]" };
        let shown = fit(&clean(label), self.columns().saturating_sub(12));
        let asked = format!("? {} {} ", self.bold(&shown), self.dim(keys));
        let yes = loop {
            self.draw(std::slice::from_ref(&asked), (0, shown.width() + keys.width() + 4))?;
            match self.key()? {
                Key::Enter => break default,
                Key::Char('y' | 'Y') => break true,
                Key::Char('n' | 'N') => break false,
                _ => {}
            }
        };
        self.answered(label, if yes { "yes" } else { "no" }, &Below::NOTHING)?;
        Ok(yes)
    }

    fn draw_list(
        &mut self,
        label: &str,
        items: &[Item],
        at: usize,
        marks: Option<&[bool]>,
        below: &Below,
    ) -> Result<(), Failure> {
        let how = if marks.is_some() {
            "(arrows; Space marks; Enter goes on)"
        } else {
            "(arrows, then Enter)"
        };
        let label = fit(&clean(label), self.columns().saturating_sub(how.width() + 4));
        let mut lines = vec![format!("? {} {}", self.bold(&label), self.dim(how))];
        let below = self.below(below);
        let room = self.rows().saturating_sub(below.len() + 2).max(1);
        let first = (at + 1).saturating_sub(room);
        let widest = items.iter().map(|item| clean(&item.title).width()).max().unwrap_or_default();
        for (index, item) in items.iter().enumerate().skip(first).take(room) {
            let pointer = if index == at { ">" } else { " " };
            let mark = match marks.and_then(|marks| marks.get(index)) {
                None => "",
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
            };
            let title = clean(&item.title);
            let gap = " ".repeat(widest - title.width() + 2);
            let space = self.columns().saturating_sub(4 + mark.width());
            let shown = fit(&title, space);
            let note = fit(
                &format!("{gap}{}", clean(&item.note)),
                space.saturating_sub(shown.width()).max(1),
            );
            let shown = if index == at { self.bold(&shown) } else { shown };
            lines.push(format!("  {pointer} {mark}{shown}{}", self.dim(note.trim_end())));
        }
        lines.extend(below);
        self.draw(&lines, (at - first + 1, 2))
    }
}

fn moved(at: usize, count: usize, key: &Key) -> usize {
    match key {
        Key::ArrowDown | Key::Tab => (at + 1) % count.max(1),
        Key::ArrowUp | Key::BackTab => (at + count.saturating_sub(1)) % count.max(1),
        Key::Home => 0,
        Key::End => count.saturating_sub(1),
        _ => at,
    }
}
