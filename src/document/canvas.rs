//! The surface that a terminal draws on, of any width, with or without colors.

use crate::document::Tone;
use anstyle::{AnsiColor, Style};

#[derive(Debug, Clone, Copy)]
pub struct Canvas {
    pub width: u16,
    pub colored: bool,
}

impl Canvas {
    pub(super) fn columns(self) -> usize {
        usize::from(self.width).max(40)
    }

    fn styled(self, style: Style, text: &str) -> String {
        if self.colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }

    pub(crate) fn toned(self, tone: Tone, text: &str) -> String {
        let color = match tone {
            Tone::Plain => return self.bold(text),
            Tone::Good => AnsiColor::Green,
            Tone::Warning => AnsiColor::Yellow,
            Tone::Bad => AnsiColor::Red,
        };
        self.styled(Style::new().bold().fg_color(Some(color.into())), text)
    }
}

/// Adds a line, without the blanks at its end.
pub(super) fn line(text: &mut String, content: &str) {
    text.push_str(content.trim_end());
    text.push('\n');
}
