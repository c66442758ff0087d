//! Starts Prism, a mock server that is made from the OpenAPI document itself.
//!
//! It is a Node program: `npm ci --prefix tests/prism` installs it. Where it is absent the tests that need it
//! say so and pass; where the variable `CI` is set they fail.

use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running Prism. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Prism {
    child: Child,
    url: String,
    log: PathBuf,
}

/// How long Prism may take to read the document and listen; a busy machine needs several seconds.
const PATIENCE: Duration = Duration::from_secs(60);

impl Prism {
    /// Starts it on a free port of the loopback interface. `name` is for its log. `None` if it isn't installed.
    ///
    /// # Panics
    /// If it is installed and does not start, or if it isn't and `CI` is set.
    #[must_use]
    pub(crate) fn start(name: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = root.join("tests/prism/node_modules/@stoplight/prism-cli/dist/index.js");
        if let Some(reason) = absent(&script) {
            let message = format!("{reason}; to run this test: npm ci --prefix tests/prism");
            assert!(std::env::var_os("CI").is_none(), "{message}");
            // Not `eprintln!`, which is shown for tests that fail only.
            let _ = writeln!(std::io::stderr(), "skipped {name}: {message}");
            return None;
        }
        // Between the look for a free port and its use somebody else may take it.
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

    /// The base URL, without a slash at its end.
    #[must_use]
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What Prism has said so far: the requests it got, and what was wrong with them.
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

/// Why Prism cannot be started, if so.
fn absent(script: &Path) -> Option<&'static str> {
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
