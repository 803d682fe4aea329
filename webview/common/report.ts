/** For a boundary: what one part could not show is seen in the developer tools and by the tests; the rest lives on. */
export const report = (error: unknown): void => reportError(error);
