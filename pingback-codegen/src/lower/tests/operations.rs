use super::*;

#[test]
fn an_operation_is_named_by_its_id() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{operationId: repos/get-all things.now, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"repos/get-all things.now: ReposGetAllThingsNow::repos_get_all_things_now()");
}

#[test]
fn an_operation_without_an_id_is_named_by_method_and_path() {
    let (api, _) = paths(&format!(
        "  /users/{{id}}/posts: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"get_user_posts: GetUserPosts::get_user_posts(id)");
}

#[test]
fn the_second_operation_with_an_id_is_named_by_method_and_path() {
    let (api, findings) = paths(&format!(
        "  /a: {{get: {{operationId: one, {OK}}}}}\n  /b: {{put: {{operationId: one, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api) + &findings, @"
    one: One::one()
    put_b: PutB::put_b()
    api.yaml:5:27 duplicate-operation-id: another operation already has the operationId `one`; this one is named by its method and path
    ");
}

#[test]
fn ids_that_differ_in_case_alone_have_different_names() {
    let (api, findings) = paths(&format!(
        "  /a: {{get: {{operationId: getUser, {OK}}}}}\n  /b: {{get: {{operationId: get_user, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api) + &findings, @"
    getUser: GetUser::get_user()
    get_b: GetB::get_b()
    api.yaml:5:27 operation-id-collision: the operationId `get_user` becomes the same Rust name as `getUser`; this operation is named by its method and path
    ");
}

#[test]
fn a_request_type_is_not_named_like_an_import() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{operationId: error, {OK}}}, put: {{operationId: builder, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"
    error: ErrorOperation::error()
    builder: BuilderOperation::builder_operation()
    ");
}

#[test]
fn operations_are_grouped_by_their_first_tag() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{tags: [User Things, x], {OK}}}, put: {{tags: [lib], {OK}}}, post: {{{OK}}}}}"
    ));
    let names: Vec<&str> = api.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["user_things", "lib_operations", "untagged"]);
}
