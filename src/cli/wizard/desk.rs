//! The part of the terminal that a question takes: drawn again with every key, and then settled.

use super::keys::Keys;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::render::{Paper, wrap};
use crate::report::Tone;
use crate::text::clean;
use anstyle::Style;
use console::{Key, Term};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands under a question: what an answer would mean, or what to do.
#[derive(Debug, Clone)]
pub struct Below {
    pub tone: Tone,
    pub lines: Vec<String>,
    /// Whether it stays on the screen with the answer.
    pub stays: bool,
}

impl Below {
    pub const NOTHING: Self = Self { tone: Tone::Plain, lines: Vec::new(), stays: false };

    pub fn new(tone: Tone, lines: Vec<String>) -> Self {
        Self { tone, lines, stays: false }
    }
}

/// The terminal while it asks.
pub struct Desk {
    keys: Keys,
    term: Term,
    paper: Paper,
    /// The row of the cursor within what is drawn.
    row: usize,
    /// What the last answer meant, so that it is not said twice.
    meant: Vec<String>,
}

impl Desk {
    pub fn open() -> Result<Self, Failure> {
        let keys = Keys::open()?;
        let (term, paper) = (Term::buffered_stderr(), output::stderr());
        Ok(Self { keys, term, paper, row: 0, meant: Vec::new() })
    }

    /// The next key. Esc could be a slip of the finger, and there are answers to lose: it asks.
    pub fn key(&mut self) -> Result<Key, Failure> {
        let key = self.keys.next()?;
        if key != Key::Escape {
            return Ok(key);
        }
        let question = "Leave, and lose what was answered [y/N]";
        let asked = format!("? {} ", self.bold(question));
        self.draw(&[asked], (0, question.len() + 3))?;
        loop {
            match self.keys.next()? {
                Key::Char('y' | 'Y') | Key::Escape => return Err(Failure::Cancelled),
                Key::Char('n' | 'N') | Key::Enter => return Ok(Key::Unknown),
                _ => {}
            }
        }
    }

    /// Columns that a line may take; the last one stays free, so that nothing wraps by itself.
    pub fn columns(&self) -> usize {
        usize::from(self.term.size().1).saturating_sub(1).max(20)
    }

    /// Rows of the screen.
    pub fn rows(&self) -> usize {
        usize::from(self.term.size().0)
    }

    /// Draws a question in place of what was drawn before, with the cursor at a row and column.
    pub fn draw(&mut self, lines: &[String], cursor: (usize, usize)) -> Result<(), Failure> {
        self.erase()
            .and_then(|()| self.term.write_str(&lines.join("\r\n")))
            .and_then(|()| self.term.move_cursor_up(lines.len().saturating_sub(cursor.0 + 1)))
            .and_then(|()| self.term.write_str("\r"))
            .and_then(|()| self.term.move_cursor_right(cursor.1))
            .and_then(|()| self.term.flush())
            .map_err(unwritable)?;
        self.row = cursor.0;
        Ok(())
    }

    /// Puts lines that stay in place of the question.
    pub fn settle(&mut self, lines: &[String]) -> Result<(), Failure> {
        self.erase()
            .and_then(|()| lines.iter().try_for_each(|line| self.term.write_line(line)))
            .and_then(|()| self.term.flush())
            .map_err(unwritable)
    }

    /// Leaves a question and its answer on the screen, with what it means if that is new.
    pub fn answered(&mut self, label: &str, answer: &str, below: &Below) -> Result<(), Failure> {
        let answer = if answer.is_empty() { "-".into() } else { clean(answer) };
        let label = clean(label);
        let line = format!("  {label}: {answer}");
        let mut lines = wrap_hanging(&line, self.columns());
        if let [first, ..] = lines.as_mut_slice()
            && let Some((label, answer)) = first.split_at_checked(label.len() + 4)
        {
            *first = format!("{label}{}", self.bold(answer));
        }
        if below.stays && below.lines != self.meant {
            lines.extend(self.below(below));
            self.meant.clone_from(&below.lines);
        }
        self.settle(&lines)
    }

    fn erase(&mut self) -> std::io::Result<()> {
        self.term.move_cursor_up(self.row)?;
        self.row = 0;
        self.term.clear_to_end_of_screen()
    }

    pub fn bold(&self, text: &str) -> String {
        self.paper.bold(text)
    }

    pub fn dim(&self, text: &str) -> String {
        self.paper.styled(Style::new().dimmed(), text)
    }

    /// Lines under a question, in words that stay in their column.
    pub fn below(&self, below: &Below) -> Vec<String> {
        let room = self.columns().saturating_sub(4);
        let lines = below.lines.iter().flat_map(|line| wrap_hanging(&clean(line), room));
        let drawn = lines.map(|line| match below.tone {
            Tone::Plain => self.dim(&line),
            tone => self.paper.toned(tone, &line),
        });
        drawn.map(|line| format!("    {line}")).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // A terminal that has gone needs no tidying.
        let _ = self.erase().and_then(|()| self.term.flush());
    }
}

fn unwritable(error: std::io::Error) -> Failure {
    anyhow::Error::new(error).context("the terminal cannot be written").into()
}

/// Later rows of a line are set in by two; no row is longer than `room`.
fn wrap_hanging(line: &str, room: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start().len();
    let parts = wrap(line.trim_start(), room.saturating_sub(indent + 2)).into_iter().enumerate();
    parts
        .map(|(index, part)| {
            let lead = if index == 0 { indent } else { indent + 2 };
            fit(&format!("{}{part}", " ".repeat(lead)), room)
        })
        .collect()
}

/// As much of a text as fits.
pub fn fit(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut taken = 1;
    let kept = text.chars().take_while(|c| {
        taken += c.width().unwrap_or_default();
        taken <= room
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}
