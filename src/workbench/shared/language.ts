import * as vscode from 'vscode';
import { speak } from '../../l10n/l10n';

// Imported before everything that holds texts: they are in VS Code's display language from the first one on.
speak(vscode.env.language, vscode.l10n.bundle);
