//! Parameters in paths, queries, headers and cookies.

use super::support::{API, DONE, GET, GET_ONE, Strict, core, operation, received, server_with};
use pingback_runtime::{BuildError, Call, CoreBuilder, Credential, Error, Operation, Request, Style};
use serde_json::json;
use wiremock::ResponseTemplate;

#[tokio::test]
async fn path_parameters_are_encoded_or_rejected() {
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let cases = [
        ("a/b", "/things/a%2Fb/parts"),
        ("a?b#c", "/things/a%3Fb%23c/parts"),
        ("100%", "/things/100%25/parts"),
        ("%2e%2e", "/things/%252e%252e/parts"),
        ("zwölf ", "/things/zw%C3%B6lf%20/parts"),
        ("...", "/things/.../parts"),
        ("-._~", "/things/-._~/parts"),
        ("a\\b;c", "/things/a%5Cb%3Bc/parts"),
    ];
    for (value, _) in cases {
        let mut request = Request::new(&GET_ONE);
        request.path("id", Style::Simple, false, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect(value);
    }
    let paths: Vec<_> = received(&server)
        .await
        .iter()
        .map(|request| request.url.path().to_owned())
        .collect();
    assert_eq!(paths, cases.map(|(_, path)| path));

    for value in ["", ".", ".."] {
        let mut request = Request::new(&GET_ONE);
        request.path("id", Style::Simple, false, value);
        let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
        let Err(Error::Request(error)) = result else {
            panic!("`{value}` was sent")
        };
        assert_eq!((error.operation(), error.parameter()), ("doIt", "id"));
    }
    assert_eq!(received(&server).await.len(), cases.len());
}

#[tokio::test]
async fn an_invalid_header_value_is_rejected() {
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.header("x-note", Style::Simple, false, "a\r\nx-injected: 1");
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Request(error)) if error.parameter() == "x-note"));
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(server.uri());
    builder.credential(0, Credential::fixed("a\nb"));
    assert!(matches!(builder.build(), Err(BuildError::Invalid("api_key", _))));
}

/// The table "Style Examples" of `OpenAPI` 3.0.4 and 3.1.1, which percent-encode as RFC 3986 requires.
#[tokio::test]
async fn styles_are_those_of_the_specification() {
    static ONE: Operation = operation(http::Method::GET, "/p{color}");
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let text = || json!("blue");
    let list = || json!(["blue", "black", "brown"]);
    let object = || json!({"R": 100, "G": 200, "B": 150});
    let in_path = [
        (Style::Matrix, false, json!(""), ";color"),
        (Style::Matrix, false, text(), ";color=blue"),
        (Style::Matrix, false, list(), ";color=blue,black,brown"),
        (Style::Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Style::Matrix, true, json!(""), ";color"),
        (Style::Matrix, true, text(), ";color=blue"),
        (Style::Matrix, true, list(), ";color=blue;color=black;color=brown"),
        (Style::Matrix, true, object(), ";R=100;G=200;B=150"),
        (Style::Label, false, json!(""), "."),
        (Style::Label, false, text(), ".blue"),
        (Style::Label, false, list(), ".blue,black,brown"),
        (Style::Label, false, object(), ".R,100,G,200,B,150"),
        (Style::Label, true, json!(""), "."),
        (Style::Label, true, text(), ".blue"),
        (Style::Label, true, list(), ".blue.black.brown"),
        (Style::Label, true, object(), ".R=100.G=200.B=150"),
        (Style::Simple, false, json!(""), ""),
        (Style::Simple, false, text(), "blue"),
        (Style::Simple, false, list(), "blue,black,brown"),
        (Style::Simple, false, object(), "R,100,G,200,B,150"),
        (Style::Simple, true, json!(""), ""),
        (Style::Simple, true, text(), "blue"),
        (Style::Simple, true, list(), "blue,black,brown"),
        (Style::Simple, true, object(), "R=100,G=200,B=150"),
        // RFC 6570: empty lists and objects and null are undefined; an empty string is the name after `;`.
        (Style::Label, false, json!([]), ""),
        (Style::Label, true, json!({}), ""),
        (Style::Matrix, false, json!([]), ""),
        (Style::Matrix, true, json!({}), ""),
        (Style::Matrix, true, json!(["", "a"]), ";color;color=a"),
        (Style::Matrix, true, json!({"R": "", "G": 1}), ";R;G=1"),
        (Style::Simple, false, json!(["a", null, "b"]), "a,b"),
        (Style::Simple, false, json!(["a,b", "c/d"]), "a%2Cb,c%2Fd"),
    ];
    for (style, explode, value, expected) in in_path {
        let mut request = Request::new(&ONE);
        request.path("color", style, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect(expected);
        let request = received(&server).await.pop().expect("a request");
        assert_eq!(request.url.path(), format!("/p{expected}"));
    }
    let in_query = [
        (Style::Form, false, json!(""), Some("color=")),
        (Style::Form, false, text(), Some("color=blue")),
        (Style::Form, false, list(), Some("color=blue,black,brown")),
        (Style::Form, false, object(), Some("color=R,100,G,200,B,150")),
        (Style::Form, true, json!(""), Some("color=")),
        (Style::Form, true, text(), Some("color=blue")),
        (
            Style::Form,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (Style::Form, true, object(), Some("R=100&G=200&B=150")),
        (
            Style::SpaceDelimited,
            false,
            list(),
            Some("color=blue%20black%20brown"),
        ),
        (
            Style::SpaceDelimited,
            false,
            object(),
            Some("color=R%20100%20G%20200%20B%20150"),
        ),
        (
            Style::PipeDelimited,
            false,
            list(),
            Some("color=blue%7Cblack%7Cbrown"),
        ),
        (
            Style::PipeDelimited,
            false,
            object(),
            Some("color=R%7C100%7CG%7C200%7CB%7C150"),
        ),
        (
            Style::DeepObject,
            true,
            object(),
            Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ),
        (
            Style::DeepObject,
            true,
            json!({"a": {"b": 1}}),
            Some("color%5Ba%5D%5Bb%5D=1"),
        ),
        (
            Style::Json,
            false,
            json!({"R": 1}),
            Some("color=%7B%22R%22%3A1%7D"),
        ),
        (Style::Form, true, json!([]), None),
        (Style::Form, true, json!({}), None),
        (Style::Form, true, json!(null), None),
        (
            Style::Form,
            false,
            json!(["a", null, "b,c"]),
            Some("color=a,b%2Cc"),
        ),
        (
            Style::Form,
            true,
            json!({"R": [1, null, 2], "G": null}),
            Some("R=1&R=2"),
        ),
        (
            Style::SpaceDelimited,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (
            Style::PipeDelimited,
            true,
            list(),
            Some("color=blue&color=black&color=brown"),
        ),
        (
            Style::PipeDelimited,
            false,
            json!(["a|b", "c d"]),
            Some("color=a%7Cb%7Cc%20d"),
        ),
        (Style::DeepObject, false, json!({"R": 1}), Some("color%5BR%5D=1")),
        (
            Style::DeepObject,
            true,
            list(),
            Some("color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown"),
        ),
        (Style::DeepObject, true, json!([]), None),
        (
            Style::DeepObject,
            true,
            json!({"a": [1, null]}),
            Some("color%5Ba%5D=1"),
        ),
        (
            Style::DeepObject,
            true,
            json!({"a": [{"b": 1, "c": [2]}, {"b": 3}]}),
            Some("color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B0%5D%5Bc%5D=2&color%5Ba%5D%5B1%5D%5Bb%5D=3"),
        ),
        (
            Style::DeepObject,
            true,
            json!([{"b": 1}]),
            Some("color%5B0%5D%5Bb%5D=1"),
        ),
    ];
    for (style, explode, value, expected) in in_query {
        let mut request = Request::new(&GET);
        request.query("color", style, explode, false, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let request = received(&server).await.pop().expect("a request");
        assert_eq!(request.url.query(), expected);
    }
    let in_header = [
        (false, json!(""), ""),
        (false, text(), "blue"),
        (false, list(), "blue,black,brown"),
        (false, object(), "R,100,G,200,B,150"),
        (true, json!(""), ""),
        (true, text(), "blue"),
        (true, list(), "blue,black,brown"),
        (true, object(), "R=100,G=200,B=150"),
    ];
    for (explode, value, expected) in in_header {
        let mut request = Request::new(&GET);
        request.header("color", Style::Simple, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let request = received(&server).await.pop().expect("a request");
        assert_eq!(request.headers["color"], expected);
    }
    // A cookie cannot contain a comma (RFC 6265), and `&` does not start another one. The table ignores both.
    let in_cookie = [
        (false, json!(""), "color="),
        (false, text(), "color=blue"),
        (false, list(), "color=blue%2Cblack%2Cbrown"),
        (false, object(), "color=R%2C100%2CG%2C200%2CB%2C150"),
        (true, json!(""), "color="),
        (true, text(), "color=blue"),
        (true, list(), "color=blue; color=black; color=brown"),
        (true, object(), "R=100; G=200; B=150"),
        (true, json!({"a; b=": "c; d"}), "a%3B%20b%3D=c%3B%20d"),
    ];
    for (explode, value, expected) in in_cookie {
        let mut request = Request::new(&GET);
        request.cookie("color", Style::Form, explode, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let request = received(&server).await.pop().expect("a request");
        assert_eq!(request.headers["cookie"], expected);
    }
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.query("f", Style::Form, true, false, 0.1f32);
    request.query("i", Style::Form, true, false, i128::MAX);
    request.query("r", Style::Form, true, true, "a/b:c&d");
    request.cookie("c", Style::Form, true, ["x y", "z"]);
    request.header("x-list", Style::Simple, false, [1, 2]);
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let request = received(&server).await.pop().expect("a request");
    let query = "f=0.1&i=170141183460469231731687303715884105727&r=a/b:c%26d";
    assert_eq!(request.url.query(), Some(query));
    assert_eq!(request.headers["cookie"], "c=x%20y; c=z");
    assert_eq!(request.headers["x-list"], "1,2");
}
