import type { UserRecord } from './data';

/** The zone whose days a user's requests are about; UTC for one who has set none, as in Odoo. */
export const userZone = ({ tz }: UserRecord): string => tz ?? 'UTC';
