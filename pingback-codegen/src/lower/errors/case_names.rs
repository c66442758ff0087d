//! Names the cases of error enums.

use crate::lower::endpoints::Endpoint;
use crate::lower::statuses;
use crate::model::{ErrorCase, Status};
use crate::names::{LockedNames, NameKind, NameRequest, Scope};

/// Cases with names that are unique in each operation.
pub(super) struct NamedCases {
    /// The cases of each operation, most specific first.
    pub(super) of_endpoint: Vec<Vec<ErrorCase>>,
    /// The names for the lock file.
    pub(super) locked_names: LockedNames,
}

/// Names the cases of all operations. If two cases request the same name, the status is appended to that of the later one.
pub(super) fn assign(
    endpoints: &[Endpoint<'_>],
    of_endpoint: Vec<Vec<ErrorCase>>,
    locked: &LockedNames,
) -> NamedCases {
    let mut locked_names = LockedNames::default();
    let of_endpoint = endpoints.iter().zip(of_endpoint).map(|(endpoint, cases)| {
        let mut scope = Scope::of(NameKind::Errors, &endpoint.names.method_name);
        let requests: Vec<NameRequest> = cases.iter().map(case_request).collect();
        let names = scope.assign(&requests, locked);
        locked_names.record(&scope, &requests, &names);
        let assigned = cases.into_iter().zip(names);
        let mut sorted: Vec<ErrorCase> = assigned
            .map(|(case, variant)| ErrorCase { variant, ..case })
            .collect();
        sorted.sort_by_key(|case| specificity(case.status, case.code.as_deref()));
        sorted
    });
    NamedCases {
        of_endpoint: of_endpoint.collect(),
        locked_names,
    }
}

fn case_request(case: &ErrorCase) -> NameRequest {
    let status = statuses::suffix(case.status);
    let key = match &case.code {
        Some(code) => format!("{status} {code}"),
        // A status can have a case for each media type.
        None if case.by_media_type => {
            let media_type = case.payload.media_type.as_deref();
            format!("{status} {}", media_type.unwrap_or_default())
        }
        None => status.clone(),
    };
    NameRequest::new(key, &case.variant).or(format!("{}{status}", case.variant))
}

/// The order in which cases are matched: most specific first.
fn specificity(status: Status, code: Option<&str>) -> u8 {
    match (status, code) {
        (Status::Exact(_), Some(_)) => 0,
        (Status::Exact(_), None) => 1,
        (Status::Range(_), _) => 2,
        (Status::Default, _) => 3,
    }
}
