import { join } from 'node:path';

/** The checkout that this file belongs to. */
export const root = join(__dirname, '..', '..', '..');

/** The addon's folder, below the checkout. */
export const ADDON = join('odoo-module', 'ipai_taskboard_api');

/** What a static gate found: nothing, faults, or why it could not look. */
export type Outcome = { faults: string[] } | { skipped: string };
