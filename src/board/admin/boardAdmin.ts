// Room: src/board/admin: changes to boards, stages and members: sent at once, and not kept for later.
// Owner: nobody: the server owns them, src/board/sync reads them again.
// Source: docs/contract.md.

import type { Log } from '../../base/log';
import type { CallOptions, TaskboardClient } from '../../client/taskboardClient';
import type { EndpointRequest } from '../../contract/endpoints';
import type { Board, Stage, BoardMember } from '../../contract/entities';
import { asTaskboardError } from '../../client/fault';

export type NewBoard = EndpointRequest<'createBoard'>['body'];
export type BoardChanges = EndpointRequest<'updateBoard'>['body'];
export type NewStage = EndpointRequest<'createStage'>['body'];
export type StageChanges = EndpointRequest<'updateStage'>['body'];
export type GivenRole = EndpointRequest<'addMember'>['body']['role'];

/** What keeping boards needs of their store. */
export interface BoardAdminOptions {
  client: TaskboardClient;
  log: Log;
  uuid: () => string;
  /** The boards that are listed. */
  listed: () => readonly Board[];
  /** Whether a board was read, and whether that goes on right now. */
  reading: (boardId: string) => { read: boolean; now: boolean };
  readList: () => Promise<void>;
  read: (boardId: string) => Promise<void>;
}

/**
 * Changes boards themselves: what they are called, who is on them, which stages they have. Unlike changes of cards they
 * are not shown before the server has done them, and not kept for later: a person who keeps a board waits for the answer.
 * Every method throws TaskboardError; after a success the list and the boards that it touches are read again.
 */
export class BoardAdmin {
  constructor(private readonly options: BoardAdminOptions) {}

  /** Makes a board. The server gives it its first stages. */
  async createBoard(body: NewBoard): Promise<Board> {
    const { value } = await this.write((client, call) => client.createBoard({ body }, call), []);
    return value.board;
  }

  async updateBoard(boardId: string, body: BoardChanges): Promise<void> {
    const params = { board_id: boardId };
    await this.write((client, call) => client.updateBoard({ params, body }, call), [boardId]);
  }

  /**
   * Puts somebody on a board, or gives a member another role.
   * @returns the role they have then: what a person may do elsewhere on the server can make it more than was given
   */
  async setMember(boardId: string, partnerId: number, role: GivenRole): Promise<BoardMember['role']> {
    const [params, body] = [{ board_id: boardId }, { partner_id: partnerId, role }];
    const { value } = await this.write((client, call) => client.addMember({ params, body }, call), [boardId]);
    return value.board.members.find(({ partner_id }) => partner_id === partnerId)?.role ?? role;
  }

  async removeMember(boardId: string, partnerId: number): Promise<void> {
    const params = { board_id: boardId, partner_id: partnerId };
    await this.write((client, call) => client.removeMember({ params }, call), [boardId]);
  }

  /** Adds a stage, last without an order (`stages`). */
  async createStage(boardId: string, body: NewStage): Promise<Stage> {
    const params = { board_id: boardId };
    const { value } = await this.write(
      (client, call) => client.createStage({ params, body }, call),
      [boardId],
    );
    return value.stage;
  }

  /** Changes stages in turn, on every board that shares them (`stages`). */
  async updateStages(
    boardId: string,
    changes: readonly { stageId: string; body: StageChanges }[],
  ): Promise<void> {
    const touched = [boardId, ...changes.flatMap(({ stageId }) => this.sharing(stageId))];
    await this.write(async (client, call) => {
      for (const { stageId, body } of changes)
        await client.updateStage({ params: { stage_id: stageId }, body }, { ...call, ...(await this.key()) });
    }, touched);
  }

  /** Deletes a stage that holds no cards, on every board that shares it (`stages`). */
  async deleteStage(boardId: string, stageId: string): Promise<void> {
    const params = { stage_id: stageId };
    const touched = [boardId, ...this.sharing(stageId)];
    await this.write((client, call) => client.deleteStage({ params }, call), touched);
  }

  private sharing(stageId: string): string[] {
    return this.options
      .listed()
      .filter(({ stages }) => stages.some(({ stage_id }) => stage_id === stageId))
      .map(({ board_id }) => board_id);
  }

  private async write<T>(
    send: (client: TaskboardClient, call: CallOptions) => Promise<T>,
    boardIds: readonly string[],
  ): Promise<T> {
    let answer: T;
    try {
      answer = await send(this.options.client, await this.key());
    } catch (error) {
      // Some of it may be done, or the board is not what it was thought to be. Nobody waits for that to show.
      void this.readAgain(boardIds);
      throw asTaskboardError(error, this.options.log, `changing ${boardIds.join(', ') || 'boards'}`);
    }
    await this.readAgain(boardIds);
    return answer;
  }

  private async key(): Promise<CallOptions> {
    const announced = await this.options.client.capabilities();
    return announced.has('idempotency') ? { idempotencyKey: this.options.uuid() } : {};
  }

  private async readAgain(boardIds: readonly string[]): Promise<void> {
    const { reading, read, readList } = this.options;
    const again = async (boardId: string) => {
      const { read: known, now } = reading(boardId);
      if (!known) return;
      // A reading that began before the change may not show it.
      if (now) await read(boardId);
      await read(boardId);
    };
    await Promise.all([readList(), ...[...new Set(boardIds)].map(again)]);
  }
}
