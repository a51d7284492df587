//! The table: who gets which status from each route.

/// One route and its answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) nobody: u16,
    pub(crate) consultant: u16,
    pub(crate) owner: u16,
    /// The owner of another business, with ids of this one; an unknown id must look the same.
    pub(crate) foreign: Option<u16>,
}

/// Each owner route is closed to consultants; each id of another business is as unknown as one nobody has.
const TABLE: &str = "
POST   /v1/sign-in                                          401 401 401 -
POST   /v1/sign-out                                         204 204 204 -
POST   /v1/setup                                            404 404 404 -
POST   /v1/ticket                                           401 200 200 -
POST   /v1/links/look                                       404 404 404 -
POST   /v1/links/use                                        404 404 404 -
GET    /v1/openapi.json                                     200 200 200 -

GET    /v1/me                                               401 200 200 -
PATCH  /v1/me                                               401 200 200 -
PUT    /v1/me/password                                      401 400 400 -
GET    /v1/me/sign-ins                                      401 200 200 -
DELETE /v1/me/sign-ins/{id}                                 401 404 404 -
POST   /v1/me/second-factor                                 401 400 400 -
PUT    /v1/me/second-factor                                 401 400 400 -
DELETE /v1/me/second-factor                                 401 400 400 -
POST   /v1/me/recovery-codes                                401 400 400 -

GET    /v1/chats/{chat}/events                              401 200 200 404
GET    /v1/chats/{chat}/previous                            401 200 200 404
GET    /v1/visitor/chats/{chat}/events                      401 401 401 -

GET    /v1/packages                                         401 403 200 -
POST   /v1/packages                                         401 403 201 -
GET    /v1/packages/{package}                               401 403 200 404
PUT    /v1/packages/{package}                               401 403 200 404
DELETE /v1/packages/{package}                               401 403 204 404
POST   /v1/packages/{package}/copies                        401 403 201 404
GET    /v1/packages/{package}/versions                      401 403 200 404
GET    /v1/packages/{package}/versions/{version}            401 403 200 404
POST   /v1/packages/{package}/versions/{version}/restore    401 403 200 404
POST   /v1/packages/{package}/preview                       401 403 200 404
GET    /v1/packages/{package}/hours                         401 403 200 404
GET    /v1/packages/{package}/identity-secret               401 403 200 404
POST   /v1/packages/{package}/identity-secret               401 403 200 404
GET    /v1/packages/{package}/qr                            401 403 200 404

GET    /v1/plugins                                          401 403 200 -
POST   /v1/plugins                                          401 403 422 -
POST   /v1/plugins/tables                                   401 403 201 -
PUT    /v1/plugins/order                                    401 403 204 -
GET    /v1/plugins/{plugin}                                 401 403 200 404
PUT    /v1/plugins/{plugin}                                 401 403 200 404
DELETE /v1/plugins/{plugin}                                 401 403 204 404
PUT    /v1/plugins/{plugin}/life                            401 403 200 404
PUT    /v1/plugins/{plugin}/table                           401 403 200 404
POST   /v1/plugins/{plugin}/try                             401 403 204 404
GET    /v1/plugins/{plugin}/calendar                        401 403 200 404
POST   /v1/plugins/{plugin}/replay                          401 403 200 404
POST   /v1/plugins/{plugin}/play                            401 403 200 404
GET    /v1/decisions                                        401 403 200 -
GET    /v1/decisions/{decision}                             401 403 200 404

GET    /v1/accounts                                         401 403 200 -
POST   /v1/accounts                                         401 403 201 -
PATCH  /v1/accounts/{account}                               401 403 200 404
DELETE /v1/accounts/{account}                               401 403 204 404
PUT    /v1/accounts/order                                   401 403 409 -
POST   /v1/accounts/{account}/link                          401 403 200 404
POST   /v1/accounts/{account}/sign-out                      401 403 204 404
DELETE /v1/accounts/{account}/second-factor                 401 403 204 404
GET    /v1/audit                                            401 403 200 -

POST   /v1/images                                           401 201 201 -
POST   /v1/images/from-url                                  401 422 422 -

GET    /v1/calls                                            401 200 200 -
GET    /v1/orders                                           401 200 200 -
PATCH  /v1/orders/{order}                                   401 200 200 404
GET    /v1/messages                                         401 200 200 -
PATCH  /v1/messages/{message}                               401 200 200 404
GET    /v1/visitor/half-hours                               200 200 200 -
POST   /v1/visitor/orders                                   201 201 201 -
POST   /v1/visitor/messages                                 201 201 201 -
";

/// The rows of the table.
pub(crate) fn rows() -> Vec<Row> {
    TABLE.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let mut words = line.split_whitespace();
    let mut word = || words.next().unwrap();
    let (method, path) = (word(), word());
    let mut status = || word().parse().ok();
    let (nobody, consultant, owner) = (status().unwrap(), status().unwrap(), status().unwrap());
    Row { method, path, nobody, consultant, owner, foreign: status() }
}
