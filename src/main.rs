//! The program: a window, or a command without one.

use std::process::ExitCode;

use clap::Parser;
use zhupi::cli::{self, Cli, Outcome};

fn main() -> ExitCode {
    let arguments = Cli::parse();
    let result = match arguments.command {
        Some(command) => cli::run(&command),
        None => window(arguments.window).map(|()| Outcome::Done),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::tell(format_args!("zhupi: {error:#}"));
            ExitCode::from(2)
        }
    }
}

#[cfg(feature = "window")]
fn window(arguments: cli::WindowArgs) -> anyhow::Result<()> {
    let start = zhupi::app::Start {
        paths: arguments.paths,
        annotations_dir: arguments.annotations,
        settings_folder: zhupi::store::settings::settings_folder(),
        example: true,
    };
    Ok(zhupi::ui::window::run(start)?)
}

#[cfg(not(feature = "window"))]
fn window(_arguments: cli::WindowArgs) -> anyhow::Result<()> {
    anyhow::bail!(
        "this build has no window. These commands work without one: read, suggest, export, import, formats, check, \
         stats, split, figures (zhupi --help)"
    )
}
