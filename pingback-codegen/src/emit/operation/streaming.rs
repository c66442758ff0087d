//! An operation in; the methods that send its request and read the answer as it arrives, out.

use super::free;
use super::method::accepting;
use super::payload::{payload_type, read, told_by, wrap_in};
use super::request::{case, statuses, stream_case, whole_case};
use crate::emit::names::ident;
use crate::model::{Api, Operation, Payload, PayloadKind, Success};
use proc_macro2::TokenStream;
use quote::quote;

/// Is success text or bytes, which can be read as they arrive?
pub(in crate::emit) fn is_streamed(operation: &Operation) -> bool {
    let Success::One(payload, _) = &operation.success else {
        return false;
    };
    matches!(payload.kind, PayloadKind::Bytes | PayloadKind::Text)
}

/// The methods, if there are any.
pub(super) fn items(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let type_name = ident(&operation.type_name);
    let streaming = is_streamed(operation).then(|| streaming(operation));
    let events = events(api, operation);
    (streaming.is_some() || events.is_some()).then(|| {
        quote! {
            impl<'c> #type_name<'c> {
                #streaming
                #events
            }
        }
    })
}

/// Bytes as they arrive.
fn streaming(operation: &Operation) -> TokenStream {
    let name = free(operation, "streaming");
    let error = ident(&operation.error_name);
    let responses = operation.success.responses();
    let events = responses
        .iter()
        .filter_map(|response| Some((response.status, response.events.as_ref()?)))
        .map(|(status, events)| stream_case(status, &told_by(events), &quote!(runtime::reject_stream)));
    let whole = statuses(responses).map(|status| stream_case(status, "", &quote!(runtime::stream)));
    let cases = events.chain(whole);
    quote! {
        /// Sends the request and hands out the body of success as it arrives. The timeout holds until it begins, and
        /// then for each pause.
        pub fn #name(self) -> runtime::ResponseFuture<'c, runtime::ByteStream, #error> {
            self.call.send(const { &[#(#cases),*] })
        }
    }
}

/// A stream of events, and whichever comes.
fn events(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let responses = operation.success.responses();
    let first = responses.iter().find_map(|response| response.events.as_ref())?;
    let streams: Vec<_> = responses
        .iter()
        .filter_map(|response| Some((response.status, response.events.as_ref()?)))
        .filter(|(_, payload)| payload.kind == first.kind)
        .collect();
    let error = ident(&operation.error_name);
    let item = payload_type(api, &first.kind);
    let read_events = read(&first.kind);

    let events = free(operation, "events");
    let accept_events = accepting(operation, &[first]);
    let stream_cases = streams
        .iter()
        .map(|(status, payload)| stream_case(*status, &told_by(payload), &read_events));
    let refused = statuses(responses).map(|status| whole_case(status, &quote!(runtime::reject_whole)));
    let event_cases = stream_cases.chain(refused);

    let either = free(operation, "either");
    let all: Vec<&Payload> = responses
        .iter()
        .flat_map(|response| std::iter::once(&response.payload).chain(&response.events))
        .collect();
    let accept_all = accepting(operation, &all);
    let stream_cases = streams.iter().map(|(status, payload)| {
        let read = quote!(|incoming| #read_events(incoming).map(runtime::Either::Stream));
        stream_case(*status, &told_by(payload), &read)
    });
    let (whole, whole_cases) = whole(api, operation);
    let either_cases = stream_cases.chain(whole_cases);

    Some(quote! {
        /// Sends the request and hands out the events of the answer as they arrive; an answer that is no stream of
        /// events is `Error::Decode`, with its body. The timeout holds until they begin.
        pub fn #events(self) -> runtime::ResponseFuture<'c, #item, #error> {
            self.call.accept(#accept_events).send(const { &[#(#event_cases),*] })
        }

        /// Sends the request and takes what comes: all at once, or a stream of events.
        pub fn #either(self) -> runtime::ResponseFuture<'c, runtime::Either<#whole, #item>, #error> {
            self.call.accept(#accept_all).send(const { &[#(#either_cases),*] })
        }
    })
}

/// What comes at once, and its cases as one of two.
fn whole(api: &Api, operation: &Operation) -> (TokenStream, Vec<TokenStream>) {
    match &operation.success {
        Success::One(payload, responses) => {
            let read = read(&payload.kind);
            let read = quote!(|reply| #read(reply).map(runtime::Either::Whole));
            let cases = statuses(responses).map(|status| whole_case(status, &read));
            (payload_type(api, &payload.kind), cases.collect())
        }
        Success::Choice { name, responses } => {
            let name = ident(name);
            let name = quote!(#name);
            let cases = responses.iter().map(|response| {
                let then = quote!(.map(runtime::Either::Whole));
                let (variant, payload) = (&response.variant, &response.payload);
                let read = wrap_in(&name, variant, response.status, payload, &then);
                case(response.status, payload, &read)
            });
            (name.clone(), cases.collect())
        }
    }
}
