//! Reading tokens into an expression: XPath 1.0 grammar with `${name}` as a primary expression.

use super::ast::NEGATION;
use super::token::{Symbol, Token, TokenKind, tokenize};
use super::{Axis, Expr, ExprKind, NodeTest, Operator, Path, PathStart, Span, Step, SyntaxError};

/// Parentheses, calls and predicates inside one another beyond this are refused, so that no
/// expression can exhaust the stack (a browser gives wasm about one megabyte).
const DEEPEST_NESTING: usize = 150;

/// Reads an expression.
///
/// # Errors
/// The first place where the text stops being an expression, with a plain sentence.
pub fn parse(source: &str) -> Result<Expr, SyntaxError> {
    let tokens = tokenize(source)?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        end: source.len(),
    };
    if tokens.is_empty() {
        return Err(SyntaxError::new(
            Span::new(0, source.len()),
            "The expression is empty.".into(),
        ));
    }
    let expr = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.unexpected("an operator or the end")),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn peek_second(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.at + 1).map(|token| &token.kind)
    }

    fn span(&self) -> Span {
        self.tokens
            .get(self.at)
            .map_or(Span::new(self.end, self.end), |token| token.span)
    }

    fn last_span(&self) -> Span {
        self.at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or(Span::default(), |token| token.span)
    }

    fn is(&self, symbol: Symbol) -> bool {
        self.peek() == Some(&TokenKind::Symbol(symbol))
    }

    fn accept(&mut self, symbol: Symbol) -> bool {
        let accepted = self.is(symbol);
        self.at += usize::from(accepted);
        accepted
    }

    fn expect(&mut self, symbol: Symbol, wanted: &str) -> Result<(), SyntaxError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            Err(self.unexpected(wanted))
        }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        let message = if self.at >= self.tokens.len() {
            format!("The expression ends too early: {wanted} is missing.")
        } else {
            format!("Here {wanted} was expected.")
        };
        SyntaxError::new(self.span(), message)
    }

    fn operator(&self) -> Option<Operator> {
        use Operator as O;
        Some(match self.peek()? {
            TokenKind::Name(name) => match name.as_str() {
                "or" => O::Or,
                "and" => O::And,
                "div" => O::Divide,
                "mod" => O::Modulo,
                _ => return None,
            },
            TokenKind::Symbol(symbol) => match symbol {
                Symbol::Equal => O::Equal,
                Symbol::NotEqual => O::NotEqual,
                Symbol::Less => O::Less,
                Symbol::LessEqual => O::LessEqual,
                Symbol::Greater => O::Greater,
                Symbol::GreaterEqual => O::GreaterEqual,
                Symbol::Plus => O::Add,
                Symbol::Minus => O::Subtract,
                Symbol::Star => O::Multiply,
                Symbol::Pipe => O::Union,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// An expression whose operators all bind tighter than `above`.
    fn expression(&mut self, above: u8) -> Result<Expr, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST_NESTING {
            return Err(SyntaxError::new(
                self.span(),
                format!("The expression is nested deeper than {DEEPEST_NESTING} levels."),
            ));
        }
        let mut left = self.unary(above)?;
        while let Some(operator) = self.operator() {
            let precedence = operator.precedence();
            if precedence <= above {
                break;
            }
            let mut rest = Vec::new();
            while let Some(operator) = self.operator().filter(|o| o.precedence() == precedence) {
                self.at += 1;
                rest.push((operator, self.expression(precedence)?));
            }
            let span = left.span.to(self.last_span());
            left = Expr {
                kind: ExprKind::Chain {
                    first: Box::new(left),
                    rest,
                },
                span,
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn unary(&mut self, above: u8) -> Result<Expr, SyntaxError> {
        if !self.is(Symbol::Minus) || above >= NEGATION {
            return self.path();
        }
        let start = self.span();
        self.at += 1;
        // The operand of a minus is a union or another minus, nothing looser.
        let operand = self.expression(NEGATION - 1)?;
        let span = start.to(self.last_span());
        Ok(Expr {
            kind: ExprKind::Negate(Box::new(operand)),
            span,
        })
    }

    fn path(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.span();
        let path = if self.accept(Symbol::Slash) {
            let mut steps = Vec::new();
            if self.at_step() {
                self.steps(&mut steps)?;
            }
            Path {
                start: PathStart::Root,
                steps,
            }
        } else if self.accept(Symbol::SlashSlash) {
            let mut steps = vec![Step::any_depth()];
            self.steps(&mut steps)?;
            Path {
                start: PathStart::Root,
                steps,
            }
        } else if self.at_primary() {
            let primary = self.filter()?;
            let mut steps = Vec::new();
            if self.accept(Symbol::SlashSlash) {
                steps.push(Step::any_depth());
                self.steps(&mut steps)?;
            } else if self.accept(Symbol::Slash) {
                self.steps(&mut steps)?;
            } else {
                return Ok(primary);
            }
            Path {
                start: PathStart::Expr(Box::new(primary)),
                steps,
            }
        } else {
            let mut steps = Vec::new();
            self.steps(&mut steps)?;
            Path {
                start: PathStart::Context,
                steps,
            }
        };
        Ok(Expr {
            kind: ExprKind::Path(path),
            span: start.to(self.last_span()),
        })
    }

    fn at_step(&self) -> bool {
        matches!(
            self.peek(),
            Some(
                TokenKind::Name(_)
                    | TokenKind::PrefixWildcard(_)
                    | TokenKind::Symbol(Symbol::Star | Symbol::Dot | Symbol::DotDot | Symbol::At)
            )
        )
    }

    fn at_primary(&self) -> bool {
        match self.peek() {
            Some(
                TokenKind::Number(_)
                | TokenKind::Text(_)
                | TokenKind::Reference { .. }
                | TokenKind::Variable(_)
                | TokenKind::Symbol(Symbol::OpenParen),
            ) => true,
            Some(TokenKind::Name(name)) => {
                self.peek_second() == Some(&TokenKind::Symbol(Symbol::OpenParen))
                    && !is_node_type(name)
            }
            _ => false,
        }
    }

    fn filter(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.span();
        let primary = self.primary()?;
        let predicates = self.predicates()?;
        if predicates.is_empty() {
            return Ok(primary);
        }
        Ok(Expr {
            kind: ExprKind::Filter {
                primary: Box::new(primary),
                predicates,
            },
            span: start.to(self.last_span()),
        })
    }

    fn primary(&mut self) -> Result<Expr, SyntaxError> {
        let span = self.span();
        let Some(token) = self.peek() else {
            return Err(self.unexpected("a value"));
        };
        self.at += 1;
        let kind = match token {
            TokenKind::Number(value) => ExprKind::Number(*value),
            TokenKind::Text(text) => ExprKind::Text(text.clone()),
            TokenKind::Variable(name) => ExprKind::Variable(name.clone()),
            TokenKind::Reference { name, last_saved } => ExprKind::Reference {
                name: name.clone(),
                last_saved: *last_saved,
            },
            TokenKind::Symbol(Symbol::OpenParen) => {
                let inner = self.expression(0)?;
                self.expect(Symbol::CloseParen, "a closing parenthesis")?;
                return Ok(inner);
            }
            TokenKind::Name(name) => ExprKind::Call {
                name: name.clone(),
                args: self.arguments()?,
            },
            _ => {
                self.at -= 1;
                return Err(self.unexpected("a value"));
            }
        };
        Ok(Expr {
            kind,
            span: span.to(self.last_span()),
        })
    }

    fn arguments(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        self.expect(Symbol::OpenParen, "an opening parenthesis")?;
        let mut args = Vec::new();
        if self.accept(Symbol::CloseParen) {
            return Ok(args);
        }
        loop {
            args.push(self.expression(0)?);
            if self.accept(Symbol::CloseParen) {
                return Ok(args);
            }
            self.expect(Symbol::Comma, "a comma or a closing parenthesis")?;
        }
    }

    fn predicates(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        let mut predicates = Vec::new();
        while self.accept(Symbol::OpenBracket) {
            predicates.push(self.expression(0)?);
            self.expect(Symbol::CloseBracket, "a closing bracket")?;
        }
        Ok(predicates)
    }

    fn steps(&mut self, steps: &mut Vec<Step>) -> Result<(), SyntaxError> {
        loop {
            steps.push(self.step()?);
            if self.accept(Symbol::SlashSlash) {
                steps.push(Step::any_depth());
            } else if !self.accept(Symbol::Slash) {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Result<Step, SyntaxError> {
        let abbreviated = |axis| Step {
            axis,
            test: NodeTest::Node,
            predicates: Vec::new(),
        };
        // XPath 1.0 allows no predicate after `.` and `..`; ODK forms write `.[…]`, so we do.
        let mut step = if self.accept(Symbol::Dot) {
            abbreviated(Axis::SelfNode)
        } else if self.accept(Symbol::DotDot) {
            abbreviated(Axis::Parent)
        } else {
            let axis = self.axis()?;
            Step {
                axis,
                test: self.node_test()?,
                predicates: Vec::new(),
            }
        };
        step.predicates = self.predicates()?;
        Ok(step)
    }

    fn axis(&mut self) -> Result<Axis, SyntaxError> {
        if self.accept(Symbol::At) {
            return Ok(Axis::Attribute);
        }
        let Some(TokenKind::Name(name)) = self.peek() else {
            return Ok(Axis::Child);
        };
        if self.peek_second() != Some(&TokenKind::Symbol(Symbol::ColonColon)) {
            return Ok(Axis::Child);
        }
        let Some((axis, _)) = Axis::ALL.iter().find(|(_, known)| known == name) else {
            return Err(SyntaxError::new(
                self.span(),
                format!("“{name}” is no axis of XPath."),
            ));
        };
        self.at += 2;
        Ok(*axis)
    }

    fn node_test(&mut self) -> Result<NodeTest, SyntaxError> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected("the name of a node"));
        };
        match token {
            TokenKind::Symbol(Symbol::Star) => {
                self.at += 1;
                Ok(NodeTest::Any { prefix: None })
            }
            TokenKind::PrefixWildcard(prefix) => {
                self.at += 1;
                Ok(NodeTest::Any {
                    prefix: Some(prefix.clone()),
                })
            }
            TokenKind::Name(name) => {
                self.at += 1;
                if self.is(Symbol::OpenParen) {
                    return self.node_type(name);
                }
                Ok(match name.split_once(':') {
                    Some((prefix, local)) => NodeTest::Name {
                        prefix: Some(prefix.to_owned()),
                        local: local.to_owned(),
                    },
                    None => NodeTest::Name {
                        prefix: None,
                        local: name.clone(),
                    },
                })
            }
            _ => Err(self.unexpected("a value or the name of a node")),
        }
    }

    fn node_type(&mut self, name: &str) -> Result<NodeTest, SyntaxError> {
        if !is_node_type(name) {
            self.at -= 1;
            return Err(self.unexpected("the name of a node, not a function,"));
        }
        self.at += 1;
        let mut target = None;
        if name == "processing-instruction"
            && let Some(TokenKind::Text(text)) = self.peek()
        {
            target = Some(text.clone());
            self.at += 1;
        }
        self.expect(Symbol::CloseParen, "a closing parenthesis")?;
        Ok(match name {
            "node" => NodeTest::Node,
            "text" => NodeTest::Text,
            "comment" => NodeTest::Comment,
            _ => NodeTest::ProcessingInstruction(target),
        })
    }
}

impl Step {
    /// What `//` stands for.
    fn any_depth() -> Self {
        Self {
            axis: Axis::DescendantOrSelf,
            test: NodeTest::Node,
            predicates: Vec::new(),
        }
    }
}

fn is_node_type(name: &str) -> bool {
    matches!(name, "node" | "text" | "comment" | "processing-instruction")
}
