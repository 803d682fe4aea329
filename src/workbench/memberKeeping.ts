import type { BoardMember, Partner } from '../contract/entities';
import { t } from '../l10n/l10n';
import type { Choice } from './asks';
import { attempt, type Keeping, keptBoard } from './keeping';

// The flow that keeps the members of a board.

type Role = BoardMember['role'];
type Step = BoardMember | 'add';

const roleName = (role: Role): string =>
  ({ admin: t('Administrator'), manager: t('Manager'), contributor: t('Contributor'), viewer: t('Viewer') })[
    role
  ];

/** Nobody is made an administrator of one board: Odoo's settings do that. */
const roles = (): Choice<Exclude<Role, 'admin'>>[] => [
  {
    label: roleName('manager'),
    detail: t('Keeps the board, its stages and members. The former manager stays as a contributor.'),
    value: 'manager',
  },
  { label: roleName('contributor'), detail: t('Works on cards and comments.'), value: 'contributor' },
  { label: roleName('viewer'), detail: t('Reads the board.'), value: 'viewer' },
];

/** Shows the members; each can be changed, and the list comes back until the person leaves it. */
export async function keepMembers(keeping: Keeping): Promise<void> {
  const { asks, store } = keeping;
  const mayFind = await store.directory.can('people');
  for (;;) {
    const board = (await keptBoard(keeping))?.board;
    if (!board) return;
    const step = await asks.pick<Step>(t('Members of {0}', board.name), [
      // Without `people` the server names nobody who is not here already.
      ...(mayFind ? [{ label: `$(add) ${t('Add a member…')}`, value: 'add' as const }] : []),
      ...board.members.map((member) => ({
        label: member.name,
        description: roleName(member.role),
        detail: member.email,
        value: member,
      })),
    ]);
    if (step === undefined) return;
    await (step === 'add' ? addMember(keeping, board.members) : changeMember(keeping, step));
  }
}

async function addMember(keeping: Keeping, members: readonly BoardMember[]): Promise<void> {
  const { asks, store, boardId } = keeping;
  const known = new Set(members.map(({ partner_id }) => partner_id));
  const person = await asks.find<Partner>(t('Add a member'), t('Name or e-mail'), async (typed) => {
    const people = await store.directory.people(boardId, typed);
    return people
      .filter(({ partner_id }) => !known.has(partner_id))
      .map((one) => ({ label: one.name, description: one.email, value: one }));
  });
  if (!person) return;
  const role = await asks.pick(t('What may {0} do?', person.name), roles());
  if (role) await give(keeping, person, role);
}

async function changeMember(keeping: Keeping, member: BoardMember): Promise<void> {
  const { asks, store, boardId } = keeping;
  const manages = member.role === 'manager';
  const step = await asks.pick<Exclude<Role, 'admin'> | 'remove'>(
    t('What may {0} do?', member.name),
    [
      ...roles().map((choice) =>
        choice.value === member.role ? { ...choice, description: t('as it is now') } : choice,
      ),
      ...(manages ? [] : [{ label: `$(trash) ${t('Remove from the board')}`, value: 'remove' as const }]),
    ],
    manages ? t('To remove the manager, make somebody else the manager first.') : undefined,
  );
  if (step === undefined || step === member.role) return;
  if (step !== 'remove') return give(keeping, member, step);
  await attempt(
    asks,
    {
      doing: t('Changing the members…'),
      done: t('{0} is no longer on the board.', member.name),
      notDone: t('Member not removed'),
    },
    () => store.keeping.removeMember(boardId, member.partner_id),
  );
}

async function give(
  { asks, store, boardId }: Keeping,
  { partner_id, name }: Partner,
  role: Exclude<Role, 'admin'>,
): Promise<void> {
  const texts = {
    doing: t('Changing the members…'),
    done: (given: Role) =>
      given === role
        ? t('{0} is now: {1}.', name, roleName(role))
        : t(
            '{0} is now: {1}. Their own rights in Odoo allow more than: {2}.',
            name,
            roleName(given),
            roleName(role),
          ),
    notDone: t('Role not given'),
  };
  await attempt(asks, texts, () => store.keeping.setMember(boardId, partner_id, role));
}
