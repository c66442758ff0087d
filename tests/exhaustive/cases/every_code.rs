//! A caller that handles every code and needs no wildcard.

use pingback_generated::operations::GetSubscriberError;

fn advice(error: &GetSubscriberError) -> &'static str {
    match error {
        GetSubscriberError::SubscriberNotFound(_) => "create it",
        GetSubscriberError::Forbidden(_) => "check the key",
        GetSubscriberError::TooManyRequests(_) | GetSubscriberError::InternalServerError(_) => "try again",
    }
}

fn main() {
    let _ = advice;
}
