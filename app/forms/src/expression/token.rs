//! Cutting an expression into tokens.

use super::{Span, SyntaxError};

/// One token with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    Text(String),
    /// `name`, `prefix:name`; whether it is an operator is decided by the parser.
    Name(String),
    /// `prefix:*`
    PrefixWildcard(String),
    /// `${name}` or `${last-saved#name}`
    Reference {
        name: String,
        last_saved: bool,
    },
    Variable(String),
    Symbol(Symbol),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Dot,
    DotDot,
    At,
    Comma,
    ColonColon,
    Slash,
    SlashSlash,
    Pipe,
    Plus,
    Minus,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Star,
}

impl TokenKind {
    fn ends_operand(&self) -> bool {
        match self {
            TokenKind::Number(_)
            | TokenKind::Text(_)
            | TokenKind::Reference { .. }
            | TokenKind::Variable(_) => true,
            TokenKind::Symbol(symbol) => matches!(
                symbol,
                Symbol::CloseParen | Symbol::CloseBracket | Symbol::Dot | Symbol::DotDot
            ),
            // A name may itself be an operator here; then what follows is an operand.
            TokenKind::Name(_) | TokenKind::PrefixWildcard(_) => false,
        }
    }
}

/// Longer expressions are refused: no real form comes near, and the bound keeps hostile ones cheap.
const LONGEST_EXPRESSION: usize = 256 * 1024;

pub(super) fn tokenize(source: &str) -> Result<Vec<Token>, SyntaxError> {
    if source.len() > LONGEST_EXPRESSION {
        return Err(SyntaxError::new(
            Span::new(0, source.len()),
            format!("The expression is longer than {LONGEST_EXPRESSION} bytes."),
        ));
    }
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens: Vec<Token> = Vec::new();
    loop {
        let after_operand = tokens.last().is_some_and(|token| token.kind.ends_operand());
        match lexer.next(after_operand)? {
            Some(token) => tokens.push(token),
            None => break,
        }
    }
    Ok(tokens)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &str {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| accept(*c)) {
            self.at += c.len_utf8();
        }
        &self.source[start..self.at]
    }

    fn next(&mut self, after_operand: bool) -> Result<Option<Token>, SyntaxError> {
        // Spreadsheets bring in no-break and zero-width spaces; XPath itself knows only four.
        self.take_while(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        let start = self.at;
        let Some(c) = self.peek() else {
            return Ok(None);
        };
        let kind = match c {
            '"' | '\'' => self.text(c)?,
            '0'..='9' => self.number(),
            '.' if self.source[self.at + 1..].starts_with(|c: char| c.is_ascii_digit()) => {
                self.number()
            }
            '$' => self.reference()?,
            c if is_name_start(c) => match self.glued_operator().filter(|_| after_operand) {
                Some(operator) => {
                    self.at += operator.len();
                    TokenKind::Name(operator.to_owned())
                }
                None => self.name(),
            },
            _ => self.symbol(c)?,
        };
        Ok(Some(Token {
            kind,
            span: Span::new(start, self.at),
        }))
    }

    fn text(&mut self, quote: char) -> Result<TokenKind, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let value = self.take_while(|c| c != quote).to_owned();
        if self.peek().is_none() {
            return Err(SyntaxError::new(
                Span::new(start, self.at),
                format!("The text that begins here is not closed: {quote} is missing."),
            ));
        }
        self.at += 1;
        Ok(TokenKind::Text(value))
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        self.take_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        let digits = &self.source[start..self.at];
        TokenKind::Number(digits.parse().unwrap_or(f64::NAN))
    }

    fn reference(&mut self) -> Result<TokenKind, SyntaxError> {
        let start = self.at;
        self.at += 1;
        if self.peek() != Some('{') {
            let name = self.qualified_name();
            if name.is_empty() {
                return Err(SyntaxError::new(
                    Span::new(start, self.at),
                    "“$” must be followed by a name in braces, as in ${name}.".into(),
                ));
            }
            return Ok(TokenKind::Variable(name));
        }
        self.at += 1;
        let inside = self.take_while(|c| c != '}').trim().to_owned();
        if self.peek().is_none() {
            return Err(SyntaxError::new(
                Span::new(start, self.at),
                "The reference is not closed: } is missing.".into(),
            ));
        }
        self.at += 1;
        let (last_saved, name) = match inside.strip_prefix("last-saved#") {
            Some(rest) => (true, rest),
            None => (false, inside.as_str()),
        };
        let well_formed =
            name.starts_with(is_name_start) && name.chars().all(|c| is_name_char(c) || c == ':');
        if !well_formed {
            return Err(SyntaxError::new(
                Span::new(start, self.at),
                format!("“{inside}” cannot be the name of a question."),
            ));
        }
        Ok(TokenKind::Reference {
            name: name.to_owned(),
            last_saved,
        })
    }

    fn qualified_name(&mut self) -> String {
        let start = self.at;
        self.take_while(is_name_char);
        let rest = &self.source[self.at..];
        let mut after = rest.chars();
        // `a::b` is an axis, `a:b` one name.
        if after.next() == Some(':') && after.next().is_some_and(is_name_start) {
            self.at += 1;
            self.take_while(is_name_char);
        }
        self.source[start..self.at].to_owned()
    }

    /// The operator at the start of `div2`, which after an operand means `div 2`.
    fn glued_operator(&self) -> Option<&'static str> {
        let rest = &self.source[self.at..];
        ["div", "mod", "and", "or"].into_iter().find(|operator| {
            rest.strip_prefix(operator)
                .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
        })
    }

    fn name(&mut self) -> TokenKind {
        let name = self.qualified_name();
        if !name.contains(':') && self.source[self.at..].starts_with(":*") {
            self.at += 2;
            return TokenKind::PrefixWildcard(name);
        }
        TokenKind::Name(name)
    }

    fn symbol(&mut self, first: char) -> Result<TokenKind, SyntaxError> {
        use Symbol as S;
        let rest = &self.source[self.at..];
        let two = [
            ("..", S::DotDot),
            ("::", S::ColonColon),
            ("//", S::SlashSlash),
            ("!=", S::NotEqual),
            ("<=", S::LessEqual),
            (">=", S::GreaterEqual),
        ];
        if let Some((text, symbol)) = two.iter().find(|(text, _)| rest.starts_with(text)) {
            self.at += text.len();
            return Ok(TokenKind::Symbol(*symbol));
        }
        let symbol = match first {
            '(' => S::OpenParen,
            ')' => S::CloseParen,
            '[' => S::OpenBracket,
            ']' => S::CloseBracket,
            '.' => S::Dot,
            '@' => S::At,
            ',' => S::Comma,
            '/' => S::Slash,
            '|' => S::Pipe,
            '+' => S::Plus,
            '-' => S::Minus,
            '=' => S::Equal,
            '<' => S::Less,
            '>' => S::Greater,
            '*' => S::Star,
            other => {
                let hint = match other {
                    '“' | '”' | '‘' | '’' | '«' | '»' => {
                        " Use straight quotes, \" or ', around a text."
                    }
                    '&' => " To join conditions write “and”.",
                    '−' | '–' | '—' => " Use the plain minus sign, -.",
                    '!' => " To negate write not(…).",
                    _ => "",
                };
                return Err(SyntaxError::new(
                    Span::new(self.at, self.at + other.len_utf8()),
                    format!("The character “{other}” has no meaning here.{hint}"),
                ));
            }
        };
        self.at += first.len_utf8();
        Ok(TokenKind::Symbol(symbol))
    }
}

/// Whether a name may begin with `c` (letters of any script and `_`, as XML allows).
pub(crate) fn is_name_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

pub(crate) fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || c.is_numeric()
        || matches!(c, '-' | '.' | '\u{b7}')
        || ('\u{300}'..='\u{36f}').contains(&c)
}
