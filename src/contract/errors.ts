import * as z from 'zod/mini';

/** Every error code of the contract with its HTTP status. */
export const ERROR_STATUS = {
  UNAUTHORIZED: 401,
  PERMISSION_DENIED: 403,
  BOARD_NOT_FOUND: 404,
  CARD_NOT_FOUND: 404,
  INVALID_BOARD_ID: 400,
  INVALID_CARD_ID: 400,
  VALIDATION_ERROR: 400,
  INTERNAL_ERROR: 500,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** The body of every answer that is not a success, but for an unhealthy `/health`. */
export const ErrorBody = z.object({
  error: z.object({
    // Not an enum: a newer server may have a code that this client does not know.
    code: z.string().check(z.minLength(1)),
    message: z.string(),
    details: z.nullish(z.record(z.string(), z.unknown())),
  }),
});

export type ErrorBody = z.infer<typeof ErrorBody>;
