import { PARTS } from '../../../test/conformance/parts';
import type { Part } from '../../../test/conformance/rows';
import { ETAGS } from '../../../test/conformance/rows/etags';
import {
  METHODS,
  SIGNED_IN_ONLY,
  SUCCESSES,
  UNKNOWN_IDS,
} from '../../../test/conformance/rows/everyEndpoint';
import { HEALTH } from '../../../test/conformance/rows/healthAndSignIn';

/**
 * What is asked of a live server: every endpoint's success, its refusals, the version header on all of them (the
 * conformance suite's `send` looks at it each time), and entity tags, which a compressing proxy spoils.
 */
export const LIVE_PARTS: readonly Part[] = [HEALTH, SUCCESSES, SIGNED_IN_ONLY, UNKNOWN_IDS, METHODS, ETAGS];

/** The whole conformance suite. */
export const ALL_PARTS: readonly Part[] = PARTS;
