import { answersAll } from '../../../generated/answersAll';
import { startDemo } from '../api';

describe('demo: any request', () => {
  it('is answered in the form of the contract, and breaks nothing', async () => {
    const { demo } = startDemo({ now: () => new Date() });
    const tokens = {
      manager: demo.issueToken('dev@example.com'),
      contributor: demo.issueToken('mara@example.com'),
      viewer: demo.issueToken('viewer@example.com'),
    };
    const login = { username: 'dev@example.com', password: 'demo' };
    const target = {
      url: 'http://demo.invalid',
      fetch: (url: string, init: RequestInit) => demo.fetch(url, init),
      login,
      tokens,
    };
    await answersAll(target, { seed: 5, requests: 5000, parallel: 1 });
  }).timeout(120_000);
});
