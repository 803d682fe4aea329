import type { Avatars } from '../../board/people/avatars';
import type { Partner } from '../../contract/entities';
import type { AvatarsView, WantAvatars } from '../../messages/shared';

/** What a page's pictures need to know of it, each time anew. */
export interface AvatarPage {
  /** The connection that it shows. */
  connectionId(): string | undefined;
  avatars(): Avatars | undefined;
  /** Everybody whom it may show; of several entries of a person the first with an address counts. */
  people(): Iterable<Partner>;
  /** Whether the server could be read when it was last tried. */
  reachable(): boolean;
  post(pictures: AvatarsView): void;
}

/** So many people of a page may wait for their pictures. */
const MAX_WAITING = 2_000;

/**
 * The pictures of people for one page. The page says whom it shows and has no picture of, when they come into view: so
 * a snapshot of thousands of cards carries none and waits for none.
 */
export class PageAvatars {
  private connectionId = '';
  /** Who waits for a picture, or for today's, with what the page got of them. */
  private readonly waiting = new Map<number, string | null>();
  private outgoing: Record<number, string> | null = null;

  constructor(private readonly page: AvatarPage) {}

  want({ connectionId, partnerIds }: WantAvatars): void {
    if (connectionId !== this.page.connectionId()) return; // it shows another one by now
    this.about(connectionId);
    const ids = partnerIds.slice(0, MAX_WAITING - this.waiting.size);
    for (const id of ids) this.waiting.set(id, null);
    this.look(ids);
  }

  /** More is known than before: tries again for those who wait. */
  again(): void {
    this.about(this.page.connectionId() ?? '');
    if (this.waiting.size > 0) this.look([...this.waiting.keys()]);
  }

  private about(connectionId: string): void {
    if (connectionId === this.connectionId) return;
    this.connectionId = connectionId;
    this.waiting.clear();
    this.outgoing = null;
  }

  private look(ids: readonly number[]): void {
    const avatars = this.page.avatars();
    if (!avatars || ids.length === 0) return;
    const left = new Set(ids);
    const reachable = this.page.reachable();
    for (const person of this.page.people()) {
      if (!person.avatar_url || !left.delete(person.partner_id)) continue;
      void this.show(avatars, person, reachable);
      if (left.size === 0) break;
    }
  }

  private async show(avatars: Avatars, person: Partner, reachable: boolean): Promise<void> {
    const { connectionId } = this;
    const { partner_id: id } = person;
    const settled = await avatars.show(person, reachable, (uri) => {
      if (connectionId === this.connectionId) this.deliver(id, uri);
    });
    if (settled && connectionId === this.connectionId) this.waiting.delete(id);
  }

  /** Sends what the page has not got, all of one turn at once. */
  private deliver(id: number, uri: string): void {
    if (this.waiting.get(id) === uri) return;
    if (this.waiting.has(id)) this.waiting.set(id, uri);
    if (!this.outgoing) {
      const pictures: Record<number, string> = (this.outgoing = {});
      setImmediate(() => {
        if (this.outgoing !== pictures) return;
        this.outgoing = null;
        this.page.post({ connectionId: this.connectionId, pictures });
      });
    }
    this.outgoing[id] = uri;
  }
}
