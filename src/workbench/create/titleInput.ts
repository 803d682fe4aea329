import { parseQuickAdd } from '../prompts/quickAdd';
import { dueInFull } from '../../messages/dueWords';
import { t } from '../../l10n/l10n';
import { openInput } from '../../widgets/inputs';
import { say, shown, shownName, type ShownText } from '../../widgets/shownText';

/** What quick create asks: the line of a card that will stand at `place`. */
export interface TitleQuestion {
  /** Board and stage, as a person reads them. */
  place: ShownText;
  /** What stands in the input at first. */
  line: string;
  /** `YYYY-MM-DD` in the user's time zone, at the moment of asking for it. */
  readonly today: string;
  /** Words in lower case that look like marks and are none. */
  plain: ReadonlySet<string>;
}

export interface TitleAnswer {
  line: string;
  /** Another place was asked for. */
  change: boolean;
  /** Words that are to be read as marks again. */
  unkeep?: string[];
}

/** Asks for the line. Nothing: the person stepped back. */
export type AskTitle = (question: TitleQuestion) => Promise<TitleAnswer | undefined>;

const priorityNames = () => ({ '0': t('low'), '1': t('normal'), '2': t('high'), '3': t('urgent') });

/** The one input box; below it stands what the end of the line is read as. */
export const askTitle: AskTitle = async (question) => {
  const { place, line, plain } = question;
  const keptIn = (text: string) => parseQuickAdd(text, question.today, plain).kept ?? [];
  const answer = await openInput({
    title: say('New card in {0}', place),
    placeholder: say('Title #tag @person !high due:fri'),
    value: line,
    buttons: (text) => {
      const kept = keptIn(text);
      const again = say('Read {0} as a mark again', shownName(kept.join(' ')));
      return [
        { icon: 'project', tooltip: say('Another board or stage') },
        ...(kept.length > 0 ? [{ icon: 'discard', tooltip: again }] : []),
      ];
    },
    promptFor: (text) => readAs(text, question.today, plain),
    refuse: (text) =>
      parseQuickAdd(text, question.today).title === '' ? say('Type a title first.') : undefined,
  });
  if (!answer) return undefined;
  const { text, button } = answer;
  return { line: text, change: button === 0, ...(button === 1 && { unkeep: keptIn(text) }) };
};

function readAs(line: string, today: string, plain: ReadonlySet<string>): ShownText {
  const { tags, people, priority, due, kept = [] } = parseQuickAdd(line, today, plain);
  const services = [
    ...tags.map((name) => t('tag {0}', name)),
    ...people.map((name) => t('for {0}', name)),
    ...(priority ? [t('priority {0}', priorityNames()[priority])] : []),
    ...(due ? [t('due {0}', dueInFull(due, today))] : []),
    ...kept.map((word) => t('{0} in the title', word)),
  ];
  return services.length > 0
    ? say('Read as: {0}', shown(services.join(', ')))
    : say('End it with #tag @person !high due:fri as you like');
}
