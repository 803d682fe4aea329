let time = $state(Date.now());
setInterval(() => (time = Date.now()), 30_000);

/** Now, in milliseconds since 1970; what is shown by it is renewed twice a minute. */
export const now = (): number => time;
