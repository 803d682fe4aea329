import { digitsOf } from '../../contract/ids';
import { say, shown, type ShownText } from '../../widgets/shownText';

// What tells two things of one name apart in a pick.

/** What Odoo's own address of a record shows: `project:12` is #12. */
export const shownNumber = (id: string): ShownText => shown(`#${digitsOf(id)}`);

/** Which of the board's columns a stage is. */
export const placeOf = (index: number, of: number): ShownText => say('column {0} of {1}', index + 1, of);
