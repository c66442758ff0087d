//! Emits the methods that send a request and read the response while it arrives.

use super::cases::{event_streams, rejected_streams, stream_case, success_statuses, whole_case};
use super::method::accept_header;
use super::payload::{media_type_essence, payload_type, read};
use super::success::whole_success;
use super::unused_name;
use crate::emit::file::Item;
use crate::emit::names::ident;
use crate::model::{Api, Operation, Payload, PayloadKind, Success};
use proc_macro2::TokenStream;
use quote::quote;

/// Whether success is text or bytes, which can be read while they arrive.
pub(in crate::emit) fn is_streamed(operation: &Operation) -> bool {
    let Success::One(payload, _) = &operation.success else {
        return false;
    };
    matches!(payload.kind, PayloadKind::Bytes | PayloadKind::Text)
}

/// The methods, if there are any.
pub(super) fn methods(api: &Api, operation: &Operation) -> Option<Item> {
    let type_name = ident(&operation.type_name);
    let bytes = is_streamed(operation).then(|| bytes_method(operation).into());
    let methods: Vec<Item> = bytes.into_iter().chain(event_methods(api, operation)).collect();
    if methods.is_empty() {
        return None;
    }
    Some(Item::containing(
        methods,
        |methods| quote!(impl<'c> #type_name<'c> { #(#methods)* }),
    ))
}

/// The method that gives the bytes of the body.
fn bytes_method(operation: &Operation) -> TokenStream {
    let name = unused_name(operation, "streaming");
    let error = ident(&operation.error_name);
    let responses = operation.success.responses();
    let bytes = success_statuses(responses).map(|status| stream_case(status, "", &quote!(runtime::stream)));
    let cases = rejected_streams(responses).chain(bytes);
    quote! {
        /// Sends the request and returns the body of a successful response as a stream of bytes. The timeout applies
        /// until the headers of the response, and then to each pause between bytes.
        pub fn #name(self) -> runtime::ResponseFuture<'c, runtime::ByteStream, #error> {
            self.call.send(const { &[#(#cases),*] })
        }
    }
}

/// The method that gives a stream of events, and the one that gives events or the whole body.
fn event_methods(api: &Api, operation: &Operation) -> Option<Item> {
    let responses = operation.success.responses();
    let (_, first) = event_streams(responses).next()?;
    // A method returns one type of events.
    let streams: Vec<_> = event_streams(responses)
        .filter(|(_, payload)| payload.kind == first.kind)
        .collect();
    let error = ident(&operation.error_name);
    let events = payload_type(api, &first.kind);
    let read = read(&first.kind);

    let events_name = unused_name(operation, "events");
    let accept_events = accept_header(operation, &[first]);
    let event_cases = streams
        .iter()
        .map(|(status, payload)| stream_case(*status, &media_type_essence(payload), &read));
    let rejected =
        success_statuses(responses).map(|status| whole_case(status, &quote!(runtime::reject_whole)));
    let event_cases = event_cases.chain(rejected);

    let either_name = unused_name(operation, "either");
    let payloads: Vec<&Payload> = responses
        .iter()
        .flat_map(|response| std::iter::once(&response.payload).chain(&response.events))
        .collect();
    let accept_all = accept_header(operation, &payloads);
    let read_either = quote!(|incoming| #read(incoming).map(runtime::Either::Stream));
    let stream_cases = streams
        .iter()
        .map(|(status, payload)| stream_case(*status, &media_type_essence(payload), &read_either));
    let whole = whole_success(api, &operation.success, &quote!(.map(runtime::Either::Whole)));
    let either_cases = stream_cases.chain(whole.cases);
    let whole = &whole.ty;

    let tokens = quote! {
        /// Sends the request and returns the events of the response as a stream. A response that is not a stream of
        /// events is `Error::Decode`, with its body. The timeout applies until the headers of the response.
        pub fn #events_name(self) -> runtime::ResponseFuture<'c, #events, #error> {
            self.call.accept(#accept_events).send(const { &[#(#event_cases),*] })
        }

        /// Sends the request and returns either a complete body or a stream of events, whichever the API sends.
        pub fn #either_name(self) -> runtime::ResponseFuture<'c, runtime::Either<#whole, #events>, #error> {
            self.call.accept(#accept_all).send(const { &[#(#either_cases),*] })
        }
    };
    Some(Item::with_types(tokens, [&events, whole]))
}
