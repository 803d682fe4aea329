import * as vscode from 'vscode';
import { t } from '../l10n/l10n';
import { type BoardLook, CARD_FIELDS, type CardField, lookOf } from '../messages/look';

/** Where the settings of how boards look stand. */
export const BOARD_SETTINGS = 'taskboard.board';

/** How boards are to look now. */
export function boardLook(): BoardLook {
  const settings = vscode.workspace.getConfiguration(BOARD_SETTINGS);
  return lookOf((name) => settings.get(name));
}

async function set<N extends keyof BoardLook>(name: N, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration(BOARD_SETTINGS);
  await settings.update(name, value, vscode.ConfigurationTarget.Global);
}

/** The commands behind the board's menu that change how all boards look, by name without prefix. */
export const settingsCommands: Record<string, () => Promise<void>> = {
  compactCards: () => set('density', 'compact'),
  comfortableCards: () => set('density', 'comfortable'),
  showLimits: () => set('wipLimits', true),
  hideLimits: () => set('wipLimits', false),
  chooseCardFields,
  boardSettings: async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', BOARD_SETTINGS);
  },
};

async function chooseCardFields(): Promise<void> {
  const { cardFields } = boardLook();
  const names = fieldNames();
  const picked = await vscode.window.showQuickPick(
    CARD_FIELDS.map((field) => ({ label: names[field], field, picked: cardFields.includes(field) })),
    { title: t('What do cards show beside their title?'), canPickMany: true },
  );
  if (!picked) return;
  const shown = new Set(picked.map(({ field }) => field));
  await set('cardFields', Object.fromEntries(CARD_FIELDS.map((field) => [field, shown.has(field)])));
}

const fieldNames = (): Record<CardField, string> => ({
  tags: t('Tags'),
  milestone: t('Milestone'),
  priority: t('Priority'),
  state: t('State'),
  dueDate: t('Due date'),
  checklist: t('Checklist'),
  subtasks: t('Subtasks'),
  comments: t('Comments'),
  assignees: t('Assignees'),
});
