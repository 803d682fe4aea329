// Ids between the wire (`task:7`) and the records (7).

export const boardId = (id: number): string => `project:${id}`;
export const stageId = (id: number): string => `stage:${id}`;
export const cardId = (id: number): string => `task:${id}`;
export const tagId = (id: number): string => `tag:${id}`;
export const eventId = (id: number): string => `msg:${id}`;

/** The number in an id that its schema has checked. */
export const numberOf = (id: string): number => Number(id.slice(id.indexOf(':') + 1));
