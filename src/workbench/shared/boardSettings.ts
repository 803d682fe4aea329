import * as vscode from 'vscode';
import { pickMany } from '../../widgets/picks';
import { say, type ShownText } from '../../widgets/shownText';
import { type BoardLook, CARD_FIELDS, type CardField, lookOf } from '../../messages/look';

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
  const picked = await pickMany(
    say('What do cards show beside their title?'),
    CARD_FIELDS.map((field) => ({ label: names[field], value: field })),
    { ticked: (field) => cardFields.includes(field) },
  );
  if (!picked) return;
  const shown = new Set(picked);
  await set('cardFields', Object.fromEntries(CARD_FIELDS.map((field) => [field, shown.has(field)])));
}

const fieldNames = (): Record<CardField, ShownText> => ({
  tags: say('Tags'),
  milestone: say('Milestone'),
  priority: say('Priority'),
  state: say('State'),
  dueDate: say('Due date'),
  checklist: say('Checklist'),
  subtasks: say('Subtasks'),
  comments: say('Comments'),
  assignees: say('Assignees'),
});
