import { type ErrorBody, type ErrorCode, ERROR_STATUS } from '../../contract/errors';

/** An answer that is no success; thrown by whoever finds the reason, turned into a response in one place. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: Record<string, unknown>,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }

  get body(): ErrorBody {
    const { code, message, details } = this;
    return { error: { code, message, ...(details && { details }) } };
  }
}

/** `400 VALIDATION_ERROR`. @param field the parameter, top-level key, header or `body` */
export const refused = (field: string, message: string, more: Record<string, unknown> = {}): ApiError =>
  new ApiError('VALIDATION_ERROR', message, { field, ...more });

export const boardNotFound = (): ApiError =>
  new ApiError('BOARD_NOT_FOUND', 'This board is not there, or you may not see it.');

export const cardNotFound = (): ApiError =>
  new ApiError('CARD_NOT_FOUND', 'This card is not there, is archived, or you may not see it.');

export const denied = (message: string): ApiError => new ApiError('PERMISSION_DENIED', message);
