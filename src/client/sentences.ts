import type { ErrorBody } from '../contract/errors';
import { CONTRACT_VERSION } from '../contract/version';
import { parseRetryAfter } from './retryAfter';
import { type ErrorKind, TaskboardError } from './taskboardError';
import { t } from '../l10n/l10n';

// One function a failure: each gives the typed error with a sentence that a person can act on. No sentence holds a
// token, a query or a body.

const hostOf = (url: string) => new URL(url).host;

/** What stands between this machine and a server, by the code of the failure. */
function obstacle(host: string, cause: unknown): string | undefined {
  const codes = codesIn(cause);
  const says = (pattern: RegExp) => codes.find((code) => pattern.test(code));
  if (says(/EXPIRED/))
    return t('The certificate of {0} has expired. Ask your administrator to renew it.', host);
  if (says(/ALTNAME|COMMON_NAME_INVALID/))
    return t(
      'The certificate of {0} is for another name. Check the address, or ask your administrator.',
      host,
    );
  const untrusted = says(/CERT|UNABLE_TO_VERIFY|SELF_SIGNED/);
  if (untrusted !== undefined)
    return t(
      'The certificate of {0} is not trusted on this machine ({1}): it may be self-signed. Ask your administrator for a trusted one, or add its authority to this machine.',
      host,
      untrusted,
    );
  if (says(/WRONG_VERSION_NUMBER|PACKET_LENGTH|SSL_PROTOCOL|^EPROTO$|RECORD_OVERFLOW|HTTP_REQUEST/))
    return t(
      '{0} does not answer over https: what listens there may speak http only. Check scheme and port.',
      host,
    );
  if (says(/^HPE_|RESPONSE_ENDED/))
    return t('What answers at {0} does not speak http: it may want https. Check scheme and port.', host);
  return undefined;
}

/** The codes of an error and of all that caused it. Only codes: a message may quote what was sent. */
function codesIn(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, cause, errors, message } = error as {
    [key in 'code' | 'cause' | 'errors' | 'message']?: unknown;
  };
  const net = typeof message === 'string' ? (/net::(ERR_[A-Z_]{1,60})/.exec(message)?.[1] ?? '') : '';
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(net ? [net] : []),
    ...codesIn(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.slice(0, 5).flatMap((each) => codesIn(each, depth + 1)) : []),
  ];
}

/** No answer came: the server is down, the network is, or it took too long. */
export function unreachable(url: string, ambiguous: boolean, timeoutMs: number | undefined, cause: unknown) {
  const host = hostOf(url);
  const between = timeoutMs === undefined ? obstacle(host, cause) : undefined;
  if (between !== undefined) return new TaskboardError(between, { kind: 'network', ambiguous, cause });
  return timeoutMs === undefined
    ? new TaskboardError(
        t('Could not reach {0}. Check your connection and that the server is running, then try again.', host),
        { kind: 'network', ambiguous, cause },
      )
    : new TaskboardError(
        t(
          '{0} did not answer within {1} seconds. Try again in a moment.',
          host,
          Math.round(timeoutMs / 1000),
        ),
        { kind: 'timeout', ambiguous, cause },
      );
}

/** Statuses with which whatever stands before a server says no: nothing of the request has come through. */
const NOT_LET_THROUGH = new Set([403, 405, 411, 413, 414, 431, 501]);

/** A proxy or firewall, of which nothing but the status is known, did not let a change through. */
function notLetThrough(url: string, method: string, status: number, server: string | null) {
  const who = server ? t('{0} (status {1})', server.slice(0, 40), status) : t('status {0}', status);
  return new TaskboardError(
    t(
      'Something in front of {0} did not let {1} through: {2}, and not the taskboard server, answered. Ask your administrator to allow {1} there.',
      hostOf(url),
      method,
      who,
    ),
    { kind: 'validation', status },
  );
}

/** Something answered without the contract's header. */
export function notATaskboardServer(
  url: string,
  { status, headers }: Response,
  method: string,
): TaskboardError {
  const write = method !== 'GET';
  if (write && NOT_LET_THROUGH.has(status)) return notLetThrough(url, method, status, headers.get('server'));
  return unknownServer(url, status, write);
}

function unknownServer(url: string, status: number, ambiguous: boolean) {
  return new TaskboardError(
    t(
      '{0} answered, but not as a taskboard server. Check the address, the database name, and that the addon ipai_taskboard_api is installed there.',
      hostOf(url),
    ),
    { kind: 'contract', status, ambiguous },
  );
}

export function redirected(url: string, location: string | null) {
  const target = location && URL.canParse(location, url) ? new URL(location, url).origin : null;
  return new TaskboardError(
    target
      ? t('{0} sends requests on to {1}. Sign in with that address instead.', hostOf(url), target)
      : t('{0} sends requests on to another address. Check the server address.', hostOf(url)),
    { kind: 'contract' },
  );
}

export function wrongVersion(url: string, version: string, ambiguous: boolean) {
  return new TaskboardError(
    t(
      '{0} speaks contract version {1}, this extension speaks {2}. Update the older of the two.',
      hostOf(url),
      version.slice(0, 40),
      CONTRACT_VERSION,
    ),
    { kind: 'contract', ambiguous },
  );
}

/** An answer with the right version that is not what the contract says. `what` goes to the log's reader. */
export function invalidAnswer(url: string, what: string, ambiguous: boolean, cause?: unknown) {
  return new TaskboardError(
    t(
      "{0} sent an answer that does not fit the contract ({1}). Ask your administrator to check the addon's version.",
      hostOf(url),
      what,
    ),
    { kind: 'contract', ambiguous, cause },
  );
}

/** An answer to a write that broke off or could not be read: the write may have been done. */
export function lostAnswer(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  return TaskboardError.is(error)
    ? new TaskboardError(message, { kind: error.kind, ambiguous: true, cause: error })
    : new TaskboardError(t('The answer to a change broke off. Refresh to see whether it was saved.'), {
        kind: 'network',
        ambiguous: true,
        cause: error,
      });
}

/** An error status, with the contract's error body when there is one. */
export function httpError(
  url: string,
  response: Response,
  error: ErrorBody['error'] | undefined,
  write: boolean,
  etag?: string,
) {
  const { status } = response;
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const kind = kindOf(status);
  return new TaskboardError(sentenceOf(kind, hostOf(url), status, error), {
    kind,
    status,
    ambiguous: write && (status === 500 || status === 502 || status === 504),
    ...(error && { code: error.code }),
    ...(error?.details && { details: error.details }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(etag !== undefined && { etag }),
  });
}

function kindOf(status: number): ErrorKind {
  if (status === 401) return 'auth';
  if (status === 403) return 'permission';
  if (status === 404) return 'notFound';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'server' : 'validation';
}

function sentenceOf(
  kind: ErrorKind,
  host: string,
  status: number,
  error: ErrorBody['error'] | undefined,
): string {
  switch (kind) {
    case 'auth':
      return t('Your sign-in at {0} is not accepted or has expired. Sign in again.', host);
    case 'permission':
      return error?.message
        ? t(
            "You don't have the right to do this. Ask the board's manager. {0} says: {1}.",
            host,
            error.message,
          ).replace(/([.!?…])\.$/, '$1')
        : t("You don't have the right to do this. Ask the board's manager.");
    case 'notFound':
      return error?.code === 'CARD_NOT_FOUND'
        ? t('This card is no longer there, or you may not see it. Refresh the board.')
        : error?.code === 'BOARD_NOT_FOUND'
          ? t('This board is no longer there, or you may not see it. Choose another board.')
          : t('{0} has nothing there. Refresh, and try again.', host);
    case 'conflict':
      return status === 412
        ? t('Somebody else changed this card meanwhile. Look at the new state, then change it again.')
        : (error?.message ?? t('That does not go together with the present state. Refresh, and try again.'));
    case 'rateLimited':
      return t('{0} asks for a pause. It goes on by itself in a moment.', host);
    case 'server': {
      const reference = error?.details?.['reference'];
      const quote =
        typeof reference === 'string'
          ? ` ${t('Tell your administrator this reference: {0}.', reference)}`
          : '';
      return t('{0} has a problem at the moment ({1}). Try again in a moment.', host, status) + quote;
    }
    default:
      return t('{0} refused that: {1}.', host, error?.message ?? t('status {0}', status)).replace(
        /\.\.$/,
        '.',
      );
  }
}
