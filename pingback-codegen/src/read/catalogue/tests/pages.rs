//! The pages in `tests/catalogues`, which imitate public error references.

use super::show;

/// Shows what is read from one page.
macro_rules! page {
    ($name:literal) => {
        show(&[include_str!(concat!("../../../../tests/catalogues/", $name))])
    };
}

#[test]
fn rest_tables() {
    insta::assert_snapshot!(page!("rest-tables.md"), @r#"
    1:24:10 parameter_missing | 400 | message "A parameter is missing"
    1:25:10 resource_missing | 404 | message "No such thing"
    1:26:10 card_declined | 402 | message "The card was declined. Wait | retry"
    "#);
}

#[test]
fn definition_list() {
    insta::assert_snapshot!(page!("definition-list.html"), @r#"
    1:5:27 AccessDeniedException | 400 | message "The door stays shut."
    1:7:27 ThrottlingException | 429 | message "Too many knocks."
    1:9:27 Unavailable | 503 | message "Nobody is in."
    1:9:27 catalogue-code-guessed: `Unavailable` is read as a code, since its neighbours are codes
    "#);
}

#[test]
fn nested_bullets() {
    insta::assert_snapshot!(page!("nested-bullets.md"), @r#"
    1:4:6 AUTH_MISSING | 401 | message "No key was sent." | action "Send a key."
    1:7:6 AUTH_EXPIRED | 401 | message "The key is old."
    1:10:6 ORDER_NOT_FOUND | 404 | message "No such order."
    1:11:6 ORDER_LOCKED | 409 | message "Someone edits it."
    1:13:6 bad_sku | 400 | message "The article number is wrong."
    1:14:6 bad_qty | 400 | message "The quantity is wrong."
    "#);
}

#[test]
fn docusaurus() {
    insta::assert_snapshot!(page!("docusaurus.mdx"), @r#"
    1:16:4 invalid_signature | 401 | message "Signature mismatch" | explanation "The seal is broken." | action "Check the secret." | example {"error":{"code":"invalid_signature","message":"Signature mismatch"}}
    1:34:5 quota_exceeded | 429 | explanation "You used all of your quota." | action "Wait until the next hour."
    "#);
}

#[test]
fn mintlify() {
    insta::assert_snapshot!(page!("mintlify.mdx"), @r#"
    1:7:27 not_found | 404 | explanation "The thing is not there." | action "Check the id."
    1:12:27 validation_failed | 422 | explanation "A field is wrong."
    1:19:22 insufficient_funds | 402 | explanation "The balance is too low."
    1:26:9 rate_limited | 429 | message "Slow down"
    "#);
}

#[test]
fn header_in_two_rows() {
    insta::assert_snapshot!(page!("header-in-two-rows.html"), @r#"
    1:2:46 A_ONE | 400 | message "First"
    1:3:15 A_TWO | 400 | message "Second"
    1:4:52 A_THREE | 404 | message "Third one two"
    "#);
}

#[test]
fn status_rows() {
    insta::assert_snapshot!(page!("status-rows.html"), @r#"
    1:3:9 10001 | 401 | message "Token missing" | action "Send it"
    1:4:9 10002 | 401 | message "Token expired" | action "Renew it"
    1:6:9 20001 | 404 | message "No user"
    "#);
}

#[test]
fn turned_table() {
    insta::assert_snapshot!(page!("turned-table.md"), @r#"
    1:3:11 pin_wrong | 401 | message "The PIN is wrong"
    1:3:25 pin_locked | 423 | message "Too many tries"
    1:3:40 pin_missing | 400 | message "No PIN was sent"
    "#);
}

#[test]
fn code_and_status_in_one_cell() {
    insta::assert_snapshot!(page!("code-and-status-in-one-cell.md"), @r#"
    1:5:8 not_found | 404 | explanation "Nothing is there"
    1:6:4 conflict_state | 409 | explanation "Someone was faster"
    1:7:6 gone_forever | 410 | explanation "It was removed"
    "#);
}

#[test]
fn headings() {
    insta::assert_snapshot!(page!("headings.md"), @r#"
    1:3:22 not_found | 404 | title "Not Found" | explanation "The thing is gone."
    1:7:21 already_exists | 409 | title "Conflict" | explanation "It is there already."
    1:11:6 server_error | 500 | title "Internal Server Error" | explanation "We are sorry."
    1:15:5 invalid-request | 400 | explanation "A hyphenated one."
    1:19:5 card.declined | 402 | explanation "The card was declined."
    1:23:5 throttled | 429 | explanation "Returned with HTTP 429 when you are too fast."
    1:25:20 catalogue-status-from-prose: `throttled` gets the status 429, which its text mentions
    1:23:5 catalogue-code-guessed: `throttled` is read as a code, since its neighbours are codes
    "#);
}

#[test]
fn nested_headings() {
    insta::assert_snapshot!(page!("nested-headings.md"), @r#"
    1:5:8 MOORING_NOT_GRANTED | 400 | message "no mooring for this boat" | explanation "The harbour is full.\nThe fee is unpaid." | action "Ask another harbour." | example {"error_type":"BOAT_ERROR","error_code":"MOORING_NOT_GRANTED","error_message":"no mooring for this boat","display_message":"This boat may not moor here."}
    1:30:8 BERTH_UNKNOWN | 422 | message "no such berth" | explanation "The chart is old." | example {"error_type":"BOAT_ERROR","error_code":"BERTH_UNKNOWN","error_message":"no such berth","display_message":null}
    "#);
}

#[test]
fn method_page() {
    insta::assert_snapshot!(page!("method-page.html"), @r#"
    1:2:128 bad_key | message "The key does not fit."
    1:2:196 toofast | message "Too many requests."
    1:2:261 broken_here | message "Something broke here."
    "#);
}

#[test]
fn status_then_code() {
    insta::assert_snapshot!(page!("status-then-code.txt"), @r#"
    1:7:6 F-RES-304 | 304 | title "Not Modified" | explanation "The resource has not been modified.\nResource unchanged." | action "No action needed."
    1:15:6 F-RES-400 | 400 | title "Bad Request" | explanation "The request was invalid.\nMissing parameters." | action "Verify all parameters."
    1:23:6 F-RES-403 | 403 | title "Forbidden" | explanation "The server refuses.\nLack of rights." | action "Confirm your permissions."
    "#);
}

#[test]
fn gitbook() {
    insta::assert_snapshot!(page!("gitbook.md"), @r#"
    1:15:5 AUTH-001 | 401 | explanation "Key missing"
    1:16:5 AUTH-002 | 403 | explanation "Key too weak"
    1:19:5 DATA-001 | 422 | message "Field missing"
    1:20:5 DATA-002 | 409 | message "Field taken"
    "#);
}

#[test]
fn tables_of_several_kinds() {
    insta::assert_snapshot!(page!("tables-of-several-kinds.md"), @r#"
    1:5:3 0 | message "Something broke"
    1:6:3 10001 | message "No such boat"
    1:7:3 10002 | message "No such harbour"
    1:8:3 20001 | message "Sailing boats only"
    1:22:3 4000 | title "Bad boat" | message "The boat has a bad name."
    1:23:3 4001 | title "Bad harbour" | message "It came from nowhere."
    "#);
}

#[test]
fn names_and_issues() {
    insta::assert_snapshot!(page!("names-and-issues.md"), @r#"
    1:7:4 WEIGHT_MISMATCH | 422 | message "It must be the sum of the cargo."
    1:8:4 CREW_TOO_SMALL | 422 | message "More hands are needed."
    1:12:12 UNPROCESSABLE_ENTITY | 422 | title "Unprocessable Entity" | message "The boat cannot sail." | example {"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"WEIGHT_MISMATCH","description":"It must be the sum of the cargo."}],"message":"The boat cannot sail.","debug_id":"0a1b2c"}
    "#);
}

#[test]
fn statuses_in_prose() {
    insta::assert_snapshot!(page!("statuses-in-prose.md"), @r#"
    1:3:4 DUPLICATE_ORDER | 409 | explanation "Returned with HTTP 409 when an order of the same number exists."
    1:7:4 ORDER_TOO_OLD | 422 | explanation "The order is older than 30 days. Up to 500 orders are kept."
    1:13:4 STORE_CLOSED | 503 | explanation "The store is closed (HTTP status 503). Try again tomorrow."
    1:17:4 PRICE_CHANGED | 409 | explanation "The price has changed. The response has status 409 Conflict."
    1:5:20 catalogue-status-from-prose: `DUPLICATE_ORDER` gets the status 409, which its text mentions
    1:15:34 catalogue-status-from-prose: `STORE_CLOSED` gets the status 503, which its text mentions
    1:19:1 catalogue-status-from-prose: `PRICE_CHANGED` gets the status 409, which its text mentions
    "#);
}

#[test]
fn bold_paragraphs() {
    insta::assert_snapshot!(page!("bold-paragraphs.md"), @r#"
    1:3:3 invalid_grant | 400 | explanation "The grant is invalid."
    1:6:3 invalid_client | 401 | explanation "The client is unknown."
    1:9:3 slow_down | 400 | explanation "You poll too often. HTTP 400."
    1:10:26 catalogue-status-from-prose: `slow_down` gets the status 400, which its text mentions
    "#);
}

#[test]
fn dashes() {
    insta::assert_snapshot!(page!("dashes.html"), @r#"
    1:1:39 invalid_key | 401 | message "The key is not valid."
    1:1:123 not_enough_credits | 402 | message "Buy some."
    "#);
}

#[test]
fn components() {
    insta::assert_snapshot!(page!("components.mdx"), @r#"
    1:8:19 user_banned | 403 | message "The user is banned"
    1:9:19 user_missing | 404 | message "No such user"
    "#);
}

#[test]
fn tables_of_facts() {
    insta::assert_snapshot!(page!("tables-of-facts.md"), @r#"
    1:7:15 invalid_token | 401 | title "Invalid token" | message "The token is invalid"
    1:15:15 expired_token | 401 | title "Expired token" | message "The token is expired"
    "#);
}

#[test]
fn code_paragraphs() {
    insta::assert_snapshot!(page!("code-paragraphs.html"), @r#"
    1:2:30 TAKEN | explanation "The value is taken."
    1:2:81 BLANK | explanation "The value is blank."
    "#);
}

#[test]
fn list_table() {
    insta::assert_snapshot!(page!("list-table.rst"), @r#"
    1:12:10 bad_request_body | 400 | message "The body is not JSON."
    1:15:10 no_such_bucket | 404 | message "The bucket does not exist."
    "#);
}

#[test]
fn sphinx() {
    insta::assert_snapshot!(page!("sphinx.rst"), @r#"
    1:11:15 no_such_mast | message "Not there" | example {"code":"no_such_mast","message":"Not there"}
    1:16:3 no_sail | 409 | message "The sail is missing. Returned with HTTP 409."
    1:26:5 no_rope | 410 | message "It is gone"
    1:28:5 no_crew | 403 | message "Nobody, really"
    1:33:12 leak | 400 | message "Water comes in"
    1:35:12 flood | 400 | message "More water comes in"
    1:38:12 fire | 500 | message "Help"
    1:19:3 no_mast | 404 | action "Buy one."
    1:17:44 catalogue-status-from-prose: `no_sail` gets the status 409, which its text mentions
    1:11:15 catalogue-entry-without-status: `no_such_mast` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn grids() {
    insta::assert_snapshot!(page!("grids.rst"), @r#"
    1:7:17 104 | 401 | message "Missing token"
    1:9:17 106 | 400 | message "The body was not valid JSON or empty"
    1:12:17 110 | 404 | message "Unknown resource"
    1:18:1 E_AAA | message "First thing"
    1:19:1 E_BBB | message "Second thing goes on"
    1:18:1 catalogue-entry-without-status: `E_AAA` has no HTTP status, while other entries of the list have one
    1:19:1 catalogue-entry-without-status: `E_BBB` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn asciidoc() {
    insta::assert_snapshot!(page!("asciidoc.adoc"), @r#"
    1:12:13 mast_short | 400 | message "Too short"
    1:13:4 mast_thin | 400 | message "Too thin for the wind"
    1:16:4 mast_lost | 404 | message "No such mast. Look again."
    1:22:6 sail_torn | 409 | message "Torn" | explanation "The sail is torn.\nRopes" | action "Mend it." | example {"code":"sail_torn","message":"Torn"}
    1:34:4 rope_cut | 410 | message "It was cut." | explanation "really"
    1:36:4 rope_wet | 422 | message "it is wet."
    "#);
}

#[test]
fn plain_words() {
    insta::assert_snapshot!(page!("plain-words.yaml"), @r#"
    1:4:3 not_found | 404 | message "Nothing there" | action "look again"
    1:8:3 invalid-request | 400 | message "Wrong"
    1:11:3 forbidden | 403 | message "No"
    "#);
}

#[test]
fn statuses_as_codes() {
    insta::assert_snapshot!(page!("statuses-as-codes.md"), @r#"
    1:9:3 400 | 400 | message "Bad words"
    1:10:3 404 | 404 | message "Not here" | example {"error":{"code":404,"message":"No such page"}}
    "#);
}

#[test]
fn statuses_only_txt() {
    insta::assert_snapshot!(page!("statuses-only.txt"), @"1:3:1 catalogue-statuses-only: this list explains HTTP statuses (400, 401, 404) and has no error codes; the statuses are compared with the document's");
}

#[test]
fn statuses_only_html() {
    insta::assert_snapshot!(page!("statuses-only.html"), @"1:1:30 catalogue-statuses-only: this list explains HTTP statuses (400, 404) and has no error codes; the statuses are compared with the document's");
}

#[test]
fn numbers_with_underscores() {
    insta::assert_snapshot!(page!("numbers-with-underscores.md"), @r#"
    1:3:3 000 | 500 | title "internal" | message "Unknown"
    1:4:3 010 | 403 | title "security" | message "Not allowed"
    1:5:3 100 | 422 | title "validation" | message "Required object missing"
    1:6:3 403_001 | 422 | title "validation" | message "Foo"
    "#);
}

#[test]
fn readme_blocks() {
    insta::assert_snapshot!(page!("readme-blocks.md"), @r#"
    1:13:14 bad_token | 401 | message "The token is bad"
    1:16:14 no_scope | 403 | message "The token lacks the scope"
    "#);
}

#[test]
fn readme_code() {
    insta::assert_snapshot!(page!("readme-code.md"), @r#"
    1:11:15 40001 | message "Too | much"
    1:24:26 40002 | message "Torn" | example {"code":40002,"message":"Torn"}
    "#);
}

#[test]
fn copied_table() {
    insta::assert_snapshot!(page!("copied-table.txt"), @r#"
    1:10:1 3600 | message "No wind Nothing blows, so nothing moves."
    1:11:1 3601 | message "Too much wind"
    1:12:1 3602 | message "The mast is {mast_id} feet short, and \"thin\" Look at 9(the chart)[http://boats.example/chart]."
    1:13:1 3603 | message "succesful mutiny"
    1:14:1 4000 | message "Unknown harbour"
    "#);
}

#[test]
fn statuses_without_names() {
    insta::assert_snapshot!(page!("statuses-without-names.md"), @r#"
    1:27:4 mast_error | message "The mast broke."
    1:28:4 sail_error | message "The sail tore."
    1:27:18 catalogue-column-guessed: the column 2 is read as the description of the codes
    "#);
}

#[test]
fn members() {
    insta::assert_snapshot!(page!("members.md"), @r#"
    1:28:4 boat_missing | message "There is no such boat" | message "There is no such boat." | example {"error":{"code":"boat_missing","message":"There is no such boat","request_id":"r1","docs_url":"https://boats.example"}}
    1:29:4 boat_sunk | 410 | message "It is gone."
    1:28:4 catalogue-entry-without-status: `boat_missing` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn remarks() {
    insta::assert_snapshot!(page!("remarks.md"), @r#"
    1:18:2 MAST_BROKEN | message "The mast is broken."
    1:21:2 SAIL_TORN | 409 | message "The sail is torn. HTTP 409."
    1:22:26 catalogue-status-from-prose: `SAIL_TORN` gets the status 409, which its text mentions
    1:18:2 catalogue-entry-without-status: `MAST_BROKEN` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn codes_with_slashes() {
    insta::assert_snapshot!(page!("codes-with-slashes.html"), @r#"
    1:2:15 mast/too-tall | message "It is too tall."
    1:3:15 sail/torn-twice | message "It tore twice."
    1:4:15 harbour/unknown | message "Nobody knows."
    1:1:42 catalogue-column-guessed: the column `Description and Resolution Steps` is read as the description of the codes
    "#);
}

#[test]
fn bold_in_divs() {
    insta::assert_snapshot!(page!("bold-in-divs.html"), @r#"
    1:1:53 VALIDATION_ERROR | 400 | message "One field is wrong"
    1:1:116 PARSE_ERROR | 400 | message "Not JSON"
    1:1:176 SERVER_ERROR | 500 | message "Ours"
    "#);
}

#[test]
fn flat_mapping() {
    insta::assert_snapshot!(page!("flat-mapping.json"), @r#"
    1:1:2 errors.mast.broken | message "The mast is broken"
    1:1:46 errors.sail.torn | message "The sail is torn"
    "#);
}

#[test]
fn copied_columns() {
    insta::assert_snapshot!(page!("copied-columns.txt"), @r#"
    1:9:1 MAST_BROKEN | 409 | explanation "The mast is broken."
    1:15:1 SAIL_TORN | 409 | explanation "The sail is torn."
    "#);
}

#[test]
fn copied_with_tabs() {
    insta::assert_snapshot!(page!("copied-with-tabs.txt"), @r#"
    1:4:1 MAST_BROKEN | 409 | message "The mast is broken."
    1:5:1 SAIL_TORN | 410 | message "The sail is torn."
    "#);
}

#[test]
fn status_headings() {
    insta::assert_snapshot!(page!("status-headings.md"), @r#"
    1:9:3 bad_mast | 400 | explanation "The mast is bad"
    1:10:3 bad | 400 | explanation "The boat is bad"
    1:14:2 no_key | 401 | message "no key was sent."
    1:16:2 old_key | 401 | message "the key is old."
    1:22:3 oops | explanation "Ours"
    1:22:3 catalogue-entry-without-status: `oops` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn nested_definitions() {
    insta::assert_snapshot!(page!("nested-definitions.html"), @r#"
    1:1:53 mast_broken | 409 | message "Broken."
    1:1:89 mast_lost | 409 | message "Lost."
    1:1:156 sail_torn | 410 | message "Torn."
    "#);
}

#[test]
fn divs() {
    insta::assert_snapshot!(page!("divs.html"), @r#"
    1:1:56 MAST_BROKEN | 409 | explanation "The mast is broken"
    1:1:184 SAIL_TORN | 410 | explanation "The sail is torn"
    "#);
}

#[test]
fn table_components() {
    insta::assert_snapshot!(page!("table-components.mdx"), @r#"1:13:12 mast_broken | 409 | message "The mast is broken""#);
}

#[test]
fn no_leading_bars() {
    insta::assert_snapshot!(page!("no-leading-bars.md"), @r#"
    1:5:2 E100 | 409 | title "MastBroken" | action "Mend | replace"
    1:6:2 E101 | 409 | title "SailTorn" | action "Mend it"
    1:7:2 E102
    1:7:2 catalogue-code-without-facts: the list gives only the name of `E102`
    "#);
}
