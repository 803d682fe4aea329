import { MOST_PEOPLE } from '../../board/sync/directory';
import type { BoardMember, Partner } from '../../contract/entities';
import type { Choice } from '../../widgets/rows';
import { say, shown, shownName, type ShownText, withIcon } from '../../widgets/shownText';
import { attempt, type Admin, keptBoard } from './admin';

// The flow that keeps the members of a board.

type Role = BoardMember['role'];
type Step = BoardMember | 'add';

const roleName = (role: Role): ShownText =>
  ({
    admin: say('Administrator'),
    manager: say('Manager'),
    contributor: say('Contributor'),
    viewer: say('Viewer'),
  })[role];

/** Nobody is made an administrator of one board: Odoo's settings do that. */
const roles = (): Choice<Exclude<Role, 'admin'>>[] => [
  {
    label: roleName('manager'),
    detail: say('Keeps the board, its stages and members. The former manager stays as a contributor.'),
    value: 'manager',
  },
  { label: roleName('contributor'), detail: say('Works on cards and comments.'), value: 'contributor' },
  { label: roleName('viewer'), detail: say('Reads the board.'), value: 'viewer' },
];

/** Shows the members; each can be changed, and the list comes back until the person leaves it. */
export async function keepMembers(admin: Admin): Promise<void> {
  const { prompts, store } = admin;
  const mayFind = await store.directory.can('people');
  for (;;) {
    const board = (await keptBoard(admin))?.board;
    if (!board) return;
    const step = await prompts.pick<Step>(say('Members of {0}', shownName(board.name)), [
      // Without `people` the server names nobody who is not here already.
      ...(mayFind ? [{ label: withIcon('add', say('Add a member…')), value: 'add' as const }] : []),
      ...board.members.map((member) => ({
        label: shownName(member.name),
        description: roleName(member.role),
        detail: shown(member.email),
        apart: [shown(`#${member.partner_id}`)],
        value: member,
      })),
    ]);
    if (step === undefined) return;
    await (step === 'add' ? addMember(admin, board.members) : changeMember(admin, step));
  }
}

const moreMatch = () => say('There may be more. Type more of the name to find others.');

async function addMember(admin: Admin, members: readonly BoardMember[]): Promise<void> {
  const { prompts, store, boardId } = admin;
  const known = new Set(members.map(({ partner_id }) => partner_id));
  type Found = Choice<Partner | undefined>;
  const person = await prompts.find<Partner | undefined>(
    say('Add a member'),
    say('Name or e-mail'),
    async (typed): Promise<Found[]> => {
      const people = await store.directory.people(boardId, typed);
      const rows = people
        .filter(({ partner_id }) => !known.has(partner_id))
        .map((one): Found => ({
          label: shownName(one.name),
          description: shown(one.email),
          apart: [shown(`#${one.partner_id}`)],
          value: one,
        }));
      // The server gives no more at once: the list's end is not the end of the people.
      return people.length < MOST_PEOPLE ? rows : [...rows, { label: moreMatch(), value: undefined }];
    },
  );
  if (!person) return;
  const role = await prompts.pick(say('What may {0} do?', shownName(person.name)), roles());
  if (role) await give(admin, person, role);
}

async function changeMember(admin: Admin, member: BoardMember): Promise<void> {
  const { prompts, store, boardId } = admin;
  const manages = member.role === 'manager';
  const step = await prompts.pick<Exclude<Role, 'admin'> | 'remove'>(
    say('What may {0} do?', shownName(member.name)),
    [
      ...roles().map((choice) =>
        choice.value === member.role ? { ...choice, description: say('as it is now') } : choice,
      ),
      ...(manages
        ? []
        : [{ label: withIcon('trash', say('Remove from the board')), value: 'remove' as const }]),
    ],
    manages ? say('To remove the manager, make somebody else the manager first.') : undefined,
  );
  if (step === undefined || step === member.role) return;
  if (step !== 'remove') return give(admin, member, step);
  await attempt(
    prompts,
    {
      doing: say('Changing the members…'),
      done: say('{0} is no longer on the board.', shownName(member.name)),
      notDone: say('Member not removed'),
    },
    () => store.admin.removeMember(boardId, member.partner_id),
  );
}

async function give(
  { prompts, store, boardId }: Admin,
  { partner_id, name }: Partner,
  role: Exclude<Role, 'admin'>,
): Promise<void> {
  const texts = {
    doing: say('Changing the members…'),
    done: (given: Role) =>
      given === role
        ? say('{0} is now: {1}.', shownName(name), roleName(role))
        : say(
            '{0} is now: {1}. Their own rights in Odoo allow more than: {2}.',
            shownName(name),
            roleName(given),
            roleName(role),
          ),
    notDone: say('Role not given'),
  };
  await attempt(prompts, texts, () => store.admin.setMember(boardId, partner_id, role));
}
