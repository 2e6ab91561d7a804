//! What can be said of an expression before there is a document.

use super::functions::signature;
use super::{Expr, ExprKind, SyntaxError};

/// Whether the language has a function of that name.
pub fn is_function(name: &str) -> bool {
    signature(name).is_some()
}

/// The calls that can never succeed: unknown functions, wrong numbers of arguments, variables.
pub fn check(expr: &Expr) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    expr.walk(&mut |part| match &part.kind {
        ExprKind::Call { name, args } => {
            let message = match signature(name) {
                None => format!("There is no function “{name}”."),
                Some((least, _)) if args.len() < least => {
                    format!(
                        "{name}() needs at least {least} arguments, here are {}.",
                        args.len()
                    )
                }
                Some((_, most)) if args.len() > most => {
                    format!(
                        "{name}() takes at most {most} arguments, here are {}.",
                        args.len()
                    )
                }
                Some(_) => return,
            };
            errors.push(SyntaxError::new(part.span, message));
        }
        ExprKind::Variable(name) => errors.push(SyntaxError::new(
            part.span,
            format!("There is no variable “${name}”; a question is written ${{{name}}}."),
        )),
        _ => {}
    });
    errors.sort_by_key(|error| error.span.start);
    errors
}
