//! A caller that forgets `SubscriberNotFound`.

use pingback_generated::operations::GetSubscriberError;

fn advice(error: &GetSubscriberError) -> &'static str {
    match error {
        GetSubscriberError::Forbidden(_) => "check the key",
        GetSubscriberError::TooManyRequests(_) | GetSubscriberError::InternalServerError(_) => "try again",
    }
}

fn main() {
    let _ = advice;
}
