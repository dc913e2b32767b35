use std::process::ExitCode;

fn main() -> ExitCode {
    dealdesk::cli::run(std::env::args_os())
}
