use super::*;

#[test]
fn an_id_gives_the_names() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{operationId: repos/get-all things.now, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"repos/get-all things.now: ReposGetAllThingsNow::repos_get_all_things_now()");
}

#[test]
fn without_an_id_method_and_path_give_them() {
    let (api, _) = paths(&format!(
        "  /users/{{id}}/posts: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"get_user_posts: GetUserPosts::get_user_posts(id)");
}

#[test]
fn the_second_of_one_id_has_a_name_of_its_own() {
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
fn ids_that_casing_makes_one_are_told_apart() {
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
fn what_generated_code_uses_is_no_name_for_a_request() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{operationId: error, {OK}}}, put: {{operationId: builder, {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"
    error: ErrorOperation::error()
    builder: BuilderOperation::builder_operation()
    ");
}

#[test]
fn groups_are_the_first_tags() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{tags: [User Things, x], {OK}}}, put: {{tags: [lib], {OK}}}, post: {{{OK}}}}}"
    ));
    let names: Vec<&str> = api.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["user_things", "lib_operations", "untagged"]);
}
