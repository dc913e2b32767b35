//! Questions and answers on the terminal.

use crate::cli::failure::Failure;
use crate::cli::output;
use crate::document::{Canvas, Tone};
use crate::text::clean;
use dialoguer::console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, MultiSelect, Select};
use std::sync::Once;

/// Lines below a question: the meaning of an answer, or help before it.
#[derive(Debug, Clone)]
pub struct Note {
    pub tone: Tone,
    pub lines: Vec<String>,
}

impl Note {
    pub const NOTHING: Self = Self { tone: Tone::Plain, lines: Vec::new() };
}

/// Question with a text for an answer.
#[derive(Debug, Clone, Copy)]
pub struct Prompt<'q> {
    pub label: &'q str,
    /// Answer of Enter alone.
    pub default: &'q str,
    /// Lines that are shown before the answer.
    pub help: &'q [String],
}

/// Accepted answer with its meaning, or the lines that say what is wrong with it.
pub type WizardAnswer<T> = Result<(T, Note), Vec<String>>;

/// Entry of a menu, with a note beside it.
#[derive(Debug, Clone)]
pub struct MenuItem {
    pub title: String,
    pub note: String,
}

impl MenuItem {
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self { title: title.into(), note: note.into() }
    }
}

/// Terminal on which the wizard asks.
pub struct WizardTerminal {
    term: Term,
    theme: Box<dyn Theme>,
    canvas: Canvas,
    /// Lines that were shown last, so that they are not repeated.
    said: Vec<String>,
}

impl WizardTerminal {
    pub fn open() -> Self {
        catch_interrupts();
        let canvas = output::stderr();
        let theme: Box<dyn Theme> =
            if canvas.colored { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) };
        Self { term: Term::stderr(), theme, canvas, said: Vec::new() }
    }

    /// Asks for a text until an answer is accepted, then shows its meaning.
    pub fn text<T>(
        &mut self,
        question: &Prompt<'_>,
        read: impl Fn(&str) -> WizardAnswer<T>,
    ) -> Result<T, Failure> {
        self.say(&Note { tone: Tone::Plain, lines: question.help.to_vec() });
        loop {
            let mut input = Input::<String>::with_theme(self.theme.as_ref())
                .with_prompt(clean(question.label))
                .allow_empty(true);
            if !question.default.is_empty() {
                input = input.default(question.default.to_owned());
            }
            let input = input.validate_with(|answer: &String| match read(answer.trim()) {
                Ok(_) => Ok(()),
                Err(lines) => Err(clean(&lines.join("; ")).into_owned()),
            });
            let answer = input.interact_text_on(&self.term).map_err(left)?;
            if let Ok((value, note)) = read(answer.trim()) {
                self.say(&note);
                return Ok(value);
            }
        }
    }

    /// Asks for one entry of a menu until the choice is accepted, then shows its meaning.
    pub fn choose(
        &mut self,
        label: &str,
        items: &[MenuItem],
        start: usize,
        means: impl Fn(usize) -> WizardAnswer<()>,
    ) -> Result<usize, Failure> {
        loop {
            let chosen = Select::with_theme(self.theme.as_ref())
                .with_prompt(clean(label))
                .items(self.rows(items))
                .default(start)
                .report(false)
                .interact_on(&self.term)
                .map_err(left)?;
            match means(chosen) {
                Ok(((), note)) => {
                    let title = items.get(chosen).map_or("", |item| item.title.as_str());
                    self.answered(label, title);
                    self.say(&note);
                    return Ok(chosen);
                }
                Err(lines) => self.say(&Note { tone: Tone::Bad, lines }),
            }
        }
    }

    /// Asks for any entries of a menu.
    pub fn mark(&mut self, label: &str, items: &[MenuItem]) -> Result<Vec<usize>, Failure> {
        let marked = MultiSelect::with_theme(self.theme.as_ref())
            .with_prompt(format!("{} (Space marks, Enter goes on)", clean(label)))
            .items(self.rows(items))
            .report(false)
            .interact_on(&self.term)
            .map_err(left)?;
        let titles = marked.iter().filter_map(|&index| Some(items.get(index)?.title.as_str()));
        self.answered(label, &titles.collect::<Vec<_>>().join(", "));
        Ok(marked)
    }

    /// Asks for yes or no.
    pub fn confirm(&mut self, label: &str, default: bool) -> Result<bool, Failure> {
        let yes = Confirm::with_theme(self.theme.as_ref())
            .with_prompt(clean(label))
            .default(default)
            .report(false)
            .interact_on(&self.term)
            .map_err(left)?;
        self.answered(label, if yes { "yes" } else { "no" });
        Ok(yes)
    }

    /// Leaves a question and its answer on the screen, without the notes of the other entries.
    fn answered(&self, label: &str, answer: &str) {
        let mut line = String::new();
        let answer = if answer.is_empty() { "none".into() } else { clean(answer) };
        // Writing to a String cannot fail.
        let _ = self.theme.format_input_prompt_selection(&mut line, &clean(label), &answer);
        output::stderr_line(&format!("{line}\n"));
    }

    /// Returns the entries as lines with titles in a column, each cut to the width of the
    /// terminal: a list that wraps cannot be drawn again in place.
    fn rows(&self, items: &[MenuItem]) -> Vec<String> {
        let width = |item: &MenuItem| clean(&item.title).chars().count();
        let widest = items.iter().map(width).max().unwrap_or_default();
        let room = usize::from(self.canvas.width).saturating_sub(6);
        let row = |item: &MenuItem| {
            let row = format!("{:widest$}  {}", clean(&item.title), clean(&item.note));
            row.chars().take(room).collect::<String>().trim_end().to_owned()
        };
        items.iter().map(row).collect()
    }

    /// Shows lines, if they are not those that were shown last.
    pub fn say(&mut self, note: &Note) {
        if note.lines == self.said {
            return;
        }
        for entry in &note.lines {
            self.canvas.say(note.tone, entry);
        }
        self.said.clone_from(&note.lines);
    }
}

impl Canvas {
    /// Shows a text, indented below the question that it belongs to.
    fn say(self, tone: Tone, text: &str) {
        let room = usize::from(self.width).max(40) - 4;
        for line in crate::document::wrap(&clean(text), room) {
            let drawn = match tone {
                Tone::Plain => line,
                tone => self.toned(tone, &line),
            };
            output::stderr_line(&format!("  {drawn}\n"));
        }
    }
}

/// Lets Ctrl-C end a question and not the process, so that the terminal is restored, and a file
/// that is being written is complete.
fn catch_interrupts() {
    static ONCE: Once = Once::new();
    // Where it cannot be caught, Ctrl-C ends the process, and files are whole all the same.
    ONCE.call_once(|| drop(ctrlc::set_handler(|| ())));
}

/// Returns the failure of a question that ended without an answer.
fn left(error: dialoguer::Error) -> Failure {
    // A cursor that was hidden for a list would stay hidden; one that was not does not mind.
    let _ = Term::stderr().show_cursor();
    let dialoguer::Error::IO(error) = error;
    match error.kind() {
        std::io::ErrorKind::Interrupted | std::io::ErrorKind::UnexpectedEof => {
            output::stderr_line("\n");
            Failure::Canceled
        }
        _ => anyhow::Error::new(error).context("the terminal cannot be asked").into(),
    }
}
