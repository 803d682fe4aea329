import { domainToASCII } from 'node:url';
import * as vscode from 'vscode';
import { offer, tell } from '../widgets/notices';
import { say, shown } from '../widgets/shownText';

/**
 * Opens a link that was clicked in a webview, after parsing it again: https goes on, http and mailto are asked about,
 * everything else is refused. A host other than the board's own server is shown in punycode before it is opened.
 * @param base the origin of the board's server; relative links mean it
 */
export async function openLink(href: string, base: string): Promise<void> {
  if (!URL.canParse(href, base)) {
    tell('warning', say('This link has no readable address.'));
    return;
  }
  const url = new URL(href, base);
  if (!['https:', 'http:', 'mailto:'].includes(url.protocol) || url.username || url.password) {
    tell('warning', say('Taskboard does not open links of this kind ({0}).', shown(url.protocol)));
    return;
  }
  if (url.origin !== new URL(base).origin) {
    const target = url.protocol === 'mailto:' ? url.pathname : domainToASCII(url.hostname) || url.hostname;
    const question =
      url.protocol === 'http:'
        ? say('Open {0}? The connection is not encrypted.', shown(target))
        : say('Open {0}?', shown(target));
    if (!(await offer('info', question, say('Open')))) return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}
