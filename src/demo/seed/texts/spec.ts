// Room: src/demo/seed/texts: what the demo's boards, cards and people say.
// Owner: nobody: it is data.
// Source: docs/screenshots.md shows it.

import type { CardState, Priority, Visibility } from '../../../contract/values';
import type { PersonKey } from './people';

// What the texts of the seed are made of; the builder turns it into records with a history.

export interface CardSpec {
  /** By which other cards of the board refer to it. */
  key?: string;
  title: string;
  stage: string;
  /** Days since it was made. */
  age: number;
  /** Days since it came to its stage; default: half its age. */
  here?: number;
  priority?: Priority;
  /** Days from today, negative = past. */
  due?: number;
  owners?: PersonKey[];
  tags?: string[];
  state?: CardState;
  milestone?: string;
  description?: string;
  /** A leading `x ` means done. */
  checklist?: string[];
  /** `@first` names in the text are mentions. */
  comments?: [PersonKey, string][];
  blockedBy?: string[];
  parent?: string;
}

export interface StageSpec {
  key: string;
  name: string;
  limit?: number;
  /** Default: 5, 10, 15… as they stand. */
  order?: number;
  fold?: true;
  mails?: true;
  /** Cards here are closed. */
  closes?: true;
}

export interface BoardSpec {
  name: string;
  description: string;
  visibility: Visibility;
  /** Days since it was made. */
  age: number;
  manager: PersonKey;
  followers: PersonKey[];
  collaborators: PersonKey[];
  stages: StageSpec[];
  tags: string[];
  cards: CardSpec[];
}

/** Tags are shared by all boards; colours are Odoo's. */
export const TAGS: Record<string, string | null> = {
  bug: '#ee2d2d',
  feature: '#5794dd',
  'tech debt': '#dc8534',
  security: '#ee2f8a',
  docs: '#61c36e',
  performance: '#e8bb1d',
  design: '#9872e6',
  infra: '#41a9a2',
  mobile: '#304be0',
  question: null,
};
