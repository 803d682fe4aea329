import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where an account keeps what it read: a folder of its own, whose name says nothing of it. Removed with the account. */
export function accountFolder(root: string, account: string): string {
  return join(root, createHash('sha256').update(account).digest('hex').slice(0, 16));
}
