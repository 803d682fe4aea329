import type { TaskboardClient } from '../../client/taskboardClient';
import type { Capability } from '../../contract/capabilities';
import type { Me, Partner, Tag } from '../../contract/entities';
import type { BoardSnapshot } from '../snapshot/snapshot';
import type { UserDay } from '../../base/userDay';

/** As many as the contract gives at once: whoever is not among them is found by typing. */
export const MOST_PEOPLE = 100;
export const MOST_TAGS = 500;

/** Who and what there is on a server, beside its boards. */
export class Directory {
  private me: Promise<Me | null> | undefined;

  constructor(
    private readonly client: TaskboardClient,
    private readonly shown: (boardId: string) => BoardSnapshot | undefined,
    private readonly day: UserDay,
  ) {}

  /** Whether the server announced a capability; false while it could not be asked. */
  async can(capability: Capability): Promise<boolean> {
    return this.client.capabilities().then(
      (announced) => announced.has(capability),
      () => false,
    );
  }

  /** What the server announced. Throws TaskboardError. */
  async abilities(): Promise<readonly Capability[]> {
    return [...(await this.client.capabilities())];
  }

  /** The signed-in user, or null when the server does not say. */
  whoAmI(): Promise<Me | null> {
    this.me ??= this.can('me').then(async (can) => {
      const me = can
        ? await this.client.getMe({}).then(
            ({ value }) => value,
            () => null,
          )
        : null;
      if (me) this.day.liveIn(me.tz);
      else this.me = undefined;
      return me;
    });
    return this.me;
  }

  /** Who may be assigned or mentioned on a board: the server's answer, else its members. Throws TaskboardError. */
  async people(boardId: string, q: string): Promise<readonly Partner[]> {
    if (await this.can('people')) {
      const { value } = await this.client.listPeople({
        params: { board_id: boardId },
        query: { q, limit: MOST_PEOPLE },
      });
      return value.people;
    }
    const wanted = q.toLocaleLowerCase();
    return (this.shown(boardId)?.board.members ?? []).filter(
      ({ name, email }) =>
        name.toLocaleLowerCase().includes(wanted) || email.toLocaleLowerCase().includes(wanted),
    );
  }

  /**
   * The tags that may be given on a board: the server's where it lists them, else the board's own. A server may have more
   * than it gives at once: those whose names hold `q` are asked for by it. Throws TaskboardError.
   */
  async tags(boardId: string, q: string): Promise<readonly Tag[]> {
    if (await this.can('tags'))
      return (await this.client.listTags({ query: { q, limit: MOST_TAGS } })).value.tags;
    const wanted = q.toLocaleLowerCase();
    return (this.shown(boardId)?.board.tags ?? []).filter(({ name }) =>
      name.toLocaleLowerCase().includes(wanted),
    );
  }
}
