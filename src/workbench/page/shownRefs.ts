import { TaskboardError } from '../../client/taskboardError';
import type { BoardRef } from '../../contract/keys';
import { t } from '../../l10n/l10n';

/** So many are remembered; a message that is still on its way is about one of the last. */
const REMEMBERED = 50;

/**
 * What one page was shown: the boards or cards that it may ask about. The page names what its message is about, since
 * it may show something else by the time it arrives; only the host knows what that may be.
 */
export class ShownRefs<Ref extends BoardRef> {
  private refs: Ref[] = [];

  constructor(private readonly same: (a: Ref, b: Ref) => boolean) {}

  show(ref: Ref): void {
    this.refs = [...this.refs.filter((other) => !this.same(other, ref)), ref].slice(-REMEMBERED);
  }

  /** Another page stands in the webview, and shows this: it has nothing to say about what the one before showed. */
  renew(ref: Ref | null): void {
    this.refs = ref ? [ref] : [];
  }

  /** What the page means, if it was shown that. @throws TaskboardError if not */
  own(named: Ref | undefined): Ref {
    const found = named && this.refs.find((ref) => this.same(ref, named));
    if (!found) throw notShown();
    return found;
  }
}

/** A page asked about what it does not show: what it shows has changed, or it is not ours any more. */
export const notShown = (): TaskboardError =>
  new TaskboardError(t('That is not shown here any more.'), { kind: 'validation' });
