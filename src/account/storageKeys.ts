/** Under this id VS Code knows our accounts. */
export const PROVIDER_ID = 'taskboard';

/** Where the list of connections stands in the global state. */
export const CONNECTIONS = 'taskboard.connections';

/** What the names of stored tokens begin with; the connection's id follows. */
export const TOKEN_PREFIX = 'taskboard.token.';
