// What VS Code calls our surfaces, as package.json has it.
export const BOARDS_TREE = 'taskboard.boards';
export const BOARD_VIEW = 'taskboard.board';
export const BOARD_PANEL = 'taskboard.boardPanel';
export const CARD_PANEL = 'taskboard.card';
