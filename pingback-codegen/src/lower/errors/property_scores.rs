//! Rates names of properties: how likely each holds the code, the message or the request id.

use crate::read::tree::Pointer;

/// How strongly the name of a property suggests that it is the code, the message or the request id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scores {
    pub(super) code: i32,
    pub(super) message: i32,
    pub(super) request_id: i32,
}

/// How strongly the last name in a pointer suggests each use.
pub(super) fn score_of(pointer: &str) -> Scores {
    let name = Pointer(pointer.to_owned())
        .segments()
        .filter(|segment| segment != "0")
        .last();
    let name: String = name
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let code = match name.as_str() {
        "errorcode" | "errcode" | "errorcodename" => 10,
        "code" => 9,
        "errortype" => 6,
        "type" => 5,
        "reason" | "error" | "errorkey" => 4,
        "errorname" | "name" => 3,
        "status" | "key" | "id" => 2,
        _ => 0,
    };
    let message = match name.as_str() {
        "message" | "errormessage" | "errmsg" => 10,
        "msg" | "errordescription" => 9,
        "detail" | "errordetail" => 8,
        "description" | "details" => 6,
        "error" => 5,
        "reason" => 4,
        "title" | "summary" => 3,
        _ => 0,
    };
    let request_id = match name.as_str() {
        "requestid" | "xrequestid" => 10,
        "correlationid" => 8,
        "traceid" | "requestuuid" | "transactionid" => 7,
        _ => 0,
    };
    Scores {
        code,
        message,
        request_id,
    }
}
