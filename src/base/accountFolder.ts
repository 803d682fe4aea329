import { join } from 'node:path';
import { sha256 } from './sha256';

/** Where an account keeps what it read: a folder of its own, whose name says nothing of it. Removed with the account. */
export function accountFolder(root: string, account: string): string {
  return join(root, sha256(account).slice(0, 16));
}
