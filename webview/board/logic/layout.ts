/** How wide the board is: one column at a time, two, or side by side. The stylesheet has the same limits. */
export type Layout = 'one' | 'two' | 'wide';

/** @param width of the board, in px */
export const layoutOf = (width: number): Layout => (width < 480 ? 'one' : width < 700 ? 'two' : 'wide');
