//! Decodes an error of Zingle's API with types that are generated from Zingle's page of error codes alone.
//!
//! `cargo run --example zingle_errors`

use pingback_consumer::zingle::{Error, ErrorCode};

fn main() {
    let body = br#"{"status": {"error_code": 3612, "description": "Invalid label 'vip'"}}"#;
    match Error::from_parts(400, body) {
        Ok(error) => explain(&error),
        Err(unknown) => eprintln!("{unknown}: {}", String::from_utf8_lossy(unknown.body())),
    }
}

fn explain(error: &Error) {
    let message = error.message().unwrap_or_default();
    match error.code {
        ErrorCode::AuthenticationFailed => println!("check the user name and the password"),
        ErrorCode::InvalidLabel => {
            // The message on the page: Invalid label '{correspondent_id}'
            let parameters = error.code.read_message(message);
            let label = parameters
                .as_ref()
                .and_then(|found| found.get("correspondent_id"));
            println!("there is no label {}", label.unwrap_or("of that name"));
        }
        code => println!(
            "{}: {message} {}",
            code.number(),
            code.explanation().unwrap_or_default()
        ),
    }
}
