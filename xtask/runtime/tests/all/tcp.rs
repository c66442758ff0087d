//! A server over TCP that controls how its responses are split into pieces.

use pingback_runtime as runtime;
use pingback_runtime::{Api, Case, Operation, Success};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(super) static API: Api = Api {
    user_agent: "test/1",
    base_url: None,
    credentials: &[],
    client_parameters: &[],
    code_pointers: &["/code"],
    message_pointers: &[],
    request_id_pointers: &[],
    pace: None,
};

pub(super) const fn operation(method: http::Method) -> Operation {
    Operation {
        id: "doIt",
        method,
        path: "/it",
        security: &[],
        client_parameters: &[],
        accept: "application/json",
        server: None,
    }
}

pub(super) const DONE: Success<()> = &[Case::range(2, runtime::empty)];

/// Sends the responses in turn, each in its pieces with a pause between them, and returns the requests.
pub(super) async fn server(responses: Vec<Vec<Vec<u8>>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let mut requests = Vec::new();
        for pieces in responses {
            let (mut socket, _) = listener.accept().await.expect("a connection");
            requests.push(request(&mut socket).await);
            for piece in pieces {
                if piece == STALL {
                    tokio::time::sleep(Duration::from_secs(20)).await;
                }
                // The client may have closed the connection.
                let _ = socket.write_all(&piece).await;
                let _ = socket.flush().await;
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        requests
    });
    (format!("http://{address}"), served)
}

/// A piece that makes the server pause until the test is over.
pub(super) const STALL: &[u8] = b"<stall>";

/// Reads a request with its body.
pub(super) async fn request(socket: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok())
                .unwrap_or(0);
            let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
            if chunked && body.ends_with("0\r\n\r\n") || !chunked && body.len() >= length {
                return text;
            }
        }
        match socket.read(&mut buffer).await.expect("a request") {
            0 => return text,
            read => all.extend_from_slice(&buffer[..read]),
        }
    }
}

pub(super) fn head(status: &str, content_type: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\nconnection: close\r\n\r\n").into_bytes()
}

pub(super) fn chunked_head(content_type: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n")
        .into_bytes()
}

pub(super) fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// A response in chunks of this size.
pub(super) fn chunked(content_type: &str, stream: &[u8], size: usize) -> Vec<Vec<u8>> {
    let chunks = stream.chunks(size).map(chunk);
    std::iter::once(chunked_head(content_type))
        .chain(chunks)
        .chain([b"0\r\n\r\n".to_vec()])
        .collect()
}
