import type { Part } from './rows';
import { ACTIVITY, COMMENTS } from './rows/activity';
import { BOARDS } from './rows/boards';
import { BODIES } from './rows/bodies';
import { ARCHIVED, CARD_CHANGES } from './rows/cardChanges';
import { CARD_LISTS } from './rows/cardLists';
import { CONDITIONAL_GET, ETAGS } from './rows/etags';
import { EVERY_ENDPOINT } from './rows/everyEndpoint';
import { CARD_EDIT, CARD_FACTS } from './rows/extras';
import { CHANGES, SNAPSHOT } from './rows/feeds';
import { MY_CARDS, PEOPLE, QUERY, TAGS } from './rows/finding';
import { HEALTH, SIGN_IN } from './rows/healthAndSignIn';
import { IDEMPOTENCY } from './rows/idempotency';
import { MEMBERS } from './rows/members';
import { NEW_CARDS } from './rows/newCards';
import { ORDER } from './rows/order';
import { POSITIONS } from './rows/positions';
import { QUERIES } from './rows/queries';
import { AT_ONCES, FIXTURE_BODIES, OUTAGE, STRANGE_TEXTS } from './rows/robust';
import { RIGHTS } from './rows/rights';
import { BOARD_FACTS, FLOW, STAGES } from './rows/stages';

/** All that the suite looks at: the ground rules first, then the core, then the capabilities. */
export const PARTS: readonly Part[] = [
  ...EVERY_ENDPOINT,
  ...QUERIES,
  ...BODIES,
  FIXTURE_BODIES,
  ORDER,
  HEALTH,
  SIGN_IN,
  BOARDS,
  MEMBERS,
  CARD_LISTS,
  NEW_CARDS,
  CARD_CHANGES,
  ARCHIVED,
  ACTIVITY,
  COMMENTS,
  RIGHTS,
  POSITIONS,
  ETAGS,
  IDEMPOTENCY,
  CHANGES,
  SNAPSHOT,
  MY_CARDS,
  QUERY,
  PEOPLE,
  TAGS,
  CARD_FACTS,
  CARD_EDIT,
  BOARD_FACTS,
  STAGES,
  FLOW,
  CONDITIONAL_GET,
  STRANGE_TEXTS,
  AT_ONCES,
  OUTAGE,
];
