import { getContext } from 'svelte';
import type { AvatarsView, WantAvatars } from '../../src/messages/shared';

const CONTEXT = Symbol('avatars');
/** As many as the host takes at once. */
const AT_ONCE = 200;

/**
 * The pictures of the people on the page: asked for as they come into view, at most once a frame, and shown as they
 * arrive; until then, and where there is none, their initials are.
 */
export class Avatars {
  private pictures = $state.raw<ReadonlyMap<number, string>>(new Map());
  /** Whose people `pictures` and `asked` are about: partner numbers mean nothing elsewhere. */
  private of: string | null = null;
  private asked = new Set<number>();
  private wanted = new Set<number>();
  private waiting = false;

  /** @param connectionId reactive: the connection that is shown */
  constructor(
    private readonly connectionId: () => string | null,
    private readonly ask: (wanted: WantAvatars) => void,
  ) {}

  /** For `mount`: every `Avatar` on the page then finds these. */
  get context(): Map<symbol, Avatars> {
    return new Map([[CONTEXT, this]]);
  }

  /** A person's picture as a `data:` URI, when it is there. */
  picture(partnerId: number): string | undefined {
    const picture = this.pictures.get(partnerId);
    return this.of === this.connectionId() ? picture : undefined;
  }

  /** Somebody is on the page. To be called in an effect: it runs again when another connection is shown. */
  want(partnerId: number): void {
    this.follow();
    if (this.asked.has(partnerId)) return;
    this.asked.add(partnerId);
    this.wanted.add(partnerId);
    this.soon();
  }

  /** What the host sends. */
  take({ connectionId, pictures }: AvatarsView): void {
    this.follow();
    if (connectionId !== this.of) return;
    const all = new Map(this.pictures);
    for (const [partnerId, picture] of Object.entries(pictures)) all.set(Number(partnerId), picture);
    this.pictures = all;
  }

  /** What came while the page was hidden is lost: asks again for those who have none. */
  again(): void {
    for (const partnerId of this.asked) if (!this.pictures.has(partnerId)) this.wanted.add(partnerId);
    this.soon();
  }

  private follow(): void {
    const connectionId = this.connectionId();
    if (connectionId === this.of) return;
    this.of = connectionId;
    this.asked = new Set();
    this.wanted = new Set();
    this.pictures = new Map();
  }

  private soon(): void {
    if (this.waiting || this.wanted.size === 0) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      const { of: connectionId } = this;
      const partnerIds = [...this.wanted].slice(0, AT_ONCE);
      if (connectionId === null || partnerIds.length === 0) return;
      for (const partnerId of partnerIds) this.wanted.delete(partnerId);
      this.ask({ connectionId, partnerIds });
      this.soon();
    });
  }
}

/** Those of the page that a component is on. */
export const avatarsHere = (): Avatars => getContext(CONTEXT);
