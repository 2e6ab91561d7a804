//! The pages of an observer: a small program for a tablet in a school.

fn main() {
    frontend::start(app::shell::FieldShell);
}
