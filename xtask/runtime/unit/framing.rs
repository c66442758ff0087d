//! Tests that events are found wherever the bytes of a stream are split.

use super::framing::{Framer, Framing};
use std::fmt::Write as _;

/// The events of a stream that arrives in these pieces, one on each line.
fn events(framing: Framing, pieces: &[&[u8]]) -> String {
    let mut framer = Framer::new(framing);
    let mut text = String::new();
    let mut show = |framer: &mut Framer| {
        while let Some(frame) = framer.next() {
            let name = frame.name.unwrap_or_default();
            let _ = writeln!(text, "{name} {:?} id={:?}", frame.data, framer.last_id());
        }
    };
    for piece in pieces {
        framer.push(piece).expect("short events");
        show(&mut framer);
    }
    framer.end();
    show(&mut framer);
    if let Some(retry) = framer.retry() {
        let _ = writeln!(text, "retry {}", retry.as_millis());
    }
    text
}

/// The events of a stream. Asserts that they are the same wherever the stream is split.
fn cut(framing: Framing, stream: &[u8]) -> String {
    let whole = events(framing, &[stream]);
    for first in 0..=stream.len() {
        for second in first..=stream.len() {
            let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
            assert_eq!(events(framing, &pieces), whole, "cut at {first} and {second}");
        }
    }
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(events(framing, &bytes), whole, "one by one");
    whole
}

fn sent(stream: &str) -> String {
    cut(Framing::ServerSent, stream.as_bytes())
}

/// The examples of WHATWG HTML, section 9.2.6.
#[test]
fn the_examples_of_the_specification() {
    insta::assert_snapshot!(sent("data: YHOO\ndata: +2\ndata: 10\n\n"), @r#" "YHOO\n+2\n10" id="""#);
    let four = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
    insta::assert_snapshot!(sent(four), @r#"
     "first event" id="1"
     "second event" id=""
    "#);
    insta::assert_snapshot!(sent("data\n\ndata\ndata\n\ndata:"), @r#"
     "" id=""
     "\n" id=""
    "#);
    insta::assert_snapshot!(sent("data:test\n\ndata: test\n\n"), @r#"
     "test" id=""
     "test" id=""
    "#);
}

#[test]
fn lines_end_with_lf_cr_or_crlf() {
    insta::assert_snapshot!(sent("data: a\r\ndata: b\rdata: c\n\r\n"), @r#" "a\nb\nc" id="""#);
    insta::assert_snapshot!(sent("data: a\r\r\ndata: b\r\n\r"), @r#"
     "a" id=""
     "b" id=""
    "#);
}

#[test]
fn a_byte_order_mark_is_removed_at_the_start() {
    insta::assert_snapshot!(sent("\u{feff}data: ä€😀\n\n\u{feff}data: x\n\n"), @r#" "ä€😀" id="""#);
}

#[test]
fn invalid_utf8_is_replaced() {
    insta::assert_snapshot!(cut(Framing::ServerSent, b"data: a\xf0\x9f\x98\ndata: \xff\n\n"), @r#" "a�\n�" id="""#);
}

#[test]
fn fields_follow_the_specification() {
    let odd = "event: one\nunknown: x\nData: no\n data: no\n:data: no\ndata: {\"a\": 1}\nid: 7\nretry: 1500\n\n\
               event: lost\n\ndata: plain\nid: no\0\nretry: 1s\nretry:\n\nid: 8\n\n";
    insta::assert_snapshot!(sent(odd), @r#"
    one "{\"a\": 1}" id="7"
     "plain" id="7"
    retry 1500
    "#);
}

#[test]
fn the_last_id_changes_with_its_event() {
    let mut framer = Framer::new(Framing::ServerSent);
    framer
        .push(b"id: 1\ndata: a\n\nid: 2\n\ndata: b\n\nid: 3\n\n")
        .expect("short events");
    let mut ids = vec![framer.last_id().to_owned()];
    while framer.next().is_some() {
        ids.push(framer.last_id().to_owned());
    }
    ids.push(framer.last_id().to_owned());
    assert_eq!(ids, ["", "1", "2", "3"]);
}

#[test]
fn lines_and_sequences_hold_json() {
    let lines = b"\xef\xbb\xbf{\"a\": 1}\r\n\n  \n[\"\xc3\xa4\"]\nno json\n{\"last\": true}";
    insta::assert_snapshot!(cut(Framing::Lines, lines), @r#"
     "{\"a\": 1}" id=""
     "[\"ä\"]" id=""
     "no json" id=""
     "{\"last\": true}" id=""
    "#);
    let sequence = b"\x1e{\n\"a\": 1\n}\n\x1e\x1e[2]\n\x1e3\x1e{\"cut\": ";
    insta::assert_snapshot!(cut(Framing::Sequence, sequence), @r#"
     "{\n\"a\": 1\n}" id=""
     "[2]" id=""
     "3" id=""
     "{\"cut\":" id=""
    "#);
}

#[test]
fn an_event_that_is_too_long_is_an_error() {
    for framing in [Framing::ServerSent, Framing::Lines, Framing::Sequence] {
        let mut framer = Framer::new(framing);
        let piece = vec![b'x'; 16 * 1024 * 1024];
        let results: Vec<bool> = (0..5).map(|_| framer.push(&piece).is_ok()).collect();
        assert_eq!(results, [true, true, true, true, false]);
    }
    let mut framer = Framer::new(Framing::ServerSent);
    let line = [b"data: ".as_slice(), &vec![b'x'; 16 * 1024 * 1024], b"\n"].concat();
    assert!((0..5).any(|_| framer.push(&line).is_err()));
}
