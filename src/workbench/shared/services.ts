// Room: src/workbench/shared: what several surfaces are built from or need alike.
// Owner: the host, which makes the services once and ends them.
// Source: docs/architecture.md.

import type * as vscode from 'vscode';
import type { Connections } from '../../account/connections';
import type { ChannelLog } from './channelLog';
import type { CurrentBoard } from './currentBoard';
import type { Drafts } from './drafts';
import type { TextRenderer } from '../markdown/markdown';
import type { Stores } from './stores';

/** What everything in the workbench is built from; made once, in `host.ts`, before any surface. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly log: ChannelLog;
  readonly connections: Connections;
  readonly stores: Stores;
  readonly current: CurrentBoard;
  readonly drafts: Drafts;
  readonly texts: TextRenderer;
}
