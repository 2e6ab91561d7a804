//! XML text, written from the outside in.

/// A writer that keeps track of what is open.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    out: String,
    open: Vec<String>,
    /// The start tag still lacks its `>`.
    pending: bool,
    /// Attributes of the start tag.
    names: Vec<String>,
}

impl Xml {
    pub fn start(&mut self, tag: &str) -> &mut Self {
        self.close_tag();
        self.out.push('<');
        self.out.push_str(tag);
        self.open.push(tag.to_owned());
        self.pending = true;
        self.names.clear();
        self
    }

    /// Only right after [`Xml::start`]. Of several attributes of one name the first is written.
    pub fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        if self.names.iter().any(|other| other == name) {
            return self;
        }
        self.names.push(name.to_owned());
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_into(value, true, &mut self.out);
        self.out.push('"');
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.close_tag();
            escape_into(text, false, &mut self.out);
        }
        self
    }

    pub fn end(&mut self) -> &mut Self {
        if let Some(tag) = self.open.pop() {
            if std::mem::take(&mut self.pending) {
                self.out.push_str("/>");
            } else {
                self.out.push_str("</");
                self.out.push_str(&tag);
                self.out.push('>');
            }
        }
        self
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.out
    }

    fn close_tag(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.out.push('>');
        }
    }
}

/// Escapes markup and leaves out characters that XML cannot hold.
fn escape_into(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' | '\t' if attribute => out.push_str(if c == '\n' { "&#10;" } else { "&#9;" }),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}
