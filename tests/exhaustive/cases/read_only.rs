//! A caller that tries to send a member which only the server sets.

use pingback_generated::models::NewSubscriber;

fn main() {
    let mut subscriber = NewSubscriber::new("ada@example.com");
    subscriber.created_at = None;
}
