//! Every page of the work area.

fn main() {
    frontend::start(app::shell::Shell);
}
