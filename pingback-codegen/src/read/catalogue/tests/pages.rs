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
    1:24:10 parameter_missing | 400 | says "A parameter is missing"
    1:25:10 resource_missing | 404 | says "No such thing"
    1:26:10 card_declined | 402 | says "The card was declined. Wait | retry"
    "#);
}

#[test]
fn definition_list() {
    insta::assert_snapshot!(page!("definition-list.html"), @r#"
    1:5:27 AccessDeniedException | 400 | says "The door stays shut."
    1:7:27 ThrottlingException | 429 | says "Too many knocks."
    1:9:27 Unavailable | 503 | says "Nobody is in."
    1:9:27 catalogue-code-guessed: `Unavailable` is read as a code, since its neighbours are codes
    "#);
}

#[test]
fn nested_bullets() {
    insta::assert_snapshot!(page!("nested-bullets.md"), @r#"
    1:4:6 AUTH_MISSING | 401 | says "No key was sent." | do "Send a key."
    1:7:6 AUTH_EXPIRED | 401 | says "The key is old."
    1:10:6 ORDER_NOT_FOUND | 404 | says "No such order."
    1:11:6 ORDER_LOCKED | 409 | says "Someone edits it."
    1:13:6 bad_sku | 400 | says "The article number is wrong."
    1:14:6 bad_qty | 400 | says "The quantity is wrong."
    "#);
}

#[test]
fn docusaurus() {
    insta::assert_snapshot!(page!("docusaurus.mdx"), @r#"
    1:16:4 invalid_signature | 401 | says "Signature mismatch" | since "The seal is broken." | do "Check the secret." | body {"error":{"code":"invalid_signature","message":"Signature mismatch"}}
    1:34:5 quota_exceeded | 429 | since "You used all of your quota." | do "Wait until the next hour."
    "#);
}

#[test]
fn mintlify() {
    insta::assert_snapshot!(page!("mintlify.mdx"), @r#"
    1:7:27 not_found | 404 | since "The thing is not there." | do "Check the id."
    1:12:27 validation_failed | 422 | since "A field is wrong."
    1:19:22 insufficient_funds | 402 | since "The balance is too low."
    1:26:9 rate_limited | 429 | says "Slow down"
    "#);
}

#[test]
fn header_in_two_rows() {
    insta::assert_snapshot!(page!("header-in-two-rows.html"), @r#"
    1:2:46 A_ONE | 400 | says "First"
    1:3:15 A_TWO | 400 | says "Second"
    1:4:52 A_THREE | 404 | says "Third one two"
    "#);
}

#[test]
fn status_rows() {
    insta::assert_snapshot!(page!("status-rows.html"), @r#"
    1:3:9 10001 | 401 | says "Token missing" | do "Send it"
    1:4:9 10002 | 401 | says "Token expired" | do "Renew it"
    1:6:9 20001 | 404 | says "No user"
    "#);
}

#[test]
fn turned_table() {
    insta::assert_snapshot!(page!("turned-table.md"), @r#"
    1:3:11 pin_wrong | 401 | says "The PIN is wrong"
    1:3:25 pin_locked | 423 | says "Too many tries"
    1:3:40 pin_missing | 400 | says "No PIN was sent"
    "#);
}

#[test]
fn code_and_status_in_one_cell() {
    insta::assert_snapshot!(page!("code-and-status-in-one-cell.md"), @r#"
    1:5:8 not_found | 404 | since "Nothing is there"
    1:6:4 conflict_state | 409 | since "Someone was faster"
    1:7:6 gone_forever | 410 | since "It was removed"
    "#);
}

#[test]
fn headings() {
    insta::assert_snapshot!(page!("headings.md"), @r#"
    1:3:22 not_found | 404 | title "Not Found" | since "The thing is gone."
    1:7:21 already_exists | 409 | title "Conflict" | since "It is there already."
    1:11:6 server_error | 500 | title "Internal Server Error" | since "We are sorry."
    1:15:5 invalid-request | 400 | since "A hyphenated one."
    1:19:5 card.declined | 402 | since "The card was declined."
    1:23:5 throttled | 429 | since "Returned with HTTP 429 when you are too fast."
    1:25:20 catalogue-status-from-prose: `throttled` gets the status 429, which its text mentions
    1:23:5 catalogue-code-guessed: `throttled` is read as a code, since its neighbours are codes
    "#);
}

#[test]
fn nested_headings() {
    insta::assert_snapshot!(page!("nested-headings.md"), @r#"
    1:5:8 MOORING_NOT_GRANTED | 400 | says "no mooring for this boat" | since "The harbour is full.\nThe fee is unpaid." | do "Ask another harbour." | body {"error_type":"BOAT_ERROR","error_code":"MOORING_NOT_GRANTED","error_message":"no mooring for this boat","display_message":"This boat may not moor here."}
    1:30:8 BERTH_UNKNOWN | 422 | says "no such berth" | since "The chart is old." | body {"error_type":"BOAT_ERROR","error_code":"BERTH_UNKNOWN","error_message":"no such berth","display_message":null}
    "#);
}

#[test]
fn method_page() {
    insta::assert_snapshot!(page!("method-page.html"), @r#"
    1:2:128 bad_key | says "The key does not fit."
    1:2:196 toofast | says "Too many requests."
    1:2:261 broken_here | says "Something broke here."
    "#);
}

#[test]
fn status_then_code() {
    insta::assert_snapshot!(page!("status-then-code.txt"), @r#"
    1:7:6 F-RES-304 | 304 | title "Not Modified" | since "The resource has not been modified.\nResource unchanged." | do "No action needed."
    1:15:6 F-RES-400 | 400 | title "Bad Request" | since "The request was invalid.\nMissing parameters." | do "Verify all parameters."
    1:23:6 F-RES-403 | 403 | title "Forbidden" | since "The server refuses.\nLack of rights." | do "Confirm your permissions."
    "#);
}

#[test]
fn gitbook() {
    insta::assert_snapshot!(page!("gitbook.md"), @r#"
    1:15:5 AUTH-001 | 401 | since "Key missing"
    1:16:5 AUTH-002 | 403 | since "Key too weak"
    1:19:5 DATA-001 | 422 | says "Field missing"
    1:20:5 DATA-002 | 409 | says "Field taken"
    "#);
}

#[test]
fn tables_of_several_kinds() {
    insta::assert_snapshot!(page!("tables-of-several-kinds.md"), @r#"
    1:5:3 0 | says "Something broke"
    1:6:3 10001 | says "No such boat"
    1:7:3 10002 | says "No such harbour"
    1:8:3 20001 | says "Sailing boats only"
    1:22:3 4000 | title "Bad boat" | says "The boat has a bad name."
    1:23:3 4001 | title "Bad harbour" | says "It came from nowhere."
    "#);
}

#[test]
fn names_and_issues() {
    insta::assert_snapshot!(page!("names-and-issues.md"), @r#"
    1:7:4 WEIGHT_MISMATCH | 422 | says "It must be the sum of the cargo."
    1:8:4 CREW_TOO_SMALL | 422 | says "More hands are needed."
    1:12:12 UNPROCESSABLE_ENTITY | 422 | title "Unprocessable Entity" | says "The boat cannot sail." | body {"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"WEIGHT_MISMATCH","description":"It must be the sum of the cargo."}],"message":"The boat cannot sail.","debug_id":"0a1b2c"}
    "#);
}

#[test]
fn statuses_in_prose() {
    insta::assert_snapshot!(page!("statuses-in-prose.md"), @r#"
    1:3:4 DUPLICATE_ORDER | 409 | since "Returned with HTTP 409 when an order of the same number exists."
    1:7:4 ORDER_TOO_OLD | 422 | since "The order is older than 30 days. Up to 500 orders are kept."
    1:13:4 STORE_CLOSED | 503 | since "The store is closed (HTTP status 503). Try again tomorrow."
    1:17:4 PRICE_CHANGED | 409 | since "The price has changed. The response has status 409 Conflict."
    1:5:20 catalogue-status-from-prose: `DUPLICATE_ORDER` gets the status 409, which its text mentions
    1:15:34 catalogue-status-from-prose: `STORE_CLOSED` gets the status 503, which its text mentions
    1:19:1 catalogue-status-from-prose: `PRICE_CHANGED` gets the status 409, which its text mentions
    "#);
}

#[test]
fn bold_paragraphs() {
    insta::assert_snapshot!(page!("bold-paragraphs.md"), @r#"
    1:3:3 invalid_grant | 400 | since "The grant is invalid."
    1:6:3 invalid_client | 401 | since "The client is unknown."
    1:9:3 slow_down | 400 | since "You poll too often. HTTP 400."
    1:10:26 catalogue-status-from-prose: `slow_down` gets the status 400, which its text mentions
    "#);
}

#[test]
fn dashes() {
    insta::assert_snapshot!(page!("dashes.html"), @r#"
    1:1:39 invalid_key | 401 | says "The key is not valid."
    1:1:123 not_enough_credits | 402 | says "Buy some."
    "#);
}

#[test]
fn components() {
    insta::assert_snapshot!(page!("components.mdx"), @r#"
    1:8:19 user_banned | 403 | says "The user is banned"
    1:9:19 user_missing | 404 | says "No such user"
    "#);
}

#[test]
fn tables_of_facts() {
    insta::assert_snapshot!(page!("tables-of-facts.md"), @r#"
    1:7:15 invalid_token | 401 | title "Invalid token" | says "The token is invalid"
    1:15:15 expired_token | 401 | title "Expired token" | says "The token is expired"
    "#);
}

#[test]
fn code_paragraphs() {
    insta::assert_snapshot!(page!("code-paragraphs.html"), @r#"
    1:2:30 TAKEN | since "The value is taken."
    1:2:81 BLANK | since "The value is blank."
    "#);
}

#[test]
fn list_table() {
    insta::assert_snapshot!(page!("list-table.rst"), @r#"
    1:12:10 bad_request_body | 400 | says "The body is not JSON."
    1:15:10 no_such_bucket | 404 | says "The bucket does not exist."
    "#);
}

#[test]
fn sphinx() {
    insta::assert_snapshot!(page!("sphinx.rst"), @r#"
    1:11:15 no_such_mast | says "Not there" | body {"code":"no_such_mast","message":"Not there"}
    1:16:3 no_sail | 409 | says "The sail is missing. Returned with HTTP 409."
    1:26:5 no_rope | 410 | says "It is gone"
    1:28:5 no_crew | 403 | says "Nobody, really"
    1:33:12 leak | 400 | says "Water comes in"
    1:35:12 flood | 400 | says "More water comes in"
    1:38:12 fire | 500 | says "Help"
    1:19:3 no_mast | 404 | do "Buy one."
    1:17:44 catalogue-status-from-prose: `no_sail` gets the status 409, which its text mentions
    1:11:15 catalogue-entry-without-status: `no_such_mast` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn grids() {
    insta::assert_snapshot!(page!("grids.rst"), @r#"
    1:7:17 104 | 401 | says "Missing token"
    1:9:17 106 | 400 | says "The body was not valid JSON or empty"
    1:12:17 110 | 404 | says "Unknown resource"
    1:18:1 E_AAA | says "First thing"
    1:19:1 E_BBB | says "Second thing goes on"
    1:18:1 catalogue-entry-without-status: `E_AAA` has no HTTP status, while other entries of the list have one
    1:19:1 catalogue-entry-without-status: `E_BBB` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn asciidoc() {
    insta::assert_snapshot!(page!("asciidoc.adoc"), @r#"
    1:12:13 mast_short | 400 | says "Too short"
    1:13:4 mast_thin | 400 | says "Too thin for the wind"
    1:16:4 mast_lost | 404 | says "No such mast. Look again."
    1:22:6 sail_torn | 409 | says "Torn" | since "The sail is torn.\nRopes" | do "Mend it." | body {"code":"sail_torn","message":"Torn"}
    1:34:4 rope_cut | 410 | says "It was cut." | since "really"
    1:36:4 rope_wet | 422 | says "it is wet."
    "#);
}

#[test]
fn plain_words() {
    insta::assert_snapshot!(page!("plain-words.yaml"), @r#"
    1:4:3 not_found | 404 | says "Nothing there" | do "look again"
    1:8:3 invalid-request | 400 | says "Wrong"
    1:11:3 forbidden | 403 | says "No"
    "#);
}

#[test]
fn statuses_as_codes() {
    insta::assert_snapshot!(page!("statuses-as-codes.md"), @r#"
    1:9:3 400 | 400 | says "Bad words"
    1:10:3 404 | 404 | says "Not here" | body {"error":{"code":404,"message":"No such page"}}
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
    1:3:3 000 | 500 | title "internal" | says "Unknown"
    1:4:3 010 | 403 | title "security" | says "Not allowed"
    1:5:3 100 | 422 | title "validation" | says "Required object missing"
    1:6:3 403_001 | 422 | title "validation" | says "Foo"
    "#);
}

#[test]
fn readme_blocks() {
    insta::assert_snapshot!(page!("readme-blocks.md"), @r#"
    1:13:14 bad_token | 401 | says "The token is bad"
    1:16:14 no_scope | 403 | says "The token lacks the scope"
    "#);
}

#[test]
fn readme_code() {
    insta::assert_snapshot!(page!("readme-code.md"), @r#"
    1:11:15 40001 | says "Too | much"
    1:24:26 40002 | says "Torn" | body {"code":40002,"message":"Torn"}
    "#);
}

#[test]
fn copied_table() {
    insta::assert_snapshot!(page!("copied-table.txt"), @r#"
    1:10:1 3600 | says "No wind Nothing blows, so nothing moves."
    1:11:1 3601 | says "Too much wind"
    1:12:1 3602 | says "The mast is {mast_id} feet short, and \"thin\" Look at 9(the chart)[http://boats.example/chart]."
    1:13:1 3603 | says "succesful mutiny"
    1:14:1 4000 | says "Unknown harbour"
    "#);
}

#[test]
fn statuses_without_names() {
    insta::assert_snapshot!(page!("statuses-without-names.md"), @r#"
    1:27:4 mast_error | says "The mast broke."
    1:28:4 sail_error | says "The sail tore."
    1:27:18 catalogue-column-guessed: the column 2 is read as the description of the codes
    "#);
}

#[test]
fn members() {
    insta::assert_snapshot!(page!("members.md"), @r#"
    1:28:4 boat_missing | says "There is no such boat" | says "There is no such boat." | body {"error":{"code":"boat_missing","message":"There is no such boat","request_id":"r1","docs_url":"https://boats.example"}}
    1:29:4 boat_sunk | 410 | says "It is gone."
    1:28:4 catalogue-entry-without-status: `boat_missing` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn remarks() {
    insta::assert_snapshot!(page!("remarks.md"), @r#"
    1:18:2 MAST_BROKEN | says "The mast is broken."
    1:21:2 SAIL_TORN | 409 | says "The sail is torn. HTTP 409."
    1:22:26 catalogue-status-from-prose: `SAIL_TORN` gets the status 409, which its text mentions
    1:18:2 catalogue-entry-without-status: `MAST_BROKEN` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn codes_with_slashes() {
    insta::assert_snapshot!(page!("codes-with-slashes.html"), @r#"
    1:2:15 mast/too-tall | says "It is too tall."
    1:3:15 sail/torn-twice | says "It tore twice."
    1:4:15 harbour/unknown | says "Nobody knows."
    1:1:42 catalogue-column-guessed: the column `Description and Resolution Steps` is read as the description of the codes
    "#);
}

#[test]
fn bold_in_divs() {
    insta::assert_snapshot!(page!("bold-in-divs.html"), @r#"
    1:1:53 VALIDATION_ERROR | 400 | says "One field is wrong"
    1:1:116 PARSE_ERROR | 400 | says "Not JSON"
    1:1:176 SERVER_ERROR | 500 | says "Ours"
    "#);
}

#[test]
fn flat_mapping() {
    insta::assert_snapshot!(page!("flat-mapping.json"), @r#"
    1:1:2 errors.mast.broken | says "The mast is broken"
    1:1:46 errors.sail.torn | says "The sail is torn"
    "#);
}

#[test]
fn copied_columns() {
    insta::assert_snapshot!(page!("copied-columns.txt"), @r#"
    1:9:1 MAST_BROKEN | 409 | since "The mast is broken."
    1:15:1 SAIL_TORN | 409 | since "The sail is torn."
    "#);
}

#[test]
fn copied_with_tabs() {
    insta::assert_snapshot!(page!("copied-with-tabs.txt"), @r#"
    1:4:1 MAST_BROKEN | 409 | says "The mast is broken."
    1:5:1 SAIL_TORN | 410 | says "The sail is torn."
    "#);
}

#[test]
fn status_headings() {
    insta::assert_snapshot!(page!("status-headings.md"), @r#"
    1:9:3 bad_mast | 400 | since "The mast is bad"
    1:10:3 bad | 400 | since "The boat is bad"
    1:14:2 no_key | 401 | says "no key was sent."
    1:16:2 old_key | 401 | says "the key is old."
    1:22:3 oops | since "Ours"
    1:22:3 catalogue-entry-without-status: `oops` has no HTTP status, while other entries of the list have one
    "#);
}

#[test]
fn nested_definitions() {
    insta::assert_snapshot!(page!("nested-definitions.html"), @r#"
    1:1:53 mast_broken | 409 | says "Broken."
    1:1:89 mast_lost | 409 | says "Lost."
    1:1:156 sail_torn | 410 | says "Torn."
    "#);
}

#[test]
fn divs() {
    insta::assert_snapshot!(page!("divs.html"), @r#"
    1:1:56 MAST_BROKEN | 409 | since "The mast is broken"
    1:1:184 SAIL_TORN | 410 | since "The sail is torn"
    "#);
}

#[test]
fn table_components() {
    insta::assert_snapshot!(page!("table-components.mdx"), @r#"1:13:12 mast_broken | 409 | says "The mast is broken""#);
}

#[test]
fn no_leading_bars() {
    insta::assert_snapshot!(page!("no-leading-bars.md"), @r#"
    1:5:2 E100 | 409 | title "MastBroken" | do "Mend | replace"
    1:6:2 E101 | 409 | title "SailTorn" | do "Mend it"
    1:7:2 E102
    1:7:2 catalogue-code-without-facts: the list gives only the name of `E102`
    "#);
}
