import * as vscode from 'vscode';
import { offer, tell } from '../../widgets/notices';
import { say } from '../../widgets/shownText';
import { linkTarget } from './linkTargets';

/**
 * Opens a link that was clicked in a webview, after parsing it again.
 * @param base the origin of the board's server; relative links mean it
 */
export async function openLink(href: string, base: string): Promise<void> {
  const target = linkTarget(href, base);
  if (target.kind === 'dead') return tell('warning', target.why);
  if (target.kind === 'asked' && !(await offer('info', target.question, say('Open')))) return;
  await vscode.env.openExternal(vscode.Uri.parse(target.url, true));
}
