import * as z from 'zod/mini';
import { RecordNumber } from '../contract/ids';
import { MAX_NAME, MAX_TEXT } from '../contract/values';

/** Nothing to say: an intent without an input. */
export const Nothing = z.strictObject({});

/** A card, by its id on the server or by the temporary one while it is being made; the host looks it up among those that it has shown. */
export const AnyCardId = z.string().check(z.minLength(1), z.maxLength(80));

/** A board or stage; the host looks it up among those that it has shown. */
export const AnyId = z.string().check(z.minLength(1), z.maxLength(80));

/** Which account of which server. It holds an address, a database's name and a login, each with escapes. */
export const ConnectionId = z.string().check(z.maxLength(4_096));

// Lengths are in UTF-16 units here, of which a character has at most two: what is too long for the server, it says.
/** A title that was typed. */
export const Title = z.string().check(z.maxLength(2 * MAX_NAME));
/** A description or a comment that was typed. */
export const Text = z.string().check(z.maxLength(2 * MAX_TEXT));

/** A link that was clicked; the host parses it again before anything opens. */
export const OpenLink = z.strictObject({ href: z.string().check(z.maxLength(4096)) });

/** A person as a view shows one. */
export interface PersonView {
  partnerId: number;
  name: string;
  initials: string;
  email: string;
}

/** The people whose pictures a page shows and has not got, on the connection that it shows. */
export const WantAvatars = z.strictObject({
  connectionId: ConnectionId,
  partnerIds: z.array(RecordNumber).check(z.minLength(1), z.maxLength(200)),
});
export type WantAvatars = z.infer<typeof WantAvatars>;

/** Pictures of people of one connection, as `data:` URIs by partner; they come as they are there, or never. */
export interface AvatarsView {
  connectionId: string;
  pictures: Record<number, string>;
}

export interface TagView {
  tagId: string;
  name: string;
  /** `#RRGGBB`, or absent for no colour. */
  color?: string;
}

/** What went wrong, in a sentence, and the one thing to do about it. */
export interface ProblemView {
  sentence: string;
  action?: { label: string; does: ProblemAction };
}

/** The few actions that a view may offer with a problem; the host decides what each does. */
export const ProblemAction = z.enum(['retry', 'signIn', 'showLog', 'openSettings', 'tryDemo', 'chooseBoard']);
export type ProblemAction = z.infer<typeof ProblemAction>;
export const Act = z.strictObject({ does: ProblemAction });
