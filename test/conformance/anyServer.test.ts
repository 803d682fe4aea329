import { defineConformance } from './conformance';

// Any server: CONFORMANCE_URL=… CONFORMANCE_TOKEN=… npx mocha test/conformance/anyServer.test.ts
// CONFORMANCE_LOGIN and CONFORMANCE_PASSWORD add sign-in, CONFORMANCE_VIEWER and CONFORMANCE_CONTRIBUTOR the rights
// (tokens), CONFORMANCE_LACKS names endpoints that it has not got yet, with commas.
const { env } = process;
const url = env.CONFORMANCE_URL;
const token = env.CONFORMANCE_TOKEN;

if (url && token)
  defineConformance({
    name: url,
    lacks: (env.CONFORMANCE_LACKS ?? '').split(',').filter(Boolean) as never[],
    start: async () => ({
      url: url.replace(/\/+$/, ''),
      token,
      login:
        env.CONFORMANCE_LOGIN && env.CONFORMANCE_PASSWORD
          ? { username: env.CONFORMANCE_LOGIN, password: env.CONFORMANCE_PASSWORD }
          : undefined,
      asUser: async (role) => env[`CONFORMANCE_${role.toUpperCase()}`] ?? null,
      stop: async () => {},
    }),
  });
