import * as vscode from 'vscode';
import { failureOf } from '../client/requestLog';
import { CONTRACT_VERSION } from '../contract/version';
import { flash } from '../widgets/statusBar';
import { say } from '../widgets/shownText';
import type { Services } from './shared/services';

/**
 * What a good report of a fault holds, on the clipboard: versions, what each server can do, counts, the last lines of
 * the log. Nothing of what anybody wrote, and no address beyond the log's.
 */
export async function copyDiagnostics(services: Services, extensionVersion: string): Promise<void> {
  await vscode.env.clipboard.writeText(await diagnostics(services, extensionVersion));
  flash(say('Diagnostics copied. Read them before you paste them anywhere.'), 6_000);
}

/** The report, as Markdown. */
async function diagnostics(
  { connections, stores, log }: Services,
  extensionVersion: string,
): Promise<string> {
  const accounts = await Promise.all(
    connections.all().map(async ({ id, kind, secret }, index) => {
      const store = stores.of(id);
      const { boards, error } = store?.boardList() ?? {};
      const states = countsOf((store?.unsentRecords() ?? []).map(({ state }) => state.name));
      return [
        `- account ${index + 1}: ${kind}${secret ? `, by ${secret}` : ''}, ${connections.signedIn(id) ? 'signed in' : 'signed out'}`,
        `  - can: ${(await store?.directory.abilities().then((names) => names.join(', '), failureOf)) ?? 'unknown'}`,
        `  - boards listed: ${boards?.length ?? 'none'}${error ? ` (${failureOf(error)})` : ''}`,
        `  - unsent: ${states || 'none'}`,
      ].join('\n');
    }),
  );
  return `## Taskboard diagnostics

- extension ${extensionVersion}, contract ${CONTRACT_VERSION}
- ${vscode.env.appName} ${vscode.version}, ${vscode.env.remoteName ?? 'local'}, ${vscode.env.language}
- ${process.platform} ${process.arch}, Node ${process.versions.node}
- workspace trusted: ${vscode.workspace.isTrusted ? 'yes' : 'no'}
${accounts.join('\n') || '- no account'}

<details><summary>The last ${log.last.length} lines of the log</summary>

\`\`\`text
${log.last.join('\n').replaceAll('```', "'''")}
\`\`\`

</details>
`;
}

/** `2 queued, 1 parked` */
function countsOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}
