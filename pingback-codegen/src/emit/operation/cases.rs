//! Writes the cases by which the runtime recognizes a response: its status, its media type, and how its body is read.

use super::payload::media_type_essence;
use crate::model::{EventForm, Payload, PayloadKind, Response, Status};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The case of a response whose body is read to its end.
pub(super) fn whole_case(status: Status, read: &TokenStream) -> TokenStream {
    match status {
        Status::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::status(#status, #read))
        }
        Status::Range(hundred) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range(#hundred, #read))
        }
        Status::Default => quote!(runtime::Case::default(#read)),
    }
}

/// The case of a response whose body is read while it arrives; an empty media type stands for any.
pub(super) fn stream_case(status: Status, media_type: &str, read: &TokenStream) -> TokenStream {
    match status {
        Status::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(runtime::Case::status_stream(#status, #media_type, #read))
        }
        Status::Range(hundred) => {
            let hundred = Literal::u8_unsuffixed(hundred);
            quote!(runtime::Case::range_stream(#hundred, #media_type, #read))
        }
        Status::Default => quote!(runtime::Case::default_stream(#media_type, #read)),
    }
}

/// The case of a response with this payload.
pub(super) fn payload_case(status: Status, payload: &Payload, read: &TokenStream) -> TokenStream {
    match &payload.kind {
        // Servers often send these streams with another content type.
        PayloadKind::Events(EventForm::Lines | EventForm::Sequence, _) => stream_case(status, "", read),
        PayloadKind::Events(..) => stream_case(status, &media_type_essence(payload), read),
        _ => whole_case(status, read),
    }
}

/// The cases in which a stream of events is an error, because the caller did not ask for one.
pub(super) fn rejected_streams(responses: &[Response]) -> impl Iterator<Item = TokenStream> {
    let read = quote!(runtime::reject_stream);
    event_streams(responses)
        .map(move |(status, events)| stream_case(status, &media_type_essence(events), &read))
}

/// The streams of events that may come instead of the usual payload, with their statuses.
pub(super) fn event_streams(responses: &[Response]) -> impl Iterator<Item = (Status, &Payload)> {
    responses
        .iter()
        .filter_map(|response| Some((response.status, response.events.as_ref()?)))
}

/// The statuses of success: those that are documented, or else all.
pub(super) fn success_statuses(responses: &[Response]) -> impl Iterator<Item = Status> {
    let any = responses.is_empty().then_some(Status::Range(2));
    responses.iter().map(|response| response.status).chain(any)
}
