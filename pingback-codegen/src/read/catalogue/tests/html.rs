//! HTML with unclosed tags.

use super::show;

#[test]
fn definition_list() {
    let read = show(&[
        "<!DOCTYPE html><title>Errors</title><style>p{}</style><h1>Error codes</h1><dl><dt><code>NoSuchKey</code></dt><dd>The key doesn&rsquo;t exist.</dd><dt>ACCESS_DENIED<dd>You may not.</dl>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:89 NoSuchKey | message "The key doesn’t exist."
    1:1:151 ACCESS_DENIED | message "You may not."
    "#);
}

#[test]
fn table_with_unclosed_tags_and_row_spans() {
    let read = show(&[
        "<table><tr><th>HTTP status<th>Error code<th>Description<tr><td rowspan=2>400 Bad Request<td><code>BAD_NAME</code><td>Name is <b>bad</b><tr><td><code>BAD_AGE</code><td>Age is bad<tr><td>404<td><a href='#x'><code>NO_PET</code></a><td>No pet</table>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:99 BAD_NAME | 400 | message "Name is bad"
    1:1:150 BAD_AGE | 400 | message "Age is bad"
    1:1:212 NO_PET | 404 | message "No pet"
    "#);
}

#[test]
fn headings_and_lists() {
    let read = show(&[
        "<div><h2>Errors</h2><h3 id=x>PAYMENT_FAILED<a href=#x>#</a></h3><ul><li><strong>Status:</strong> 402<li><strong>Message:</strong> Payment failed<li>Suggested action: Try again.</ul><h3>CARD_EXPIRED</h3><p>The card is expired.</p><pre><code>{ &quot;code&quot;: &quot;CARD_EXPIRED&quot;, &quot;message&quot;: &quot;Expired&quot;, &quot;status&quot;: 402 }</code></pre></div>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:30 PAYMENT_FAILED | 402 | message "Payment failed" | action "Try again."
    1:1:186 CARD_EXPIRED | 402 | message "Expired" | explanation "The card is expired." | example {"code":"CARD_EXPIRED","message":"Expired","status":402}
    "#);
}

#[test]
fn items_with_headings() {
    let read = show(&[
        "<h1>Error codes</h1><ul><li><h3>account_closed</h3><p>The account is closed.</p></li><li><h3>amount_too_large</h3><p>Too large.</p></li></ul>",
    ]);
    insta::assert_snapshot!(read, @r#"
    1:1:33 account_closed | explanation "The account is closed."
    1:1:94 amount_too_large | explanation "Too large."
    "#);
}
