//! Public pages, rendered on the server as whole documents without script.
