import { t } from './l10n';

/** Something that can be seen: no blank, no mark that stands on nothing, nothing unassigned or ignorable. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\p{M}\u2800\ufffc\ufffd]/u;

/** Whether a name shows anything at all. */
export const isVisible = (name: string): boolean => VISIBLE.test(name);

/** The name as it is; a stand-in that can be read and clicked for one that shows nothing. */
export const named = (name: string): string => (isVisible(name) ? name : t('(no name)'));
