/** The version of the wire contract that this code speaks; compared for exact equality. */
export const CONTRACT_VERSION = '1.0.0';

/** Every answer of a taskboard server carries this header. */
export const VERSION_HEADER = 'x-contract-version';

/** All routes begin with it. */
export const BASE_PATH = '/api/v1';

/** The largest request body that a server takes, in bytes. */
export const MAX_REQUEST_BYTES = 1024 * 1024;
