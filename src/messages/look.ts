// How a board looks, as its settings say. No schema library: the webviews take their constants from here.

/** What a card may show beside its title. How long it has stood in its stage has a setting of its own. */
export const CARD_FIELDS = [
  'tags',
  'milestone',
  'priority',
  'state',
  'dueDate',
  'checklist',
  'subtasks',
  'comments',
  'assignees',
] as const;
export type CardField = (typeof CARD_FIELDS)[number];

export interface BoardLook {
  /** Whether WIP limits are shown. */
  wipLimits: boolean;
  /** From so many days in one stage on a card shows how many they are; 0: never. */
  cardAge: number;
  /** What cards show. */
  cardFields: readonly CardField[];
  density: 'comfortable' | 'compact';
  /** Whether single letters, digits and signs are keys of the board. */
  bareLetters: boolean;
}

export const DEFAULT_LOOK: BoardLook = {
  wipLimits: true,
  cardAge: 7,
  cardFields: CARD_FIELDS,
  density: 'comfortable',
  bareLetters: true,
};

/** Reads settings; anybody may have written anything there, and what is not as expected counts as not set. */
export function lookOf(setting: (name: keyof BoardLook) => unknown): BoardLook {
  const boolean = (name: 'wipLimits' | 'bareLetters') => {
    const value = setting(name);
    return typeof value === 'boolean' ? value : DEFAULT_LOOK[name];
  };
  const age = setting('cardAge');
  const fields = setting('cardFields');
  const chosen = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
  return {
    wipLimits: boolean('wipLimits'),
    cardAge: typeof age === 'number' && age >= 0 ? Math.floor(age) : DEFAULT_LOOK.cardAge,
    cardFields: CARD_FIELDS.filter((field) => chosen[field] !== false),
    density: setting('density') === 'compact' ? 'compact' : 'comfortable',
    bareLetters: boolean('bareLetters'),
  };
}
