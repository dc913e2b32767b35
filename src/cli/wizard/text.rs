//! A question that is answered in words.

use super::desk::{Below, Desk, fit};
use crate::cli::failure::Failure;
use crate::report::Tone;
use crate::text::clean;
use console::Key;
use unicode_width::UnicodeWidthStr;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    pub label: &'q str,
    /// What Enter alone answers.
    pub default: &'q str,
    /// Shown while nothing is typed.
    pub help: &'q [String],
}

/// An answer that holds, with what it means; or what is wrong with it.
pub type Answer<T> = Result<(T, Below), Vec<String>>;

/// The line that is being typed, on both sides of the cursor.
#[derive(Debug, Default)]
struct Line {
    before: String,
    after: String,
}

impl Desk {
    /// Asks until an answer holds, and says with every key what it would mean.
    pub fn text<T>(
        &mut self,
        question: &Question<'_>,
        read: impl Fn(&str) -> Answer<T>,
    ) -> Result<T, Failure> {
        let mut line = Line::default();
        let mut refused = false;
        loop {
            let typed = format!("{}{}", line.before, line.after);
            let answer = if typed.trim().is_empty() { question.default } else { typed.trim() };
            let result = read(answer);
            let below = match &result {
                Err(lines) if refused => Below::new(Tone::Bad, lines.clone()),
                _ if typed.is_empty() && !question.help.is_empty() => {
                    Below::new(Tone::Plain, question.help.to_vec())
                }
                Ok((_, below)) => below.clone(),
                Err(_) if typed.is_empty() => Below::NOTHING,
                Err(lines) => Below::new(Tone::Warning, lines.clone()),
            };
            self.draw_text(question, &line, &below)?;
            let key = self.key()?;
            if key != Key::Enter {
                refused = false;
                line.press(&key);
                continue;
            }
            match result {
                Ok((value, below)) => {
                    self.answered(question.label, answer, &below)?;
                    return Ok(value);
                }
                Err(_) => refused = true,
            }
        }
    }

    fn draw_text(
        &mut self,
        question: &Question<'_>,
        line: &Line,
        below: &Below,
    ) -> Result<(), Failure> {
        let default = match question.default {
            "" => String::new(),
            default => format!(" [{}]", clean(default)),
        };
        let label = fit(&clean(question.label), self.columns() / 2);
        let default = fit(&default, (self.columns() / 2).saturating_sub(12));
        let lead = label.width() + default.width() + 4;
        let room = self.columns().saturating_sub(lead + 1);
        let (shown, at) = line.window(room);
        let asked = format!("? {}{}: {shown}", self.bold(&label), self.dim(&default));
        let mut lines = vec![asked];
        lines.extend(self.below(below));
        lines.truncate(self.rows().max(2) - 1);
        self.draw(&lines, (0, lead + at))
    }
}

impl Line {
    fn press(&mut self, key: &Key) {
        match key {
            Key::Char('\u{15}') => *self = Self::default(),
            Key::Char(c) if !c.is_control() => self.before.push(*c),
            Key::Backspace => drop(self.before.pop()),
            Key::Del => self.after = self.after.chars().skip(1).collect(),
            Key::ArrowLeft => {
                if let Some(c) = self.before.pop() {
                    self.after.insert(0, c);
                }
            }
            Key::ArrowRight => {
                let mut rest = self.after.chars();
                self.before.extend(rest.next());
                self.after = rest.collect();
            }
            Key::Home => {
                self.after.insert_str(0, &self.before);
                self.before.clear();
            }
            Key::End => {
                self.before.push_str(&self.after);
                self.after.clear();
            }
            _ => {}
        }
    }

    /// The part of it that fits, and the column of the cursor in that.
    fn window(&self, room: usize) -> (String, usize) {
        let before = clean(&self.before);
        let mut start = before.as_ref();
        while start.width() > room {
            let mut rest = start.chars();
            rest.next();
            start = rest.as_str();
        }
        let at = start.width();
        let after = clean(&self.after);
        (format!("{start}{}", fit(&after, room.saturating_sub(at))), at)
    }
}
