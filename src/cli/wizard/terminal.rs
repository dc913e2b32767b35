//! Questions and answers on the terminal.

use crate::cli::{Failure, interrupt, output};
use crate::document::{Canvas, Tone, wrap};
use crate::text::clean;
use dialoguer::console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, MultiSelect, Select};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Accepted answer, or the lines that say what is wrong with it.
pub type WizardAnswer<T> = Result<T, Vec<String>>;

pub struct MenuItem {
    pub title: String,
    pub note: String,
}

impl MenuItem {
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self { title: title.into(), note: note.into() }
    }
}

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

    /// Asks for a text until an answer is accepted. Enter alone is the default; the lines of help stand
    /// before the answer.
    pub fn text<T>(
        &mut self,
        label: &str,
        default: &str,
        help: &[String],
        read: impl Fn(&str) -> WizardAnswer<T>,
    ) -> Result<T, Failure> {
        self.say(Tone::Plain, help);
        loop {
            let mut input = Input::<String>::with_theme(self.theme.as_ref())
                .with_prompt(clean(label))
                .allow_empty(true);
            if !default.is_empty() {
                input = input.default(default.to_owned());
            }
            let input = input.validate_with(|answer: &String| {
                let wrong = |lines: Vec<String>| clean(&lines.join("; ")).into_owned();
                read(answer.trim()).map(drop).map_err(wrong)
            });
            let answer = input.interact_text_on(&self.term).map_err(left)?;
            if let Ok(value) = read(answer.trim()) {
                return Ok(value);
            }
        }
    }

    /// Asks for one entry of a menu, whatever it means.
    pub fn pick(&mut self, label: &str, items: &[MenuItem]) -> Result<usize, Failure> {
        self.choose(label, items, 0, Ok)
    }

    /// Asks for one entry of a menu until the choice is accepted.
    pub fn choose<T>(
        &mut self,
        label: &str,
        items: &[MenuItem],
        start: usize,
        read: impl Fn(usize) -> WizardAnswer<T>,
    ) -> Result<T, Failure> {
        loop {
            let chosen = Select::with_theme(self.theme.as_ref())
                .with_prompt(clean(label))
                .items(self.rows(items))
                .default(start)
                .report(false)
                .interact_on(&self.term)
                .map_err(left)?;
            match read(chosen) {
                Ok(value) => {
                    let title = items.get(chosen).map_or("", |item| item.title.as_str());
                    self.answered(label, title);
                    return Ok(value);
                }
                Err(lines) => self.say(Tone::Bad, &lines),
            }
        }
    }

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

    /// Shows lines, indented below the question that they belong to, if they are not those that were
    /// shown last.
    pub fn say(&mut self, tone: Tone, lines: &[String]) {
        if lines == self.said {
            return;
        }
        let room = usize::from(self.canvas.width).max(40) - 4;
        for line in lines.iter().flat_map(|line| wrap(&clean(line), room)) {
            let drawn = if tone == Tone::Plain { line } else { self.canvas.toned(tone, &line) };
            output::stderr_line(&format!("  {drawn}\n"));
        }
        self.said = lines.to_vec();
    }
}

/// Whether a question was left with Ctrl-C, which ends the command.
static IS_LEFT: AtomicBool = AtomicBool::new(false);

/// The time in which a question that Ctrl-C reached reports it.
const GRACE: Duration = Duration::from_millis(200);

/// Lets Ctrl-C end a question and not the process, so that the terminal is restored, and a file
/// that is being written is complete. Between two questions the process ends.
fn catch_interrupts() {
    static ONCE: Once = Once::new();
    // The next question may read already when the process ends: the terminal is as it was before the first.
    #[cfg(unix)]
    let before = nix::sys::termios::tcgetattr(std::io::stdin()).ok();
    let end = move || {
        std::thread::sleep(GRACE);
        if IS_LEFT.load(Ordering::Relaxed) {
            return;
        }
        #[cfg(unix)]
        if let Some(before) = &before {
            let now = nix::sys::termios::SetArg::TCSANOW;
            let _ = nix::sys::termios::tcsetattr(std::io::stdin(), now, before);
        }
        let _ = Term::stderr().show_cursor();
        interrupt::end(1, |_| output::stderr_line("\ncanceled\n"));
    };
    // Where it cannot be caught, Ctrl-C ends the process, and files are whole all the same.
    ONCE.call_once(|| drop(ctrlc::set_handler(end)));
}

fn left(error: dialoguer::Error) -> Failure {
    // A cursor that was hidden for a list would stay hidden; one that was not does not mind.
    let _ = Term::stderr().show_cursor();
    let dialoguer::Error::IO(error) = error;
    match error.kind() {
        std::io::ErrorKind::Interrupted | std::io::ErrorKind::UnexpectedEof => {
            IS_LEFT.store(true, Ordering::Relaxed);
            output::stderr_line("\n");
            Failure::Canceled
        }
        _ => anyhow::Error::new(error).context("the terminal cannot be asked").into(),
    }
}
