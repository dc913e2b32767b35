//! Documents with shorter texts, for places with a limit.

use super::{Block, Document};

impl Document {
    /// Cuts every text after so many characters. Charts stay as they are.
    #[must_use]
    pub fn with_texts_of(mut self, longest: usize) -> Self {
        shorten_all(&mut self.blocks, longest);
        self
    }
}

fn shorten_all(blocks: &mut [Block], longest: usize) {
    let cut = |text: &mut String| shorten(text, longest);
    for block in blocks {
        match block {
            Block::Title(text) | Block::Heading(text, _) => cut(text),
            Block::Facts(facts) => facts.iter_mut().for_each(|(_, value)| cut(value)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| cut(&mut cell.shown));
            }
            Block::Items(items) => items.iter_mut().for_each(|item| cut(&mut item.text)),
            Block::Lines(lines) => lines.iter_mut().for_each(cut),
            Block::Chart(_) => {}
            Block::Folded(heading, inner) => {
                shorten(heading, longest);
                shorten_all(inner, longest);
            }
        }
    }
}

fn shorten(text: &mut String, longest: usize) {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
        text.push('…');
    }
}
