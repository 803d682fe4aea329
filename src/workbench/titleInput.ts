import { parseQuickAdd } from '../board/quickAdd';
import { t } from '../l10n/l10n';
import { openInput } from '../widgets/inputs';
import { say, shown, type ShownText } from '../widgets/shownText';

/** What quick create asks: the line of a card that will stand at `place`. */
export interface TitleQuestion {
  /** Board and stage, as a person reads them. */
  place: ShownText;
  /** What stands in the input at first. */
  line: string;
  /** `YYYY-MM-DD` in the user's time zone. */
  today: string;
}

/** Asks for the line. `change`: another place was asked for. Nothing: the person stepped back. */
export type AskTitle = (question: TitleQuestion) => Promise<{ line: string; change: boolean } | undefined>;

const priorityNames = () => ({ '0': t('low'), '1': t('normal'), '2': t('high'), '3': t('urgent') });

/** The one input box; below it stands what the end of the line is read as. */
export const askTitle: AskTitle = async ({ place, line, today }) => {
  const answer = await openInput({
    title: say('New card in {0}', place),
    placeholder: say('Title #tag @person !high due:fri'),
    value: line,
    buttons: () => [{ icon: 'project', tooltip: say('Another board or stage') }],
    promptFor: (text) => readAs(text, today),
    refuse: (text) => (parseQuickAdd(text, today).title === '' ? say('Type a title first.') : undefined),
  });
  return answer && { line: answer.text, change: answer.button !== undefined };
};

function readAs(line: string, today: string): ShownText {
  const { tags, people, priority, due } = parseQuickAdd(line, today);
  const parts = [
    ...tags.map((name) => t('tag {0}', name)),
    ...people.map((name) => t('for {0}', name)),
    ...(priority ? [t('priority {0}', priorityNames()[priority])] : []),
    ...(due ? [t('due {0}', due)] : []),
  ];
  return parts.length > 0
    ? say('Read as: {0}', shown(parts.join(', ')))
    : say('End it with #tag @person !high due:fri as you like');
}
