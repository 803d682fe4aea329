import { EMPTY_ROW, EMPTY_VIEW } from './emptyWebview';
import type { BenchWorkbench } from './benchWorkbench';
import { median } from './pageFigures';

/** What a person waits for in VS Code, in ms. */
export interface WorkbenchFigures {
  /** From the click on a board nobody has opened before until its cards are painted. */
  open: number;
  /** The same with a board of which the disk has a snapshot. */
  again: number;
  /** From the choice of another board in the open tab until its cards are painted. */
  change: number;
}

/** A webview with one word in it, from the click in its tree: no webview is there sooner. */
export async function measureFloor(vscode: BenchWorkbench, runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { workbench, timed, close } = await vscode.open(EMPTY_VIEW, EMPTY_ROW);
    times.push(await timed(() => workbench.treeItem(EMPTY_ROW).click()));
    await close();
  }
  return median(times);
}

/** Opens a board from the tree, each time in a fresh window, and changes to another one in its tab. */
export async function measureWorkbench(
  vscode: BenchWorkbench,
  board: string,
  other: string,
  runs: number,
): Promise<WorkbenchFigures> {
  const figures: Record<keyof WorkbenchFigures, number[]> = { open: [], again: [], change: [] };
  for (let run = 0; run < runs; run++) {
    await vscode.forgetBoards();
    for (const kind of ['open', 'again'] as const) {
      const { workbench, timed, close } = await vscode.open('Taskboard', board);
      figures[kind].push(await timed(() => workbench.treeItem(board).click()));
      if (kind === 'open') {
        const frame = await workbench.webviewFrame({ has: 'main [data-card]' });
        await frame.locator('.switcher').click();
        await workbench.asking('Choose a board').waitFor();
        await frame.evaluate(`benchWatch('main[aria-label="Board ${other}"] [data-card]')`);
        figures.change.push(await timed(() => workbench.pick(other)));
      }
      await close();
    }
  }
  return { open: median(figures.open), again: median(figures.again), change: median(figures.change) };
}
