//! Starts Prism, a mock server that is made from the OpenAPI document itself.
//!
//! It is a Node program: `npm ci --prefix tests/prism` installs it. If it is not installed, the tests that need it print
//! that they are skipped, and pass; if the environment variable `CI` is set, they fail.

use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running Prism process. Dropping it ends the process.
#[derive(Debug)]
pub(crate) struct Prism {
    child: Child,
    url: String,
    log: PathBuf,
}

/// How long Prism may take to read the document and listen; a busy machine needs several seconds.
const PATIENCE: Duration = Duration::from_secs(60);

impl Prism {
    /// Starts Prism on a free port of the loopback interface. `name` is part of the name of its log file. `None` if it is
    /// not installed.
    ///
    /// # Panics
    /// If Prism does not start, or if it is not installed and `CI` is set.
    #[must_use]
    pub(crate) fn start(name: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = root.join("tests/prism/node_modules/@stoplight/prism-cli/dist/index.js");
        if let Some(reason) = missing_requirement(&script) {
            let message = format!("{reason}; to run this test: npm ci --prefix tests/prism");
            assert!(std::env::var_os("CI").is_none(), "{message}");
            // The output of `eprintln!` is shown only for tests that fail.
            let _ = writeln!(std::io::stderr(), "skipped {name}: {message}");
            return None;
        }
        // Another process may take the free port before Prism uses it.
        for _ in 0..3 {
            let mut prism = Self::spawn(root, &script, name);
            if prism.is_listening() {
                return Some(prism);
            }
        }
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
        let log = std::fs::read_to_string(log).unwrap_or_default();
        panic!("Prism does not start:\n{log}");
    }

    fn spawn(root: &Path, script: &Path, name: &str) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
        let output = File::create(&log).expect("a log file");
        let child = Command::new("node")
            .arg(script)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(root.join("specs/pingback/openapi.yaml"))
            .stdin(Stdio::null())
            .stderr(output.try_clone().expect("a second handle"))
            .stdout(output)
            .spawn()
            .expect("Node starts");
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            log,
        }
    }

    fn is_listening(&mut self) -> bool {
        let address = self.url.trim_start_matches("http://").to_owned();
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return false;
            }
            if TcpStream::connect(&address).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// The base URL, without a trailing slash.
    #[must_use]
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The log of Prism so far: the requests, and what was invalid in them.
    #[must_use]
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Why Prism cannot be started; `None` if it can.
fn missing_requirement(script: &Path) -> Option<&'static str> {
    let node = Command::new("node")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !node.is_ok_and(|status| status.success()) {
        return Some("Node.js is not installed");
    }
    (!script.is_file()).then_some("Prism is not installed")
}
