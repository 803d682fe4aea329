import { askText } from '../../widgets/inputs';
import { confirm, tell } from '../../widgets/notices';
import { findOne, pickOne } from '../../widgets/picks';
import { busyInStatusBar } from '../../widgets/progress';
import { flash } from '../../widgets/statusBar';
import type { Prompts } from './prompts';

/** The questions as VS Code's own picks, input boxes and notices. */
export const promptsInVsCode: Prompts = {
  pick: (title, choices, placeholder) => pickOne(title, choices, { placeholder }),
  find: findOne,
  text: ({ refuse, ...question }) => askText({ ...question, ...(refuse && { remark: refuse }) }),
  confirm: (question, detail, yes) => confirm(question, { yes, ...(detail && { detail }) }),
  busy: busyInStatusBar,
  done: (sentence) => flash(sentence),
  refused: (sentence) => tell('error', sentence),
};
